package pii

import (
	"cmp"
	"context"
	"slices"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/pii/detect"
)

// Filter chooses findings; zero members choose everything.
type Filter struct {
	State       string
	Sensitivity string
	Dataset     urn.URN
}

// Standing is one marked column with the finding behind it, if there is one.
type Standing struct {
	Asset  catalog.Asset
	Column string
	Mark   catalog.PrivacyMark
	Found  *detect.Finding
	At     time.Time // when the detector last looked
}

// Review returns the marked columns, those that want an answer first, then by
// sensitivity, score and name.
func (d *Desk) Review(ctx context.Context, f Filter) (out []Standing, err error) {
	for a, err := range d.marked(ctx, f.Dataset) {
		if err != nil {
			return nil, err
		}
		r, err := d.record(ctx, a.URN)
		if err != nil {
			return nil, err
		}
		for col, m := range a.Privacy.Columns {
			if f.State != "" && f.State != m.State || f.Sensitivity != "" && f.Sensitivity != m.Sensitivity {
				continue
			}
			s := Standing{Asset: a, Column: col, Mark: m, At: r.At}
			if list := r.Columns[col]; len(list) > 0 {
				s.Found = &list[0]
			}
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Standing) int {
		return cmp.Or(
			cmp.Compare(urgency(a.Mark), urgency(b.Mark)), cmp.Compare(b.Mark.Score, a.Mark.Score),
			cmp.Compare(a.Asset.URN, b.Asset.URN), cmp.Compare(a.Column, b.Column))
	})
	return out, nil
}

// urgency orders what wants an answer before the rest, the most sensitive first.
func urgency(m catalog.PrivacyMark) int {
	level := Level(m.Sensitivity)
	if m.State != Suggested {
		level += 10
	}
	return level
}

// Level is the place of a sensitivity among the four, 0 for critical.
func Level(sensitivity string) int {
	return slices.Index([]string{string(detect.Critical), string(detect.High), string(detect.Medium), string(detect.Low)}, sensitivity)
}

// Decide keeps a person's word on one column and shows it at once. A class or
// NotPersonal, and a reason, are needed.
func (d *Desk) Decide(ctx context.Context, u urn.URN, column string, word catalog.Decision) (catalog.Asset, error) {
	switch {
	case word.Class == "" && !word.NotPersonal:
		return catalog.Asset{}, fault.Invalid.Errorf("a decision names a category or says not personal")
	case word.Class != "" && !slices.ContainsFunc(detect.Classes(), func(c detect.Category) bool { return c.Class == word.Class }):
		return catalog.Asset{}, fault.Invalid.Errorf("there is no category %q", word.Class)
	}
	if c, ok := access.From(ctx); ok {
		word.By = c.URN()
	}
	word.At = d.Now().UTC()
	return d.word(ctx, u, column, word.Reason, func(all map[string]catalog.Decision) { all[column] = word })
}

// Withdraw takes back what a person decided on a column: the finding speaks again.
func (d *Desk) Withdraw(ctx context.Context, u urn.URN, column, reason string) (catalog.Asset, error) {
	return d.word(ctx, u, column, reason, func(all map[string]catalog.Decision) { delete(all, column) })
}

// word changes the decisions on one dataset and marks its columns anew.
func (d *Desk) word(ctx context.Context, u urn.URN, column, reason string, change func(map[string]catalog.Decision)) (catalog.Asset, error) {
	if reason == "" {
		return catalog.Asset{}, fault.Invalid.Errorf("a decision needs a reason")
	}
	_, err := d.cat.Edit(ctx, u, access.Classify, reason, func(a *catalog.Asset) error {
		if a.Schema == nil || !slices.ContainsFunc(a.Schema.Columns, func(c catalog.Column) bool { return c.Name == column }) {
			return fault.NotFound.Errorf("it has no column %s", column)
		}
		if a.Decisions == nil || a.Decisions.Columns == nil {
			a.Decisions = &catalog.Decisions{Columns: map[string]catalog.Decision{}}
		}
		change(a.Decisions.Columns)
		return nil
	})
	if err != nil {
		return catalog.Asset{}, err
	}
	if err := d.mark(access.With(ctx, access.System("pii")), []urn.URN{u}); err != nil {
		return catalog.Asset{}, err
	}
	return d.cat.Find(ctx, u)
}
