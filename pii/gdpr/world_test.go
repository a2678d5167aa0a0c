package gdpr_test

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/pii/gdpr"
)

// world is a stand-in for the connected sources: tables in memory with foreign keys
// that hold, transactions that roll back, and faults on demand. It meets Reach,
// Marks and Graph.
type world struct {
	mu        sync.Mutex
	tables    map[urn.URN]*sheet
	order     []urn.URN
	relations []catalog.Relation
	derived   []gdpr.Derivation
	readOnly  map[string]string                    // sources without an erasing credential, and why
	broken    map[urn.URN]error                    // tables that cannot be read
	live      map[urn.URN]func(*catalog.LiveTable) // what their sources say of them
	hidden    map[urn.URN]bool                     // tables that were never crawled
	before    func(source string) error
	after     func(source string) error // once it is committed
	erasures  int
	shuffle   bool // rows, keys and lineage come in another order each time
}

// sheet is one table. A nil cell is NULL.
type sheet struct {
	asset  catalog.Asset
	source string
	rows   [][]*string
}

func newWorld() *world {
	return &world{tables: map[urn.URN]*sheet{}, readOnly: map[string]string{}, broken: map[urn.URN]error{}, live: map[urn.URN]func(*catalog.LiveTable){}, hidden: map[urn.URN]bool{}}
}

// name makes a dataset of a source: shop.orders is table orders of source shop.
func name(s string) urn.URN { return urn.Dataset("sqlite", s, "") }

// table adds a table. A column is "name type flags…": pk, null, =class.
func (w *world) table(dataset string, columns ...string) *sheet {
	source, _, _ := strings.Cut(dataset, ".")
	s := &sheet{source: source, asset: catalog.Asset{
		URN: name(dataset), Type: catalog.Dataset, Profile: &catalog.Profile{Subtype: "table"}, Schema: &catalog.Schema{}, Privacy: &catalog.Privacy{Columns: map[string]catalog.PrivacyMark{}},
	}}
	for _, c := range columns {
		f := strings.Fields(c)
		col := catalog.Column{Name: f[0], Type: f[1], Required: true}
		for _, flag := range f[2:] {
			switch {
			case flag == "pk":
				col.PrimaryKey = true
			case flag == "null":
				col.Required = false
			case flag[0] == '=':
				s.asset.Privacy.Columns[col.Name] = catalog.PrivacyMark{Class: flag[1:], State: "tagged"}
			}
		}
		s.asset.Schema.Columns = append(s.asset.Schema.Columns, col)
	}
	w.tables[s.asset.URN] = s
	w.order = append(w.order, s.asset.URN)
	return s
}

// row adds a row; "NULL" is NULL.
func (s *sheet) row(cells ...string) *sheet {
	out := make([]*string, len(cells))
	for i := range cells {
		if cells[i] != "NULL" {
			out[i] = &cells[i]
		}
	}
	s.rows = append(s.rows, out)
	return s
}

// refer adds a foreign key "shop.orders.customer_id > shop.customers.id".
func (w *world) refer(text, onDelete string) {
	from, to, _ := strings.Cut(text, " > ")
	r := catalog.Relation{From: ref(from), To: ref(to), OnDelete: onDelete, Name: text}
	c, _ := w.tables[r.From.Dataset].column(r.From.Column)
	r.Nullable = !c.Required
	w.relations = append(w.relations, r)
}

// referBoth adds a foreign key of several columns.
func (w *world) referBoth(dataset string, columns []string, to string, targets []string) {
	for i := range columns {
		c, _ := w.tables[name(dataset)].column(columns[i])
		w.relations = append(w.relations, catalog.Relation{
			From: catalog.ColumnRef{Dataset: name(dataset), Column: columns[i]}, To: catalog.ColumnRef{Dataset: name(to), Column: targets[i]},
			Name: dataset + to, Nullable: !c.Required,
		})
	}
}

func ref(s string) catalog.ColumnRef {
	i := strings.LastIndexByte(s, '.')
	return catalog.ColumnRef{Dataset: name(s[:i]), Column: s[i+1:]}
}

// flow says that a column was made of another.
func (w *world) flow(from, to string, how ...string) {
	x := gdpr.Derivation{From: ref(from), Column: ref(to), Direct: true, Masked: slices.Contains(how, "masked"), Aggregated: slices.Contains(how, "aggregated")}
	x.Path = []catalog.ColumnRef{x.From, x.Column}
	w.derived = append(w.derived, x)
}

func (s *sheet) column(name string) (catalog.Column, int) {
	for i, c := range s.asset.Schema.Columns {
		if c.Name == name {
			return c, i
		}
	}
	return catalog.Column{}, -1
}

