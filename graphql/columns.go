package graphql

import (
	"cmp"
	"context"
	"slices"

	"waymark/catalog"
	"waymark/pii"
)

// column resolves the type Column.
type column struct {
	p       *Parts
	a       *catalog.Asset
	c       catalog.Column
	readers map[string]int // people by column; nil when usage is unknown
}

// Columns are the columns of an asset, with their readers counted in one go.
func (a *asset) Columns(ctx context.Context) ([]*column, error) {
	out := []*column{}
	if a.a.Schema == nil {
		return out, nil
	}
	var readers map[string]int
	if a.a.Usage != nil && a.a.Usage.Covered {
		var err error
		if readers, err = a.p.Graph.ColumnReaders(ctx, a.a.URN); err != nil {
			return nil, err
		}
	}
	for _, c := range a.a.Schema.Columns {
		out = append(out, &column{p: a.p, a: &a.a, c: c, readers: readers})
	}
	return out, nil
}

// ColumnCount is how many columns there are.
func (a *asset) ColumnCount() int32 {
	if a.a.Schema == nil {
		return 0
	}
	return int32(len(a.a.Schema.Columns))
}

// maxMarks is how many marks a list shows of one asset.
const maxMarks = 6

// Personal are the distinct marks of the columns that are or may be personal.
func (a *asset) Personal() []PersonalMark {
	out := []PersonalMark{}
	if a.a.Privacy == nil {
		return out
	}
	for _, m := range a.a.Privacy.Columns {
		one := personal(m)
		one.Score = 0
		if m.State != pii.Rejected && !slices.ContainsFunc(out, func(x PersonalMark) bool { return x.Class == one.Class && x.State == one.State }) {
			out = append(out, one)
		}
	}
	slices.SortFunc(out, func(x, y PersonalMark) int {
		return cmp.Or(cmp.Compare(pii.Level(x.Sensitivity), pii.Level(y.Sensitivity)), cmp.Compare(x.Class, y.Class), cmp.Compare(x.State, y.State))
	})
	return top(out, maxMarks)
}

func (c *column) Name() string        { return c.c.Name }
func (c *column) Type() string        { return c.c.Type }
func (c *column) Description() string { return c.c.Description }
func (c *column) Required() bool      { return c.c.Required }
func (c *column) PrimaryKey() bool    { return c.c.PrimaryKey }
func (c *column) Tags() []string      { return some(c.c.Tags) }

// ColumnRef is one column of one dataset.
type ColumnRef struct {
	Dataset      ID
	Name, Column string
}

func reference(r catalog.ColumnRef) ColumnRef {
	return ColumnRef{Dataset: ID(r.Dataset), Name: r.Dataset.Name(), Column: r.Column}
}

func (c *column) References() *ColumnRef {
	if c.c.References != nil {
		r := reference(*c.c.References)
		return &r
	}
	for _, k := range c.a.Schema.ForeignKeys {
		for i, name := range k.Columns {
			if name == c.c.Name && i < len(k.ToColumns) {
				r := reference(catalog.ColumnRef{Dataset: k.To, Column: k.ToColumns[i]})
				return &r
			}
		}
	}
	return nil
}

func (c *column) People() *int32 {
	if c.readers == nil {
		return nil
	}
	n := int32(c.readers[c.c.Name])
	return &n
}

// PersonalMark is the standing of a column as personal data.
type PersonalMark struct {
	Class, Label, Format, Sensitivity, State, Origin string
	Score                                            float64
}

func personal(m catalog.PrivacyMark) PersonalMark {
	return PersonalMark{Class: m.Class, Label: pii.Label(m.Class), Format: m.Format, Sensitivity: m.Sensitivity, State: m.State, Origin: m.Origin, Score: m.Score}
}

func (c *column) Personal() *PersonalMark {
	if c.a.Privacy == nil {
		return nil
	}
	m, ok := c.a.Privacy.Columns[c.c.Name]
	if !ok {
		return nil
	}
	out := personal(m)
	return &out
}
