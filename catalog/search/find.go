package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Limits of a page.
const (
	usualLimit = 20
	mostLimit  = 100
	mostOffset = 10_000
	candidates = 200 // the best of a stage that the engine chooses for the order made here
)

// Find answers a request with what its caller may see. Hits, totals, facets, card
// and advice all come from the same filtered set.
func (s *Search) Find(ctx context.Context, req Request) (out Answer, err error) {
	defer fault.Wrap(&err, "search")
	began := time.Now()
	f, err := s.finder(ctx, req)
	if err != nil {
		return Answer{}, err
	}
	if err := f.run(ctx); err != nil {
		return Answer{}, err
	}
	if out, err = f.answer(ctx); err != nil {
		return Answer{}, err
	}
	head, err := s.cat.Head(ctx)
	if err != nil {
		return Answer{}, err
	}
	out.Reached, err = s.index.Reached(ctx)
	out.Complete = out.Reached >= head
	if degraded := s.Degraded(); degraded != "" {
		out.Complete, out.Note = false, join(out.Note, degraded)
	}
	out.Took = time.Since(began)
	s.note(ctx, f, out.Total)
	return out, err
}

// finder is one search on its way.
type finder struct {
	s        *Search
	req      Request
	p        Parsed
	words    []Word
	keys     []string
	terms    []*term
	glossary *glossary
	moment   *Moment
	base     Query
	asked    map[string]bool // stems of the query, which waive penalties
	scorer   *scorer
	found    Result
	list     []candidate
	near     int
	meant    []string // the words with the likeliest spelling, as stems where they differ
	mended   string
	replace  map[urn.URN]urn.URN // replacement -> deprecated
	habit    *habit
}

// candidate is a document with its place.
type candidate struct {
	doc       *Document
	stage     Stage
	kind      int
	text      float64
	trust     float64
	counts    float64 // the trust that counts for the order
	penalties []Penalty
	personal  float64
	score     float64
	by        *scorer // that scored it, where it is not the finder's
}

func (s *Search) finder(ctx context.Context, req Request) (*finder, error) {
	hidden, err := s.hidden(ctx)
	if err != nil {
		return nil, err
	}
	moment, words, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	own, err := s.habit(ctx, &req)
	if err != nil {
		return nil, err
	}
	req.Limit = min(cmp.Or(max(req.Limit, 0), usualLimit), mostLimit)
	req.Offset = min(max(req.Offset, 0), mostOffset)
	f := &finder{s: s, req: req, p: Parse(req.Text), moment: moment, replace: map[urn.URN]urn.URN{}, habit: own}
	for field, values := range req.Filters {
		facet, known := fields[strings.ToLower(field)]
		if !known {
			return nil, fault.Invalid.Errorf("%q is no filter; there are %s", field, strings.Join(fieldNamesSorted(), ", "))
		}
		for _, v := range values {
			f.p.Filters[facet] = append(f.p.Filters[facet], strings.ToLower(named(v)))
		}
	}
	f.words = expand(f.p.Words, words)
	if f.p.Question {
		shorten(f.words)
	}
	if err := s.beginnings(ctx, f.words); err != nil {
		return nil, err
	}
	f.identities(words)
	f.base, err = f.filters(hidden)
	f.asked = map[string]bool{}
	for _, w := range cutQuery(f.p.Text) {
		f.asked[w], f.asked[Stem(w)] = true, true
	}
	return f, err
}

// identities are the keys of what the query names: itself, names inside, and the
// canonical assets of the terms it says.
func (f *finder) identities(g *glossary) {
	f.keys = f.p.identities()
	f.terms = g.named(f.keys)
	f.glossary = g
	for _, t := range f.terms {
		for _, u := range t.canonical {
			f.keys = append(f.keys, string(u))
		}
	}
}

// beginnings widens words of one ideograph, which stand in documents in pairs only.
func (s *Search) beginnings(ctx context.Context, words []Word) error {
	v, ok := s.index.(Vocabulary)
	if !ok {
		return nil
	}
	for i := range words {
		r := []rune(words[i].Text)
		if len(r) != 1 || classOf(r[0]) != ideograph {
			continue
		}
		list, err := v.Completions(ctx, words[i].Text, 16)
		if err != nil {
			return err
		}
		for _, w := range list {
			words[i].add(variant(howPrefix, factorVariant, w))
		}
	}
	return nil
}

func (f *finder) run(ctx context.Context) error {
	most := max(candidates, 2*(f.req.Offset+f.req.Limit))
	newest, err := f.gather(ctx, most)
	if err == nil && f.p.Question {
		var more bool
		if more, err = f.kin(ctx); more && err == nil {
			f.list = nil
			newest, err = f.gather(ctx, most)
		}
	}
	if err == nil && f.req.Sort != Relevance {
		return f.fill(ctx) // copies and replacements stand where their value puts them
	}
	if err == nil && f.fold() > most/2 {
		f.list = nil // so many copies that what stands behind them was not chosen
		if newest, err = f.gather(ctx, 5*most); err == nil {
			f.fold()
		}
	}
	if err != nil {
		return err
	}
	if err := f.lend(ctx, newest); err != nil {
		return err
	}
	return f.fill(ctx)
}

