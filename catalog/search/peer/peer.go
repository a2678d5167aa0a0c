// Package peer re-implements how other catalogs order what they find, as far as their
// published formulas say, over the documents and words of Waymark: a judged set then
// compares formulas and nothing else. It is no way to search; nobody's results come
// from it.
package peer

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"waymark/catalog/search"
)

// Formula is how one catalog scores a document.
type Formula struct {
	Name  string
	score func(c *Corpus, q *asked, d *counted) float64
}

// Formulas are those of the peers of a judged set.
func Formulas() []Formula {
	return []Formula{{"plain BM25", plain}, {"Amundsen v2.1", amundsen}, {"OpenMetadata 1.x", openMetadata}, {"DataHub OSS", dataHub}}
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

// Corpus is all documents and what is common to them.
type Corpus struct {
	docs    []*counted
	having  [search.Fields]map[string]int
	all     map[string]int
	average [search.Fields]float64
	people  float64 // averages over all
	queries float64
}

// NewCorpus counts documents.
func NewCorpus(docs []*search.Document) *Corpus {
	c := &Corpus{all: map[string]int{}}
	for f := range c.having {
		c.having[f] = map[string]int{}
	}
	n := float64(len(docs))
	for _, doc := range docs {
		d := count(doc)
		stems := map[string]bool{}
		for f := range search.Field(search.Fields) {
			for s := range d.counts[f] {
				c.having[f][s]++
				stems[s] = true
			}
			c.average[f] += d.length[f] / n
		}
		for s := range stems {
			c.all[s]++
		}
		c.people += doc.Evidence.People / n
		c.queries += doc.Evidence.Queries / n
		c.docs = append(c.docs, d)
	}
	return c
}

func count(doc *search.Document) *counted {
	d := &counted{doc: doc, key: search.Key(doc.Bare())}
	for f := range search.Field(search.Fields) {
		d.counts[f] = map[string]int{}
		for _, w := range strings.Fields(doc.Words[f]) {
			d.counts[f][search.Stem(w)]++
			d.length[f]++
		}
	}
	return d
}

// Rank returns how a formula orders the documents, at most limit of them.
func (c *Corpus) Rank(f Formula, limit int) search.Ranker {
	return func(_ context.Context, text string) ([]string, error) {
		p := search.Parse(text)
		q := &asked{key: search.Key(p.Text)}
		for _, w := range p.Words {
			q.stems = append(q.stems, search.Stem(w))
		}
		return c.rank(limit, func(d *counted) float64 { return f.score(c, q, d) }), nil
	}
}

// rank orders the documents that have a score, ties by URN.
func (c *Corpus) rank(limit int, score func(*counted) float64) []string {
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
	out := []string{}
	for _, s := range list[:min(limit, len(list))] {
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
func (c *Corpus) field(f search.Field, q *asked, d *counted) (sum float64) {
	for _, s := range q.stems {
		sum += bm25(len(c.docs), c.having[f][s], float64(d.counts[f][s]), d.length[f], c.average[f])
	}
	return sum
}

// plain counts a name three times in one field of everything.
func plain(c *Corpus, q *asked, d *counted) (sum float64) {
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

func amundsen(c *Corpus, q *asked, d *counted) float64 {
	text := 5*c.field(search.FieldName, q, d) + 3*c.field(search.FieldPath, q, d) + 2*c.field(search.FieldColumns, q, d) +
		1.5*c.field(search.FieldDescription, q, d) + c.field(search.FieldTerms, q, d)
	if text == 0 {
		return 0
	}
	return text + 10*feature(d.doc.Evidence.Queries, c.queries) + 10*feature(d.doc.Evidence.People, c.people)
}

func openMetadata(c *Corpus, q *asked, d *counted) float64 {
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

func dataHub(c *Corpus, q *asked, d *counted) float64 {
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