func (w *world) List(context.Context, catalog.Filter) iter.Seq2[catalog.Asset, error] {
	return func(yield func(catalog.Asset, error) bool) {
		for _, u := range w.order {
			if w.hidden[u] {
				continue
			}
			if !yield(w.tables[u].asset, nil) {
				return
			}
		}
	}
}

func (w *world) Derived(_ context.Context, from []catalog.ColumnRef) (out []gdpr.Derivation, err error) {
	for _, x := range w.derived {
		if slices.Contains(from, x.From) {
			out = append(out, x)
		}
	}
	w.mix(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out, nil
}

func (w *world) SourceOf(_ context.Context, u urn.URN) (string, bool) {
	s, ok := w.tables[u]
	if !ok || s.source == "" {
		return "", false
	}
	return s.source, true
}

func (w *world) Columns(_ context.Context, u urn.URN) ([]catalog.Column, error) {
	return w.tables[u].asset.Schema.Columns, nil
}

func (w *world) Relations(_ context.Context, source string) (out []catalog.Relation, err error) {
	for _, r := range w.relations {
		if w.tables[r.From.Dataset].source == source {
			out = append(out, r)
		}
	}
	w.mix(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out, nil
}

func (w *world) Select(_ context.Context, r catalog.Rows, columns []string, limit int) (out [][]string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s, err := w.readable(r.Dataset)
	if err != nil {
		return nil, err
	}
	for _, row := range s.rows {
		if len(out) == limit || !s.meets(row, r) {
			continue
		}
		line := make([]string, len(columns))
		for i, c := range columns {
			_, at := s.column(c)
			if at < 0 {
				return nil, fault.Invalid.Errorf("no column %s", c)
			}
			if row[at] != nil {
				line[i] = *row[at]
			}
		}
		out = append(out, line)
	}
	w.mix(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out, nil
}

// mix gives a list another order, as a server may.
func (w *world) mix(n int, swap func(i, j int)) {
	if w.shuffle {
		rand.Shuffle(n, swap)
	}
}

func (w *world) readable(u urn.URN) (*sheet, error) {
	if err := w.broken[u]; err != nil {
		return nil, err
	}
	s, ok := w.tables[u]
	if !ok {
		return nil, fault.NotFound.Errorf("no table %s", u.Name())
	}
	return s, nil
}

func (w *world) Count(_ context.Context, where []catalog.Rows) (n int64, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(where) == 0 {
		return 0, nil
	}
	s, err := w.readable(where[0].Dataset)
	if err != nil {
		return 0, err
	}
	for _, row := range s.rows {
		if s.any(row, where) {
			n++
		}
	}
	return n, nil
}

func (s *sheet) any(row []*string, where []catalog.Rows) bool {
	return slices.ContainsFunc(where, func(r catalog.Rows) bool { return s.meets(row, r) })
}

func (s *sheet) meets(row []*string, r catalog.Rows) bool {
	_, at := s.column(r.Column)
	if at < 0 || row[at] == nil {
		return false
	}
	for _, and := range r.And {
		if !s.meets(row, and) {
			return false
		}
	}
	have := *row[at]
	return slices.ContainsFunc(r.Values, func(want string) bool {
		switch r.How {
		case catalog.Folded:
			return strings.EqualFold(strings.TrimSpace(have), strings.TrimSpace(want))
		case catalog.Contains:
			return strings.Contains(strings.ToLower(have), strings.ToLower(want))
		}
		return have == want
	})
}

// Sources, Live and Search meet gdpr.Searcher: every row is returned, so that what a
// test finds is what the decision in Go says.
func (w *world) Sources(context.Context) (out []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range w.order {
		if s := w.tables[u]; s.source != "" && !slices.Contains(out, s.source) {
			out = append(out, s.source)
		}
	}
	return out
}

func (w *world) Live(_ context.Context, source string) (out []catalog.LiveTable, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range w.order {
		s := w.tables[u]
		if s.source != source {
			continue
		}
		l := catalog.LiveTable{Dataset: u, Kind: s.asset.Profile.Subtype, Columns: s.asset.Schema.Columns}
		if change := w.live[u]; change != nil {
			change(&l)
		}
		out = append(out, l)
	}
	return out, nil
}

func (w *world) Search(_ context.Context, _ string, p catalog.Probe, each func([]string) error) error {
	w.mu.Lock()
	s, err := w.readable(p.Dataset)
	w.mu.Unlock()
	if err != nil {
		return err
	}
	for _, row := range s.rows {
		cells := make([]string, len(p.Columns))
		for i, c := range p.Columns {
			if _, at := s.column(c); at >= 0 && row[at] != nil {
				cells[i] = *row[at]
			}
		}
		if err := each(cells); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) CanErase(_ context.Context, source string) error {
	if why := w.readOnly[source]; why != "" {
		return fault.Denied.Errorf("%s", why)
	}
	return nil
}

func (w *world) Erase(_ context.Context, source string, acts []catalog.Act) ([]catalog.Acted, error) {
	if w.before != nil {
		if err := w.before(source); err != nil {
			return nil, err
		}
	}
	w.mu.Lock()
	tx := maps.Clone(w.tables)
	for u, s := range tx {
		c := *s
		c.rows = slices.Clone(s.rows)
		tx[u] = &c
	}
	out, err := w.transact(tx, acts)
	if err == nil {
		w.tables = tx
		w.erasures++
	}
	w.mu.Unlock()
	if err == nil && w.after != nil {
		err = w.after(source)
	}
	return out, err
}

func (w *world) transact(tx map[urn.URN]*sheet, acts []catalog.Act) (out []catalog.Acted, err error) {
	for _, a := range acts {
		s := tx[a.Dataset]
		var kept [][]*string
		done := catalog.Acted{Dataset: a.Dataset}
		for _, row := range s.rows {
			if !s.any(row, a.Where) || !s.holds(row, a) {
				kept = append(kept, row)
				continue
			}
			done.Affected++
			if a.Action == catalog.DeleteRows {
				continue
			}
			row = slices.Clone(row)
			for _, c := range a.Columns {
				col, at := s.column(c)
				was := row[at]
				row[at] = nil
				for _, cell := range a.Cells {
					if *was == cell.From {
						row[at] = &cell.To
					}
				}
				if v, ok := a.Values[c]; ok && a.Action == catalog.Pseudonymise {
					row[at] = &v
				}
				if row[at] == nil && col.Required {
					return nil, fault.Invalid.Errorf("%s may not be null", c)
				}
			}
			kept = append(kept, row)
		}
		s.rows = kept
		out = append(out, done)
		if done.Affected != a.Want {
			out[len(out)-1].Failed = true
			return out, fault.Conflict.Errorf("%s: %d rows affected, %d wanted", a.Dataset.Name(), done.Affected, a.Want)
		}
		if err := w.hold(tx, false); err != nil {
			return out, err
		}
	}
	return out, w.hold(tx, true)
}

// holds reports whether the cell of a row is one that an act rewrites.
func (s *sheet) holds(row []*string, a catalog.Act) bool {
	if len(a.Cells) == 0 {
		return true
	}
	_, at := s.column(a.Columns[0])
	return row[at] != nil && slices.ContainsFunc(a.Cells, func(c catalog.Cell) bool { return c.From == *row[at] })
}

// hold enforces the foreign keys: cascades where declared, refuses elsewhere, and at
// the end of a transaction those too that may be checked then.
func (w *world) hold(tx map[urn.URN]*sheet, end bool) error {
	byName := map[string][]catalog.Relation{}
	for _, r := range w.relations {
		if r.Deferrable && !end {
			continue
		}
		byName[r.Name] = append(byName[r.Name], r)
	}
	for again := true; again; {
		again = false
		for _, group := range byName {
			from, to := tx[group[0].From.Dataset], tx[group[0].To.Dataset]
			for i := 0; i < len(from.rows); i++ {
				key, null := tuple(from, from.rows[i], group, func(r catalog.Relation) string { return r.From.Column })
				if null || slices.ContainsFunc(to.rows, func(p []*string) bool {
					k, _ := tuple(to, p, group, func(r catalog.Relation) string { return r.To.Column })
					return k == key
				}) {
					continue
				}
				if group[0].OnDelete != "cascade" {
					return fault.Invalid.Errorf("rows of %s refer to rows that would be gone", group[0].From.Dataset.Name())
				}
				from.rows = slices.Delete(slices.Clone(from.rows), i, i+1)
				i--
				again = true
			}
		}
	}
	return nil
}

func tuple(s *sheet, row []*string, group []catalog.Relation, column func(catalog.Relation) string) (key string, null bool) {
	for _, r := range group {
		_, at := s.column(column(r))
		if row[at] == nil {
			return "", true
		}
		key += *row[at] + "\x00"
	}
	return key, false
}

// dump prints all rows, for comparisons and for canaries.
func (w *world) dump() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var b strings.Builder
	for _, u := range w.order {
		for _, row := range w.tables[u].rows {
			fmt.Fprintf(&b, "%s:", u.Name())
			for _, c := range row {
				if c == nil {
					b.WriteString(" NULL")
				} else {
					b.WriteString(" " + *c)
				}
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}
