package graphql

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog/search"
	"waymark/catalog/urn"
)

// FilterInput is one facet value to filter by.
type FilterInput struct {
	Field  string
	Values []string
}

// answer resolves the type SearchAnswer.
type answer struct {
	p *Parts
	a search.Answer
}

// Search answers the query of the same name.
func (r *root) Search(ctx context.Context, args struct {
	Query   string
	Filters *[]FilterInput
	First   int32
	Offset  int32
	Sort    string
	Plain   bool
}) (*answer, error) {
	order, err := search.ParseSort(args.Sort)
	if err != nil {
		return nil, err
	}
	q := asked{search.Request{
		Text: args.Query, Filters: map[string][]string{}, Limit: int(args.First), Offset: int(args.Offset), Sort: order, Plain: args.Plain,
		Facets: gql.HasSelectedField(ctx, "facets"), Explain: gql.HasSelectedField(ctx, "hits.explanation"),
	}}
	if args.Filters != nil {
		for _, f := range *args.Filters {
			q.add(f)
		}
	}
	a, err := r.Parts.Search.Find(ctx, q.Request)
	if err != nil {
		return nil, err
	}
	return &answer{p: r.Parts, a: a}, nil
}

// asked is a search being put together.
type asked struct{ search.Request }

// add adds a filter; a value with a leading - becomes an excluding word of the query.
func (q *asked) add(f FilterInput) {
	for _, v := range f.Values {
		if not, ok := strings.CutPrefix(v, "-"); ok {
			q.Text += " -" + f.Field + ":" + strconv.Quote(not)
		} else {
			q.Filters[f.Field] = append(q.Filters[f.Field], v)
		}
	}
}

func (a *answer) Total() int32       { return int32(a.a.Total) }
func (a *answer) Note() string       { return a.a.Note }
func (a *answer) Suggestion() string { return a.a.Suggestion }
func (a *answer) Complete() bool     { return a.a.Complete }
func (a *answer) Took() float64      { return float64(a.a.Took.Microseconds()) / 1000 }

func (a *answer) Stages() []Count {
	out := []Count{}
	for _, s := range a.a.Stages {
		out = append(out, Count{Name: s.Stage.String(), Count: int32(s.Total)})
	}
	return out
}

func (a *answer) Advice() []string {
	out := []string{}
	for _, x := range a.a.Advice {
		out = append(out, x.String())
	}
	return out
}

// Facet is counts of one field.
type Facet struct {
	Field, Title string
	Values       []FacetValue
}

// FacetValue is one value of a facet.
type FacetValue struct {
	Value, Label string
	Count        int32
}

func (a *answer) Facets() []Facet {
	out := []Facet{}
	for _, f := range a.a.Facets {
		x := Facet{Field: f.Name, Title: search.FacetTitle(f.Name), Values: []FacetValue{}}
		for _, v := range f.Values {
			x.Values = append(x.Values, FacetValue{Value: v.Value, Label: cmp.Or(v.Label, v.Value), Count: int32(v.Count)})
		}
		out = append(out, x)
	}
	return out
}

// hit resolves the type Hit.
type hit struct {
	p *Parts
	h search.Hit
	a *asset
}

// Hits loads the assets of all hits in one batch.
func (a *answer) Hits(ctx context.Context) ([]*hit, error) {
	list := make([]urn.URN, len(a.a.Hits))
	for i, h := range a.a.Hits {
		list[i] = h.URN
	}
	found, err := a.p.many(ctx, list)
	if err != nil {
		return nil, err
	}
	byURN := map[urn.URN]*asset{}
	for _, x := range found {
		byURN[x.a.URN] = x
	}
	out := []*hit{}
	for _, h := range a.a.Hits {
		if x := byURN[h.URN]; x != nil { // gone since the index was written
			out = append(out, &hit{p: a.p, h: h, a: x})
		}
	}
	return out, nil
}

func (h *hit) Rank() int32         { return int32(h.h.Rank) }
func (h *hit) Asset() *asset       { return h.a }
func (h *hit) Stage() string       { return h.h.Stage.String() }
func (h *hit) Score() float64      { return h.h.Score }
func (h *hit) Reasons() []string   { return some(h.h.Reasons) }
func (h *hit) Penalties() []string { return some(h.h.Penalties) }
func (h *hit) Columns() []string   { return some(h.h.Columns) }

func (h *hit) Matched() []search.Matched { return some(h.h.Matched) }

func (h *hit) Similar(ctx context.Context) ([]*asset, error) { return h.p.many(ctx, h.h.Similar) }

// Explanation is the score, multiplied out.
type Explanation struct {
	Text, TrustFactor, Personal, Score float64
	Penalties                          []search.Penalty
	Stage, Beats, Because              string
}

func (h *hit) Explanation() Explanation {
	e := h.h.Explanation
	if e == nil {
		return Explanation{Penalties: []search.Penalty{}}
	}
	out := Explanation{
		Text: e.Text, TrustFactor: search.TrustFactor(e.Trust), Personal: e.Personal, Score: e.Score,
		Penalties: some(e.Penalties), Stage: e.Stage.Meaning(),
	}
	if e.Beats != nil {
		out.Beats, out.Because = e.Beats.Name, e.Beats.Because
	}
	return out
}

// card resolves the type AnswerCard.
type card struct {
	p *Parts
	c search.Card
}

func (a *answer) Card() *card {
	if a.a.Card == nil {
		return nil
	}
	return &card{p: a.p, c: *a.a.Card}
}

func (c *card) Term(ctx context.Context) (*asset, error) {
	if c.c.Term == nil {
		return nil, nil
	}
	return c.p.find(ctx, c.c.Term.URN)
}

func (c *card) Table(ctx context.Context) (*asset, error) { return c.p.find(ctx, c.c.URN) }
func (c *card) TableFacts() []string                      { return some(c.c.Reasons) }
func (c *card) Warnings() []string                        { return some(c.c.Warnings) }

func (c *card) Dashboard(ctx context.Context) (*asset, error) {
	if c.c.Dashboard == nil {
		return nil, nil
	}
	return c.p.find(ctx, c.c.Dashboard.URN)
}

func (c *card) DashboardFacts() []string {
	if c.c.Dashboard == nil {
		return []string{}
	}
	return some(c.c.Dashboard.Reasons)
}

func (c *card) NotInstead() string {
	if c.c.Not == nil {
		return ""
	}
	return sentence(c.c.Not.Reasons)
}

func (c *card) NotAsset(ctx context.Context) (*asset, error) {
	if c.c.Not == nil {
		return nil, nil
	}
	return c.p.find(ctx, c.c.Not.URN)
}

func sentence(facts []string) string {
	out := ""
	for i, f := range facts {
		if i > 0 {
			out += ", "
		}
		out += f
	}
	return out
}

// suggestion resolves the type Suggestion.
type suggestion struct {
	p *Parts
	s search.Suggestion
}

// Suggest answers the query of the same name.
func (r *root) Suggest(ctx context.Context, args struct {
	Prefix string
	First  int32
}) ([]*suggestion, error) {
	list, err := r.Parts.Search.Suggest(ctx, args.Prefix, int(args.First))
	out := []*suggestion{}
	for _, s := range list {
		out = append(out, &suggestion{p: r.Parts, s: s})
	}
	return out, err
}

func (s *suggestion) Text() string { return s.s.Name }

func (s *suggestion) Asset(ctx context.Context) (*asset, error) { return s.p.find(ctx, s.s.URN) }
