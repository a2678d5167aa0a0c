package graphql

import (
	"context"
	"slices"
	"strings"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/search"
	"waymark/catalog/search/peer"
	"waymark/catalog/urn"
)

// ChosenFilter is the values of one filter.
type ChosenFilter struct {
	Field  string
	Values []string
}

// SavedSearch is a search that the caller keeps.
type SavedSearch struct {
	Name, Query string
	Filters     []ChosenFilter
	Sort        string
	Saved       gql.Time
}

func savedSearch(s catalog.SavedSearch) SavedSearch {
	order, _ := search.ParseSort(s.Sort) // was checked when it was saved
	return SavedSearch{Name: s.Name, Query: s.Query, Filters: chosen(s.Filters), Sort: strings.ToUpper(order.String()), Saved: gql.Time{Time: s.Saved}}
}

func chosen(list []catalog.Chosen) []ChosenFilter {
	out := []ChosenFilter{}
	for _, c := range list {
		out = append(out, ChosenFilter{Field: c.Field, Values: some(c.Values)})
	}
	return out
}

// SavedSearches answers the query of the same name.
func (r *root) SavedSearches(ctx context.Context) ([]SavedSearch, error) {
	list, err := r.Catalog.SavedSearches(ctx)
	out := []SavedSearch{}
	for _, s := range list {
		out = append(out, savedSearch(s))
	}
	return out, err
}

// SaveSearch keeps a search of the caller.
func (r *root) SaveSearch(ctx context.Context, args struct {
	Name, Query string
	Filters     *[]FilterInput
	Sort        string
}) (*SavedSearch, error) {
	keep := catalog.SavedSearch{Name: args.Name, Query: args.Query, Sort: strings.ToLower(args.Sort)}
	if args.Filters != nil {
		for _, f := range *args.Filters {
			keep.Filters = append(keep.Filters, catalog.Chosen{Field: f.Field, Values: f.Values})
		}
	}
	kept, err := r.Parts.Search.Save(ctx, keep)
	if err != nil {
		return nil, err
	}
	out := savedSearch(kept)
	return &out, nil
}

// RemoveSavedSearch forgets a search of the caller.
func (r *root) RemoveSavedSearch(ctx context.Context, args struct{ Name string }) (bool, error) {
	err := r.Catalog.RemoveSearch(ctx, args.Name)
	return err == nil, err
}

// RecentSearch is a search that the caller made lately.
type RecentSearch struct {
	Query   string
	Filters []ChosenFilter
	Total   int32
	Hour    gql.Time
}

// RecentSearches answers the query of the same name.
func (r *root) RecentSearches(ctx context.Context, args struct{ First int32 }) ([]RecentSearch, error) {
	list, err := r.Parts.Search.Recent(ctx, int(args.First))
	out := []RecentSearch{}
	for _, s := range list {
		out = append(out, RecentSearch{Query: s.Words, Filters: chosen(s.Filters), Total: int32(s.Total), Hour: gql.Time{Time: s.Hour}})
	}
	return out, err
}

// SearchClicked notes that a result was opened.
func (r *root) SearchClicked(ctx context.Context, args struct {
	Query, ID string
	Rank      int32
}) (bool, error) {
	err := r.Parts.Search.Clicked(ctx, args.Query, urn.URN(args.ID), int(args.Rank))
	return err == nil, err
}

// AddSynonym adds a synonym to a glossary term.
func (r *root) AddSynonym(ctx context.Context, args struct{ ID, Word string }) (*asset, error) {
	word := strings.Join(strings.Fields(args.Word), " ")
	return r.edit(ctx, args.ID, access.Edit, "synonym added", func(a *catalog.Asset) error {
		if a.Type != catalog.Term || word == "" {
			return fault.Invalid.Errorf("a synonym is a word of a glossary term")
		}
		if a.Term == nil {
			a.Term = &catalog.Glossary{}
		}
		if !slices.Contains(a.Term.Synonyms, word) {
			a.Term.Synonyms = append(a.Term.Synonyms, word)
		}
		return nil
	})
}

// report resolves the type SearchReport.
type report struct {
	p *Parts
	r search.Report
}

