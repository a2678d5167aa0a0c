package search

import (
	"context"
	"maps"
	"slices"
	"strings"

	"waymark/catalog/urn"
)

// searchNear fills a page with what is close: first every word within a slip or
// two of the keyboard, then whatever holds half of the query's weight.
func (f *finder) searchNear(ctx context.Context) error {
	words, err := f.slips(ctx)
	if err != nil {
		return err
	}
	if words != nil {
		at := len(f.list)
		if err := f.addNear(ctx, words, Match{Where: InAll, Groups: groups(words), Any: f.p.Question}, 0); err != nil {
			return err
		}
		f.mend(f.list[at:])
	}
	if f.p.Question || len(f.words) < 2 || len(f.list) >= f.req.Offset+f.req.Limit {
		return nil
	}
	if words == nil {
		words = f.words
	}
	at := len(f.list)
	err = f.addNear(ctx, words, Match{Where: InAll, Groups: f.heavy(words), Any: true}, half)
	if f.mended == "" {
		f.mend(f.list[at:])
	}
	return err
}

// half is the share of a query's weight that makes a document near.
const half = 0.5

// heavy leaves out the lightest words that together stay under half of the weight:
// what holds only those cannot hold half, and they are the words that all have.
func (f *finder) heavy(words []Word) []Group {
	idf := newScorer(words, &f.found, &f.moment.Survey, false).idf
	order := make([]int, len(words))
	sum := 0.0
	for i := range order {
		order[i] = i
		sum += idf[i]
	}
	slices.SortFunc(order, func(a, b int) int { return compareFloat(idf[a], idf[b]) })
	for light := idf[order[0]]; len(order) > 1 && light < half*sum; light += idf[order[0]] {
		order = order[1:]
	}
	var out []Group
	for _, i := range order {
		out = append(out, words[i].group())
	}
	return out
}

// addNear appends what one near match finds; a document must hold a share of the
// words by their idf.
func (f *finder) addNear(ctx context.Context, words []Word, m Match, share float64) error {
	m.Not, m.But = f.p.not(), f.p.parts()
	q := f.base
	q.Stages, q.Best = []Match{m}, max(candidates, 2*(f.req.Offset+f.req.Limit))
	r, err := f.s.index.Search(ctx, q)
	if err != nil {
		return err
	}
	maps.Copy(f.found.Frequencies, r.Frequencies) // of the words that were slipped on
	maps.Copy(r.Frequencies, f.found.Frequencies)
	sc := newScorer(words, &r, &f.moment.Survey, f.p.Question)
	known := map[urn.URN]bool{}
	for i := range f.list {
		known[f.list[i].doc.URN] = true
	}
	kind := 0
	if share > 0 {
		kind = 1
	}
	least := 0.0
	for _, w := range sc.idf {
		least += w * share
	}
	main, more := f.scorer, f.list
	f.scorer, f.list = sc, nil
	for _, d := range r.Found[0].Best {
		if !known[d.URN] && sc.mass(d) >= least {
			c := f.place(d, Near, siblings{})
			c.kind, c.by = kind, sc
			f.list = append(f.list, c)
		}
	}
	f.sort()
	f.near += len(f.list)
	f.scorer, f.list = main, append(more, f.list...)
	return nil
}

// mass is how much of the query's idf stands in a document.
func (s *scorer) mass(d *Document) float64 {
	x, sum := s.look(d), 0.0
	for i := range s.words {
		if _, v := s.word(i, x); v != nil {
			sum += s.idf[i]
		}
	}
	return sum
}

// most slips of one word that are tried.
const mostSlips = 8

// slips widens the words that no document has by those that differ by a slip and by
// their shortened forms, and returns nil when there are none.
func (f *finder) slips(ctx context.Context) ([]Word, error) {
	v, ok := f.s.index.(Vocabulary)
	if !ok {
		return nil, nil
	}
	out, any := make([]Word, len(f.words)), false
	said := slices.Clone(f.p.Words)
	for i, w := range f.words {
		out[i] = Word{Text: w.Text, Variants: slices.Clone(w.Variants)}
		edits := editsFor(w.Text)
		if edits == 0 || f.known(&w) {
			continue
		}
		list, err := v.Similar(ctx, Stem(w.Text), edits, mostSlips)
		if err != nil {
			return nil, err
		}
		for j, stem := range list {
			factor := factorEdits
			if Within(stem, Stem(w.Text), 1) {
				factor = factorEdit
			}
			out[i].Variants = append(out[i].Variants, Variant{Words: []string{stem}, Stems: []string{stem}, Factor: factor, How: howSpelling})
			if j == 0 {
				said[i], any = stem, true
			}
		}
		if shorten(out[i : i+1]); len(out[i].Variants) > len(w.Variants) {
			any = true
		}
	}
	if !any {
		return nil, nil
	}
	f.meant = said
	return out, nil
}

// mend writes the query as it was probably meant, in words that stand in what was
// found: an engine knows stems only, and also those of what the caller may not see.
func (f *finder) mend(found []candidate) {
	said, changed := slices.Clone(f.p.Words), false
	for i, stem := range f.meant {
		for j := 0; j < len(found) && stem != f.p.Words[i] && said[i] == f.p.Words[i]; j++ {
			if w := spelled(found[j].doc, stem); w != "" {
				said[i], changed = w, true
			}
		}
	}
	if changed {
		f.mended = strings.Join(said, " ")
	}
}

// spelled finds the word of a document that has a stem.
func spelled(d *Document, stem string) (word string) {
	for _, text := range d.Words {
		eachWord(text, func(w string) {
			if word == "" && strings.HasPrefix(w, stem[:1]) && Stem(w) == stem {
				word = w
			}
		})
	}
	return word
}

// known says that some document has the word as it was typed.
func (f *finder) known(w *Word) bool {
	return f.found.Frequencies[w.Variants[0].Stems[0]] > 0
}

// Within says whether a and b are at most edits insertions, deletions,
// replacements or swaps of neighbours apart.
func Within(a, b string, edits int) bool { return distance([]rune(a), []rune(b), edits) <= edits }

// Distance is how many slips lie between a and b, edits+1 if they are more.
func Distance(a, b string, edits int) int { return distance([]rune(a), []rune(b), edits) }

// distance is the optimal string alignment distance, edits+1 if it is more.
func distance(a, b []rune, edits int) int {
	if d := len(a) - len(b); d > edits || -d > edits {
		return edits + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		lowest := row[0]
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
			lowest = min(lowest, row[j+1])
		}
		if lowest > edits {
			return edits + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// editsFor is how many slips a word of this length may hold.
func editsFor(w string) int {
	switch n := len([]rune(w)); {
	case n >= 8:
		return 2
	case n >= 4:
		return 1
	}
	return 0
}
