package searchtest

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"waymark/catalog/search"
)

// Baseline is how another catalog orders the same documents: its formula over our
// words, so that only the formula is compared.
type Baseline struct {
	Name  string
	score func(c *corpus, q *asked, d *counted) float64
}

// Baselines are the peers of a judged set.
func Baselines() []Baseline {
	return []Baseline{{"plain BM25", plain}, {"Amundsen v2.1", amundsen}, {"OpenMetadata 1.x", openMetadata}, {"DataHub OSS", dataHub}}
}

// asked is a query as a baseline sees it.
type asked struct {
	stems []string
	key   string
}

// counted is a document with its stems counted by field.
type counted struct {
	doc    *search.Document
	counts [search.Fields]map[string]int
	length [search.Fields]float64
	key    string
}

// corpus is all documents and what is common to them.
type corpus struct {
	docs    []*counted
	having  [search.Fields]map[string]int
	all     map[string]int
	average [search.Fields]float64
	people  float64 // averages over all
	queries float64
}

// Corpus returns a Ranker of the baseline over the documents of m.
func (b Baseline) Corpus(m *Memory) search.Ranker {
	c := newCorpus(m)
	return func(_ context.Context, text string) ([]string, error) {
		p := search.Parse(text)
		q := &asked{key: search.Key(p.Text)}
		for _, w := range p.Words {
			q.stems = append(q.stems, search.Stem(w))
		}
		return c.rank(func(d *counted) float64 { return b.score(c, q, d) }), nil
	}
}

func newCorpus(m *Memory) *corpus {
	c := &corpus{all: map[string]int{}}
	for f := range c.having {
		c.having[f] = map[string]int{}
	}
	for _, u := range m.order {
		d := &counted{doc: m.docs[u].doc, key: search.Key(m.docs[u].doc.Bare())}
		for f := range search.Field(search.Fields) {
			d.counts[f] = map[string]int{}
			for _, w := range strings.Fields(d.doc.Words[f]) {
				d.counts[f][search.Stem(w)]++
				d.length[f]++
			}
			for s := range d.counts[f] {
				c.having[f][s]++
			}
			c.average[f] += d.length[f] / float64(len(m.order))
		}
		for s := range m.docs[u].all {
			c.all[s]++
		}
		c.people += d.doc.Evidence.People / float64(len(m.order))
		c.queries += d.doc.Evidence.Queries / float64(len(m.order))
		c.docs = append(c.docs, d)
	}
	return c
}

// rank orders the documents that have a score, ties by URN.
func (c *corpus) rank(score func(*counted) float64) []string {
	type scored struct {
		doc   *search.Document
		score float64
	}
	var list []scored
	for _, d := range c.docs {
		if s := score(d); s > 0 {
			list = append(list, scored{d.doc, s})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var out []string
	for _, s := range list[:min(20, len(list))] {
		out = append(out, string(s.doc.URN)+" "+s.doc.Name)
	}
	return out
}

func bm25(n, df int, tf, length, average float64) float64 {
	if tf == 0 {
		return 0
	}
	return search.IDF(n, df) * tf * 2.2 / (tf + 1.2*(0.25+0.75*length/max(average, 1)))
}

// field is BM25 in one field.
func (c *corpus) field(f search.Field, q *asked, d *counted) (sum float64) {
	for _, s := range q.stems {
		sum += bm25(len(c.docs), c.having[f][s], float64(d.counts[f][s]), d.length[f], c.average[f])
	}
	return sum
}

// plain counts a name three times in one field of everything.
func plain(c *corpus, q *asked, d *counted) (sum float64) {
	weight := [search.Fields]float64{search.FieldName: 3, search.FieldPath: 1, search.FieldColumns: 1, search.FieldDescription: 1}
	length, average := 0.0, 0.0
	for f, w := range weight {
		length += w * d.length[f]
		average += w * c.average[f]
	}
	for _, s := range q.stems {
		tf := 0.0
		for f, w := range weight {
			tf += w * float64(d.counts[f][s])
		}
		sum += bm25(len(c.docs), c.all[s], tf, length, average)
	}
	return sum
}

// feature is a number that saturates at its average, as a rank feature does.
func feature(x, average float64) float64 {
	if x <= 0 {
		return 0
	}
	return x / (x + max(average, 1e-9))
}

func amundsen(c *corpus, q *asked, d *counted) float64 {
	text := 5*c.field(search.FieldName, q, d) + 3*c.field(search.FieldPath, q, d) + 2*c.field(search.FieldColumns, q, d) +
		1.5*c.field(search.FieldDescription, q, d) + c.field(search.FieldTerms, q, d)
	if text == 0 {
		return 0
	}
	return text + 10*feature(d.doc.Evidence.Queries, c.queries) + 10*feature(d.doc.Evidence.People, c.people)
}

func openMetadata(c *corpus, q *asked, d *counted) float64 {
	name := c.field(search.FieldName, q, d)
	text := (10+8)*name + (5+5)*c.field(search.FieldPath, q, d) + 2*c.field(search.FieldColumns, q, d) + 2*c.field(search.FieldDescription, q, d)
	if d.key == q.key {
		text += 2 * 20
	} else if phrase(q, d) {
		text += 1.5 * 10
	}
	if text == 0 {
		return 0
	}
	for _, k := range d.doc.Keywords {
		switch strings.ToLower(k) {
		case "tag:tier1":
			text += 50
		case "tag:tier2":
			text += 30
		case "tag:tier3":
			text += 10
		}
	}
	queries := float64(d.doc.Evidence.Queries30)
	return text + 4*math.Sqrt(queries/4) + 3*math.Log1p(queries)
}

// phrase says that the words of the query stand in the name side by side.
func phrase(q *asked, d *counted) bool {
	var stems []string
	for _, w := range strings.Fields(d.doc.Words[search.FieldName]) {
		stems = append(stems, search.Stem(w))
	}
	return len(q.stems) > 0 && strings.Contains(" "+strings.Join(stems, " ")+" ", " "+strings.Join(q.stems, " ")+" ")
}

func dataHub(c *corpus, q *asked, d *counted) float64 {
	text := 10*0.4*c.field(search.FieldName, q, d) + c.field(search.FieldPath, q, d) + c.field(search.FieldColumns, q, d) + c.field(search.FieldDescription, q, d) + c.field(search.FieldTerms, q, d)
	switch {
	case d.key == q.key:
		text += 10 * 0.7
	case q.key != "" && strings.HasPrefix(d.key, q.key):
		text += 6 * 0.7
	}
	if phrase(q, d) && len(q.stems) > 1 {
		text *= []float64{1, 1, 1.2, 1.5, 1.8}[min(4, len(q.stems))]
	}
	if d.doc.Marks&search.Deprecated != 0 {
		text *= 0.25
	}
	return text
}
