package graphql

import (
	"cmp"
	"context"
	"slices"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// term resolves the type Term.
type term struct {
	p *Parts
	g catalog.Glossary
}

func (a *asset) Term() *term {
	if a.a.Type != catalog.Term {
		return nil
	}
	t := &term{p: a.p}
	if a.a.Term != nil {
		t.g = *a.a.Term
	}
	return t
}

func (t *term) Definition() string { return t.g.Definition }
func (t *term) Synonyms() []string { return some(t.g.Synonyms) }
func (t *term) Formula() string    { return t.g.Formula }

func (t *term) Canonical(ctx context.Context) ([]*asset, error) { return t.p.many(ctx, t.g.Canonical) }

// Glossary lists the terms by name.
func (r *root) Glossary(ctx context.Context, args struct{ First int32 }) ([]*asset, error) {
	return r.listed(ctx, catalog.Term, args.First)
}

// Directory lists people, groups, domains or tags by name.
func (r *root) Directory(ctx context.Context, args struct {
	Type  string
	First int32
}) ([]*asset, error) {
	t := catalog.Type(args.Type)
	if !slices.Contains([]catalog.Type{catalog.User, catalog.Group, catalog.Domain, catalog.Tag, catalog.Product}, t) {
		return nil, fault.Invalid.Errorf("there is no directory of %q; ask for user, group, domain, tag or product", args.Type)
	}
	return r.listed(ctx, t, args.First)
}

func (p *Parts) listed(ctx context.Context, t catalog.Type, first int32) ([]*asset, error) {
	out := []*asset{}
	for a, err := range p.Catalog.List(ctx, catalog.Filter{Types: []catalog.Type{t}}) {
		if err != nil {
			return nil, err
		}
		if out = append(out, p.asset(a)); len(out) >= int(first) {
			break
		}
	}
	return out, nil
}

// metrics pairs each metric of the glossary with the table and dashboard that answer it.
func (p *Parts) metrics(ctx context.Context) ([]MetricLine, error) {
	out := []MetricLine{}
	for a, err := range p.Catalog.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Term}}) {
		if err != nil {
			return nil, err
		}
		if a.Term == nil || len(a.Term.Canonical) == 0 {
			continue
		}
		line := MetricLine{Term: p.asset(a)}
		answers, err := p.many(ctx, a.Term.Canonical)
		if err != nil {
			return nil, err
		}
		for _, x := range answers {
			switch {
			case x.a.URN.Kind() == urn.KindDataset && line.Table == nil:
				line.Table = x
			case x.a.URN.Kind() == urn.KindDashboard && line.Dashboard == nil:
				line.Dashboard = x
			}
		}
		out = append(out, line)
	}
	slices.SortStableFunc(out, func(a, b MetricLine) int { return cmp.Compare(b.viewers(), a.viewers()) })
	return out, nil
}

// viewers is how many people use a metric's dashboard and table: the numbers that
// most look at stand first.
func (m MetricLine) viewers() int {
	n := 0
	if m.Dashboard != nil {
		n = people(m.Dashboard.a)
	}
	if m.Table != nil {
		n += people(m.Table.a)
	}
	return n
}

// MetricLine is a metric and its answers.
type MetricLine struct{ Term, Table, Dashboard *asset }

func people(a catalog.Asset) int {
	if a.Usage == nil {
		return 0
	}
	return a.Usage.People30
}
