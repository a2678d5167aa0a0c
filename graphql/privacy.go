package graphql

import (
	"context"
	"fmt"
	"strconv"
	"time"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage"
	"waymark/pii"
)

// privacy resolves the type PrivacyOverview.
type privacy struct {
	p *Parts
	o pii.Overview
}

// Privacy answers the query of the same name.
func (r *root) Privacy(ctx context.Context) (*privacy, error) {
	o, err := r.Personal.Overview(ctx)
	if err != nil {
		return nil, err
	}
	return &privacy{p: r.Parts, o: o}, nil
}

func (v *privacy) Readers(ctx context.Context) (*int32, error) { return v.p.readersOfSensitive(ctx) }
func (v *privacy) ToReview() int32                             { return int32(v.o.ToReview) }

func (v *privacy) Unseen() int32 {
	n := 0
	for source, all := range v.o.Datasets {
		n += all - v.o.Sampled[source]
	}
	return int32(n)
}

// HeldClass is how much of one category there is.
type HeldClass struct {
	Class, Label, Sensitivity   string
	Tagged, Suggested, Datasets int32
}

func (v *privacy) Held() []HeldClass {
	out := []HeldClass{}
	for _, h := range v.o.Held {
		if h.Tagged+h.Suggested > 0 {
			out = append(out, HeldClass{Class: h.Class, Label: pii.Label(h.Class), Sensitivity: h.Sensitivity, Tagged: int32(h.Tagged), Suggested: int32(h.Suggested), Datasets: int32(h.Datasets)})
		}
	}
	return out
}

// Coverage is how much of one source can be seen.
type Coverage struct {
	Source            string
	Datasets, Sampled int32
	Unread            int32
	Log               bool
	Parsed            *float64
	Erasable          bool
	Detail            string
}

func (v *privacy) Coverage(ctx context.Context) ([]Coverage, error) {
	outcomes, err := v.p.Graph.Outcomes(ctx)
	if err != nil {
		return nil, err
	}
	sources, err := v.p.recipes(ctx)
	if err != nil {
		return nil, err
	}
	out := []Coverage{}
	for _, s := range sources {
		if s.datasets > 0 {
			u, logged := outcomes[s.name]
			out = append(out, v.coverage(ctx, s, u, logged))
		}
	}
	return out, nil
}

func (v *privacy) coverage(ctx context.Context, s *source, u catalog.Understood, logged bool) Coverage {
	c := Coverage{Source: s.name, Datasets: int32(v.o.Datasets[s.name]), Sampled: int32(v.o.Sampled[s.name]), Unread: int32(v.o.Unread[s.name]), Log: logged}
	if logged {
		share := lineage.Share(u)
		c.Parsed = &share
		c.Detail = fmt.Sprintf("%.1f %% of %d statements understood", 100*share, u.Parsed+u.Partial+u.Failed)
	} else {
		c.Detail = "reads unknown: connect its query log"
	}
	if err := v.p.Crawls.CanErase(ctx, s.name); err != nil {
		c.Detail += "; requests cannot reach it: " + err.Error()
	} else {
		c.Erasable = true
	}
	if c.Unread > 0 {
		c.Detail += fmt.Sprintf("; the reader may not read all rows of %d of its tables", c.Unread)
	}
	return c
}

// FindingPage is a page of findings.
type FindingPage struct {
	Items []*finding
	Total int32
	Next  *string
}

// Findings answers the query of the same name; the cursor is the place in the list.
func (r *root) Findings(ctx context.Context, args struct {
	State, Sensitivity, Dataset *string
	First                       int32
	After                       *string
}) (*FindingPage, error) {
	f := pii.Filter{State: text(args.State), Sensitivity: text(args.Sensitivity)}
	if args.Dataset != nil && *args.Dataset != "" {
		u, err := r.resolve(ctx, *args.Dataset)
		if err != nil {
			return nil, err
		}
		f.Dataset = u
	}
	all, err := r.Personal.Review(ctx, f)
	if err != nil {
		return nil, err
	}
	return r.findings(all, text(args.After), int(args.First)), nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (p *Parts) findings(all []pii.Standing, after string, first int) *FindingPage {
	from, err := strconv.Atoi(after)
	if err != nil || from < 0 || from > len(all) {
		from = 0
	}
	to := min(from+min(max(first, 0), 200), len(all))
	page := &FindingPage{Items: []*finding{}, Total: int32(len(all))}
	for i := range all[from:to] {
		page.Items = append(page.Items, &finding{p: p, s: &all[from+i]})
	}
	if to < len(all) {
		next := strconv.Itoa(to)
		page.Next = &next
	}
	return page
}

// finding resolves the type Finding.
type finding struct {
	p *Parts
	s *pii.Standing
}

func (f *finding) ID() ID             { return ID(urn.Column(f.s.Asset.URN, f.s.Column)) }
func (f *finding) Asset() *asset      { return f.p.asset(f.s.Asset) }
func (f *finding) Column() string     { return f.s.Column }
func (f *finding) Mark() PersonalMark { return personal(f.s.Mark) }

func (f *finding) At() gql.Time {
	if f.s.At.IsZero() {
		return gql.Time{Time: time.Unix(0, 0).UTC()}
	}
	return gql.Time{Time: f.s.At}
}

func (f *finding) Mode() string {
	if f.s.Found == nil {
		return "column"
	}
	return string(f.s.Found.Mode)
}

// FindingEvidence is one reason for a finding.
type FindingEvidence struct {
	Kind, Rule, Detail string
	Weight             float64
}

func (f *finding) Evidence() []FindingEvidence {
	out := []FindingEvidence{}
	if f.s.Found == nil {
		return out
	}
	for _, e := range f.s.Found.Evidence {
		out = append(out, FindingEvidence{Kind: string(e.Kind), Rule: e.Rule, Detail: e.Detail, Weight: e.Weight})
	}
	return out
}

// Decision is what a person decided about a column.
type Decision struct {
	Class       string
	NotPersonal bool
	Reason, By  string
	At          *gql.Time
}

func (f *finding) Decision(ctx context.Context) (*Decision, error) {
	if f.s.Asset.Decisions == nil {
		return nil, nil
	}
	d, ok := f.s.Asset.Decisions.Columns[f.s.Column]
	if !ok {
		return nil, nil
	}
	by, err := f.p.find(ctx, d.By)
	name := d.By.Name()
	if by != nil {
		name = by.display()
	}
	return &Decision{Class: d.Class, NotPersonal: d.NotPersonal, Reason: d.Reason, By: name, At: moment(d.At)}, err
}
