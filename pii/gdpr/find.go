package gdpr

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// relatedness says what a row has to do with the subject.
type relatedness string

// Rows about the subject are the subject's own. Shared rows are somebody else's as
// well; rows that refer belong to others and point at the subject; rows that
// mention hold an identity of the subject inside something else. Only the first
// are ever deleted.
const (
	about    relatedness = "about"
	shared   relatedness = "shared"
	refers   relatedness = "refers"
	mentions relatedness = "mentions"
	opening  relatedness = "opening" // a key is emptied so that its row can be deleted next
)

// How a collection was reached.
const (
	byIdentity  = "identity"
	byHash      = "hash"
	byContained = "contained"
	byForeign   = "foreign key"
	byName      = "same name"
	byLineage   = "lineage"
)

// maxKeys bounds how many keys lead from one collection to another. A subject with
// more is no person, or the way there is wrong.
const maxKeys = 20000

// hit is rows of one table that one condition names.
type hit struct {
	where   catalog.Rows
	rows    int64
	how     string
	related relatedness
	path    []string
	key     int            // index of the identity that found it, -1 for keys of rows
	columns []string       // for shared and mentions: what of the row is the subject's
	also    []catalog.Rows // further conditions that name rows of it
}

// search looks for one subject in the whole estate.
type search struct {
	d     *Desk
	e     *estate
	keys  []Key
	met   map[int][]string          // identity -> columns it met, for the plan
	raw   map[*table][]hit          // hits of identities, before it is known whose rows they are
	finds map[*table][]hit          // what was found
	order []*table                  // tables of finds as they were found
	gaps  map[urn.URN]string        // what could not be searched, and why
	tried map[place]map[string]bool // values already looked for
	ids   map[string]map[string]bool
	rows  []catalog.Rows // every search by keys of rows, for the second look
	watch []watched      // every search along a declared foreign key
	paths []Derived
	notes []string

	links      map[string]likelihood // decided links by name
	possible   []PossibleLink
	add        []urn.URN  // datasets that the planner wants taken in
	matchers   []*matcher // of keys, in their order
	exceptions []Exception
}

// place is one column of one dataset.
type place = catalog.ColumnRef

func newSearch(d *Desk, e *estate, keys []Key) *search {
	return &search{
		d: d, e: e, keys: slices.Clone(keys), met: map[int][]string{}, raw: map[*table][]hit{},
		finds: map[*table][]hit{}, gaps: map[urn.URN]string{}, tried: map[place]map[string]bool{}, ids: map[string]map[string]bool{}, links: map[string]likelihood{},
	}
}

// run finds every row, or fault.Conflict when the identities do not name one person.
func (s *search) run(ctx context.Context) error {
	for from := 0; ; {
		if err := s.lookup(ctx, from); err != nil {
			return err
		}
		from = len(s.keys)
		people, err := s.resolve(ctx)
		if err != nil {
			return err
		}
		if err := s.learn(ctx, people); err != nil {
			return err
		}
		if len(s.keys) == from {
			if err := s.seed(ctx, people); err != nil {
				return err
			}
			break
		}
	}
	progress(ctx, stepWalk, 0)
	if err := s.walk(ctx); err != nil {
		return err
	}
	if err := s.hanging(ctx); err != nil {
		return err
	}
	slices.SortFunc(s.possible, func(a, b PossibleLink) int {
		return cmp.Or(compareURN(a.Dataset, b.Dataset), strings.Compare(a.Column, b.Column), compareURN(a.To, b.To))
	})
	return s.follow(ctx)
}

// lookup looks for the identities from index on in every connected table.
func (s *search) lookup(ctx context.Context, from int) error {
	var list []*screening
	for _, t := range s.e.tables {
		if t.source == "" || t.view() || t.gone || s.gaps[t.urn] != "" || s.skipped(t) {
			continue
		}
		list = append(list, &screening{t: t, named: s.namedConditions(t, from)})
	}
	s.d.screenAll(ctx, list, s.wanted(from), from)
	for _, sc := range list {
		if err := s.lookupTable(ctx, sc); err != nil {
			return err
		}
	}
	return nil
}

// skipped reports whether nothing of a table can be read; it is told as an exception.
func (s *search) skipped(t *table) bool {
	return t.live != nil && t.live.Denied != "" || errors.Is(s.e.dark[t.source], fault.Invalid)
}

// wanted are the matchers of the identities that are looked for by their values.
func (s *search) wanted(from int) []*matcher {
	out := make([]*matcher, len(s.keys))
	for i := from; i < len(s.keys); i++ {
		if k := s.keys[i]; k.Class != "" && !k.Shared {
			out[i] = s.matcher(i)
		}
	}
	return out
}

// screening is one pass over one table for everything that is looked for.
type screening struct {
	t     *table
	named []hit // by the names of columns
	found *sights
	err   error
}

// passes is how many tables are read at the same time.
const passes = 4

// screenAll reads every table once.
func (d *Desk) screenAll(ctx context.Context, list []*screening, asked []*matcher, from int) {
	var g errgroup.Group
	g.SetLimit(passes)
	tick := progress(ctx, stepSearch, len(list))
	for _, sc := range list {
		g.Go(func() error {
			defer tick()
			if sc.found, sc.err = d.lookInto(ctx, sc.t, asked, from); sc.err != nil {
				return nil
			}
			for i := range sc.named {
				if sc.named[i].rows, sc.err = d.Reach.Count(ctx, []catalog.Rows{sc.named[i].where}); sc.err != nil {
					return nil
				}
			}
			return nil
		})
	}
	_ = g.Wait() // each error stands with its table
}

