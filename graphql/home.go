package graphql

import (
	"cmp"
	"context"
	"slices"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage"
	"waymark/pii"
)

// home resolves the first page; each part is computed only when it is asked for.
type home struct{ p *Parts }

// Home answers the query of the same name.
func (r *root) Home() *home { return &home{r.Parts} }

// How many lines each part of the first page has.
const (
	homeLines  = 6
	homeRecent = 10
)

func (h *home) Metrics(ctx context.Context) ([]MetricLine, error) { return h.p.metrics(ctx) }

func (h *home) MostUsed(ctx context.Context) ([]*asset, error) {
	return h.lines(ctx, h.p.Graph.Uses())
}

// lines are the first datasets of a list of uses.
func (h *home) lines(ctx context.Context, list []lineage.Use) ([]*asset, error) {
	page, err := h.p.uses(ctx, list, narrowed{First: homeLines})
	out := make([]*asset, 0, len(page.Items))
	for _, l := range page.Items {
		out = append(out, l.Asset)
	}
	return out, err
}

func (p *Parts) datasets(ctx context.Context) (out []catalog.Asset, err error) {
	for a, err := range p.Catalog.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset}}) {
		if err != nil {
			return nil, err
		}
		if a.Status == nil || !a.Status.Stub && a.Status.Removed.IsZero() {
			out = append(out, a)
		}
	}
	return out, nil
}

func (h *home) Rising(ctx context.Context) ([]*asset, error) {
	return h.lines(ctx, h.p.Graph.Rising())
}

func (h *home) Recent(ctx context.Context) ([]Change, error) {
	events, err := h.p.Catalog.Recent(ctx, homeRecent)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(events, func(a, b catalog.Event) int {
		switch {
		case a.Breaking() == b.Breaking():
			return 0
		case a.Breaking():
			return -1
		}
		return 1
	})
	return h.p.changes(ctx, events)
}

func (h *home) Dearest(ctx context.Context) ([]DearQuery, error) {
	m, err := h.p.morning(ctx, nil, homeLines)
	return m.Queries, err
}

// Zone is one zone of the estate.
type Zone struct {
	Name, Platform                string
	Datasets, Certified, Personal int32
	Used                          *int32
}

func (h *home) Zones(ctx context.Context) ([]*Zone, error) {
	all, err := h.p.datasets(ctx)
	byName, out := map[[2]string]*Zone{}, []*Zone{}
	for i := range all {
		a := h.p.asset(all[i])
		k := [2]string{a.Platform(), a.Zone()}
		z := byName[k]
		if z == nil {
			z = &Zone{Name: a.Zone(), Platform: a.Platform()}
			byName[k] = z
			out = append(out, z)
		}
		z.add(&all[i], h.p)
	}
	slices.SortFunc(out, func(a, b *Zone) int { return cmp.Or(cmp.Compare(b.Datasets, a.Datasets), cmp.Compare(a.Name, b.Name)) })
	return out, err
}

func (z *Zone) add(a *catalog.Asset, p *Parts) {
	z.Datasets++
	if a.Certification != nil && (a.Certification.Until.IsZero() || a.Certification.Until.After(p.Now())) {
		z.Certified++
	}
	if holdsPersonal(a) {
		z.Personal++
	}
	if a.Usage != nil && a.Usage.Covered {
		if z.Used == nil {
			z.Used = new(int32)
		}
		if a.Usage.People30 > 0 {
			*z.Used++
		}
	}
}

func holdsPersonal(a *catalog.Asset) bool {
	if a.Privacy == nil {
		return false
	}
	for _, m := range a.Privacy.Columns {
		if m.State == pii.Tagged || m.State == pii.Suggested {
			return true
		}
	}
	return false
}

// readersOfSensitive counts the people who read critical or high columns in 30 days.
func (p *Parts) readersOfSensitive(ctx context.Context) (*int32, error) {
	outcomes, err := p.Graph.Outcomes(ctx)
	if err != nil || len(outcomes) == 0 {
		return nil, err
	}
	readers := map[string]bool{}
	for a, err := range p.Catalog.List(ctx, catalog.Filter{Author: catalog.PII}) {
		if err != nil {
			return nil, err
		}
		if err := p.sensitiveReaders(ctx, &a, readers); err != nil {
			return nil, err
		}
	}
	n := int32(len(readers))
	return &n, nil
}

func (p *Parts) sensitiveReaders(ctx context.Context, a *catalog.Asset, readers map[string]bool) error {
	if a.Privacy == nil || a.URN.Kind() != urn.KindDataset {
		return nil
	}
	for rec, err := range p.Catalog.Usage(ctx, catalog.UsageFilter{Asset: a.URN, From: p.Now().AddDate(0, 0, -30)}) {
		if err != nil {
			return err
		}
		if !lineage.IsPerson(rec.Kind) || rec.Queries == 0 || rec.Role != "read" {
			continue
		}
		for _, c := range rec.Columns {
			if m, ok := a.Privacy.Columns[c]; ok && (m.Sensitivity == "critical" || m.Sensitivity == "high") && m.State != pii.Rejected {
				readers[rec.Actor] = true
			}
		}
	}
	return nil
}