// fill adds what is near when the page is not full.
func (f *finder) fill(ctx context.Context) error {
	if len(f.list) < f.req.Offset+f.req.Limit && len(f.words) > 0 {
		return f.searchNear(ctx)
	}
	return nil
}

// gather asks the engine for candidates and puts them in order.
func (f *finder) gather(ctx context.Context, most int) (newest siblings, err error) {
	q := f.base
	q.Stages, q.Best, q.Facets, q.Sort = stages(&f.p, f.words, f.keys), most, f.req.Facets, f.req.Sort
	if f.found, err = f.s.withFacets(ctx, &f.p, q); err != nil {
		return nil, err
	}
	f.scorer = newScorer(f.words, &f.found, &f.moment.Survey, f.p.Question)
	f.scorer.said = strings.Join(Cut(f.p.Text), " ")
	var all []*Document
	for _, found := range f.found.Found {
		all = append(all, found.Best...)
	}
	newest = newestOf(all)
	for i, found := range f.found.Found {
		for _, d := range found.Best {
			f.list = append(f.list, f.place(d, stageOf(&f.p, i), newest))
		}
	}
	if f.p.Question {
		f.lift()
	}
	f.sort()
	return newest, nil
}

// place scores a document in a stage.
func (f *finder) place(d *Document, stage Stage, newest siblings) candidate {
	c := candidate{doc: d, stage: stage, kind: 1, text: 1}
	if stage != Listed {
		c.text = f.scorer.text(d, nil)
	}
	if stage == Identity {
		c.text = max(c.text, f.scorer.whole())
		if f.p.Text == string(d.URN) || fullPath(f.p.Text) && Key(f.p.Text) == Key(d.Name) {
			c.kind = 0
		}
	}
	asked := f.asked
	if c.kind == 0 {
		asked = allMarks
	}
	c.trust, c.counts = f.moment.trust(d)
	var factor float64
	c.penalties, factor = penaltiesOf(d, asked, newest.supersedes(d))
	c.personal = f.habit.lift(d.URN)
	c.score = c.text * TrustFactor(c.counts) * factor * c.personal
	return c
}

func (f *finder) sort() {
	if f.req.Sort != Relevance {
		f.sortBy()
		return
	}
	slices.SortFunc(f.list, func(a, b candidate) int {
		last := compareBool(a.doc.Marks&NotCrawled != 0, b.doc.Marks&NotCrawled != 0)
		return cmp.Or(last, cmp.Compare(a.stage, b.stage), cmp.Compare(a.kind, b.kind), cmp.Compare(b.score, a.score), cmp.Compare(a.doc.URN, b.doc.URN))
	})
}

// sortBy puts candidates in the order that was asked for, what is near behind.
func (f *finder) sortBy() {
	stands := make(map[*Document]Standing, len(f.list))
	for i := range f.list {
		stands[f.list[i].doc] = f.moment.Standing(f.list[i].doc, f.req.Sort)
	}
	slices.SortFunc(f.list, func(a, b candidate) int {
		near := compareBool(a.stage == Near, b.stage == Near)
		return cmp.Or(-near, stands[a.doc].Compare(stands[b.doc]), cmp.Compare(a.stage, b.stage), cmp.Compare(b.score, a.score), cmp.Compare(a.doc.URN, b.doc.URN))
	})
}

// lend puts the replacement of a deprecated asset right above it, in its stage.
func (f *finder) lend(ctx context.Context, newest siblings) error {
	if fullPath(f.p.Text) {
		return nil
	}
	for i := 0; i < min(len(f.list), f.req.Offset+f.req.Limit); i++ {
		old := f.list[i]
		to := old.doc.Replacement
		if old.doc.Marks&Deprecated == 0 || to == "" {
			continue
		}
		at := slices.IndexFunc(f.list, func(c candidate) bool { return c.doc.URN == to })
		if at >= 0 && at < i {
			f.replace[to] = old.doc.URN
			continue
		}
		var next candidate
		if at > i {
			next = f.list[at]
			f.list = slices.Delete(f.list, at, at+1)
		} else {
			d, err := f.document(ctx, to)
			if err != nil {
				return err
			}
			if d == nil {
				continue
			}
			next = f.place(d, old.stage, newest)
		}
		next.stage, next.kind = old.stage, old.kind
		f.replace[to] = old.doc.URN
		f.list = slices.Insert(f.list, i, next)
		i++
	}
	return nil
}

// document reads one document that the caller may see and that passes the filters, or nil.
func (f *finder) document(ctx context.Context, u urn.URN) (*Document, error) {
	q := f.base
	q.Stages, q.Best = []Match{{Keys: []string{string(u)}}}, 1
	r, err := f.s.index.Search(ctx, q)
	if err != nil || len(r.Found[0].Best) == 0 {
		return nil, err
	}
	return r.Found[0].Best[0], nil
}

// fullPath says that a query is a URN or a path, not just words.
func fullPath(text string) bool {
	return urn.Is(text) || strings.Contains(text, ".") && !strings.ContainsAny(text, " \t")
}

// hidden lists the types that the caller may not know of.
func (s *Search) hidden(ctx context.Context) (out []string, err error) {
	scope, err := s.cat.Scope(ctx)
	for _, t := range scope.Hidden() {
		out = append(out, keyword(keyType, t))
	}
	return out, err
}