// SearchReport answers the query of the same name.
func (r *root) SearchReport(ctx context.Context, args struct{ Days, First int32 }) (*report, error) {
	rep, err := r.Parts.Search.Report(ctx, int(args.Days), int(args.First))
	if err != nil {
		return nil, err
	}
	return &report{r.Parts, rep}, nil
}

func (r *report) Days() int32                 { return int32(r.r.Days) }
func (r *report) Searches() int32             { return int32(r.r.Searches) }
func (r *report) People() int32               { return int32(r.r.People) }
func (r *report) Opened() int32               { return int32(r.r.Opened) }
func (r *report) Used() int32                 { return int32(r.r.Used) }
func (r *report) WithoutResult() []searchLine { return r.lines(r.r.Without) }
func (r *report) Reformulated() []searchLine  { return r.lines(r.r.Reformulated) }
func (r *report) Abandoned() []searchLine     { return r.lines(r.r.Abandoned) }
func (r *report) Wanted() []searchLine        { return r.lines(r.r.Wanted) }

func (r *report) lines(list []search.ReportLine) []searchLine {
	out := []searchLine{}
	for _, l := range list {
		out = append(out, searchLine{r.p, l})
	}
	return out
}

// searchLine resolves the type SearchLine.
type searchLine struct {
	p *Parts
	l search.ReportLine
}

func (l searchLine) Words() string   { return l.l.Words }
func (l searchLine) Searches() int32 { return int32(l.l.Searches) }
func (l searchLine) People() int32   { return int32(l.l.People) }
func (l searchLine) Opened() int32   { return int32(l.l.Opened) }
func (l searchLine) Used() int32     { return int32(l.l.Used) }
func (l searchLine) Last() gql.Time  { return gql.Time{Time: l.l.Last} }
func (l searchLine) Then() string    { return l.l.Then }

func (l searchLine) Asset(ctx context.Context) (*asset, error) {
	if l.l.Asset == "" {
		return nil, nil
	}
	return l.p.find(ctx, l.l.Asset)
}

// proposal resolves the type SearchProposal.
type proposal struct {
	p *Parts
	x search.Proposal
}

func (l searchLine) Proposal() *proposal {
	if l.l.Proposal == nil {
		return nil
	}
	return &proposal{l.p, *l.l.Proposal}
}

func (p *proposal) Kind() string                              { return p.x.Kind }
func (p *proposal) Word() string                              { return p.x.Word }
func (p *proposal) Text() string                              { return p.x.Text }
func (p *proposal) Asset(ctx context.Context) (*asset, error) { return p.p.find(ctx, p.x.Asset) }

// PeerRanking is how one formula orders documents, query by query.
type PeerRanking struct {
	Name    string
	Answers []PeerAnswer
}

// PeerAnswer is the order of one query.
type PeerAnswer struct{ Hits []string }

// mostPeerQueries bounds one comparison: each query reads every document.
const mostPeerQueries = 50

// RankPeers answers the query of the same name.
func (r *root) RankPeers(ctx context.Context, args struct {
	Queries []string
	First   int32
}) ([]PeerRanking, error) {
	if err := r.Guard.Check(ctx, access.ReadSearches, "formulas of peers"); err != nil {
		return nil, err
	}
	if len(args.Queries) > mostPeerQueries {
		return nil, fault.Invalid.Errorf("%d queries at once; at most %d are compared", len(args.Queries), mostPeerQueries)
	}
	docs, err := r.Parts.Search.Documents(ctx)
	if err != nil {
		return nil, err
	}
	corpus, out := peer.NewCorpus(docs), []PeerRanking{}
	for _, f := range peer.Formulas() {
		one := PeerRanking{Name: f.Name}
		for _, q := range args.Queries {
			if ctx.Err() != nil {
				return nil, fault.Unavailable.Errorf("the comparison took too long; ask for fewer queries at once")
			}
			hits, err := corpus.Rank(f, int(args.First))(ctx, q)
			if err != nil {
				return nil, err
			}
			one.Answers = append(one.Answers, PeerAnswer{hits})
		}
		out = append(out, one)
	}
	return out, nil
}
