package gdpr

import (
	"cmp"
	"context"
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
	folded  bool           // a further condition names the same rows and more
	values  []string       // for contained: the whole forms, of which where looks for parts
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

	links    map[string]likelihood // decided links by name
	possible []PossibleLink
	add      []urn.URN // datasets that the planner wants taken in
	mine     []identityTexts
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
	if err := s.walk(ctx); err != nil {
		return err
	}
	slices.SortFunc(s.possible, func(a, b PossibleLink) int {
		return cmp.Or(compareURN(a.Dataset, b.Dataset), strings.Compare(a.Column, b.Column), compareURN(a.To, b.To))
	})
	return s.follow(ctx)
}

// lookup looks for the identities from index on in every connected table.
func (s *search) lookup(ctx context.Context, from int) error {
	var list []screening
	for _, t := range s.e.tables {
		if t.source == "" || t.view() || s.gaps[t.urn] != "" {
			continue
		}
		sc := screening{t: t}
		for i := from; i < len(s.keys); i++ {
			sc.conditions = append(sc.conditions, s.conditions(t, i)...)
		}
		if sc.where = screen(sc.conditions); len(sc.where) > 0 {
			list = append(list, sc)
		}
	}
	s.d.screenAll(ctx, list)
	for _, sc := range list {
		if err := s.lookupTable(ctx, sc); err != nil {
			return err
		}
	}
	return nil
}

// screening is one pass over one table for everything that is looked for.
type screening struct {
	t          *table
	conditions []hit
	where      []catalog.Rows
	rows       int64
	err        error
}

// passes is how many tables are read at the same time.
const passes = 4

// screenAll reads every table once and keeps how many rows meet its screen.
func (d *Desk) screenAll(ctx context.Context, list []screening) {
	var g errgroup.Group
	g.SetLimit(passes)
	for i := range list {
		g.Go(func() error {
			list[i].rows, list[i].err = d.Reach.Count(ctx, list[i].where)
			return nil
		})
	}
	_ = g.Wait() // each error stands with its table
}

// lookupTable asks for each identity by itself where the screen found something.
func (s *search) lookupTable(ctx context.Context, sc screening) error {
	if sc.err != nil {
		return s.gap(ctx, sc.t.urn, sc.err)
	}
	for i := 0; sc.rows > 0 && i < len(sc.conditions); i++ {
		h, ok, err := sc.conditions[i], false, error(nil)
		if h.how == byContained {
			h, ok, err = s.contained(ctx, sc.t, h)
		} else {
			h.rows, ok, err = s.count(ctx, sc.t, []catalog.Rows{h.where})
		}
		if err != nil {
			return err
		}
		if ok && h.rows > 0 {
			s.raw[sc.t] = append(s.raw[sc.t], h)
			s.meet(h.key, sc.t, h.where.Column)
		}
	}
	return nil
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