// lookupTable keeps what a pass over a table found.
func (s *search) lookupTable(ctx context.Context, sc *screening) error {
	if sc.err != nil {
		if unable(sc.err) && ctx.Err() == nil {
			s.except(Exception{Dataset: sc.t.urn, Reason: unreadable, Detail: scrub(because(sc.err), s.keys)})
			return nil
		}
		return s.gap(ctx, sc.t.urn, sc.err)
	}
	for _, h := range append(sc.named, s.hits(sc.t, sc.found)...) {
		if h.rows == 0 {
			continue
		}
		s.raw[sc.t] = append(s.raw[sc.t], h)
		column := h.where.Column
		if len(h.columns) > 0 {
			column = h.columns[0]
		}
		s.meet(h.key, sc.t, column)
	}
	return nil
}

// unable reports whether a source refused to read a table, which asking again does
// not change.
func unable(err error) bool {
	return errors.Is(err, fault.Denied) || errors.Is(err, fault.Invalid) || errors.Is(err, fault.NotFound)
}

func (s *search) except(e Exception) {
	if !slices.ContainsFunc(s.exceptions, e.same) {
		s.exceptions = append(s.exceptions, e)
	}
}

// maxFound is how many different cells one condition names.
const maxFound = 5000

// hits are what was found in a table as conditions on its exact cells: own cells are
// the subject's, others mention the subject.
func (s *search) hits(t *table, found *sights) (out []hit) {
	for _, x := range found.sorted(t) {
		if len(found.cells[x]) > maxFound {
			s.gaps[t.urn] = fmt.Sprintf("more than %d different cells hold the subject; this is no single person's data, look at %s", maxFound, x.column)
			return nil
		}
		h := hit{where: exact(t, x.column, found.cells[x]), how: byIdentity, key: x.key, rows: found.rows[x]}
		switch {
		case !x.own:
			h.how, h.related, h.columns = byContained, mentions, []string{x.column}
			if ids := found.ids[x]; len(ids) > 0 {
				h.where = exact(t, t.pk, ids)
			}
		case x.form == formHashed:
			h.how = byHash
		}
		out = joined(out, h)
	}
	return out
}

// joined adds a hit to those of the same kind on the same column.
func joined(list []hit, h hit) []hit {
	for i, o := range list {
		if o.key == h.key && o.how == h.how && o.where.Column == h.where.Column && slices.Equal(o.columns, h.columns) {
			list[i].where.Values = distinct(append(slices.Clone(o.where.Values), h.where.Values...))
			list[i].rows += h.rows
			return list
		}
	}
	return append(list, h)
}

func (s *search) meet(key int, t *table, column string) {
	if key < 0 {
		return
	}
	if name := t.urn.Name() + "." + column; !slices.Contains(s.met[key], name) {
		s.met[key] = append(s.met[key], name)
	}
}

// count counts rows; ok is false when the table could not be asked, which is kept
// as a gap of the plan. An error means that the whole search cannot go on.
func (s *search) count(ctx context.Context, t *table, where []catalog.Rows) (n int64, ok bool, err error) {
	if len(where) == 0 {
		return 0, true, nil
	}
	n, err = s.d.Reach.Count(ctx, where)
	if err != nil {
		return 0, false, s.gap(ctx, t.urn, err)
	}
	return n, true, nil
}

// gap keeps why a dataset could not be searched. Only the caller's own end stops
// the search.
func (s *search) gap(ctx context.Context, u urn.URN, err error) error {
	if ctx.Err() != nil {
		return fault.Unavailable.Of(ctx.Err())
	}
	if s.gaps[u] == "" {
		s.gaps[u] = scrub("it could not be read: "+because(err), s.keys)
	}
	return nil
}

// values selects columns of the rows that any of where names, each tuple once.
func (s *search) values(ctx context.Context, t *table, where []catalog.Rows, columns ...string) (out [][]string, ok bool, err error) {
	seen := map[string]bool{}
	for _, w := range where {
		rows, err := s.d.Reach.Select(ctx, w, columns, maxKeys+1)
		if err != nil {
			return nil, false, s.gap(ctx, t.urn, err)
		}
		for _, r := range rows {
			if k := strings.Join(r, "\x00"); !seen[k] {
				seen[k] = true
				out = append(out, r)
			}
		}
	}
	if len(out) > maxKeys {
		s.gaps[t.urn] = fmt.Sprintf("more than %d keys lead on from here; this is no single person's data, look at the path", maxKeys)
		return nil, false, nil
	}
	slices.SortFunc(out, slices.Compare) // a server returns rows in any order
	return out, true, nil
}

// because is the reason of an error on one line.
func because(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

// scrub covers the subject's identities in a text that a source wrote.
func scrub(text string, keys []Key) string {
	for _, k := range keys {
		if len(k.Value) < 3 {
			continue
		}
		for {
			i := strings.Index(strings.ToLower(text), strings.ToLower(k.Value))
			if i < 0 || i+len(k.Value) > len(text) {
				break
			}
			text = text[:i] + "…" + text[i+len(k.Value):]
		}
	}
	return text
}
