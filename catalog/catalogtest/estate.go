// Package catalogtest makes assets for tests and benchmarks: an invented estate of
// any size, the same on every machine and in every run. It stands on no store.
package catalogtest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
)

const (
	seed    = 20
	columns = 20
)

// Datasets is an estate of tables and views with twenty columns each, 1.5 to 2.8 kB
// as they are stored. Each asset depends on its own number only, so that none has
// to be kept: a million assets cost the memory of their numbers and names.
type Datasets struct {
	n     int
	words []string
}

// Estate returns the estate of n datasets.
func Estate(n int) *Datasets {
	return &Datasets{n: n, words: vocabulary(rand.New(rand.NewPCG(seed, 0)))}
}

// Sorted yields the datasets in the order of their URNs, as a crawl lists them.
func (d *Datasets) Sorted() iter.Seq[catalog.Asset] {
	names := make([]urn.URN, d.n)
	order := make([]int, d.n)
	for i := range order {
		names[i], order[i] = d.draw(i).urn(), i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(string(names[a]), string(names[b])) })
	return d.inOrder(order)
}

// Shuffled yields the datasets in an order that is random and always the same.
func (d *Datasets) Shuffled() iter.Seq[catalog.Asset] {
	return d.inOrder(rand.New(rand.NewPCG(seed, 1)).Perm(d.n))
}

func (d *Datasets) inOrder(order []int) iter.Seq[catalog.Asset] {
	return func(yield func(catalog.Asset) bool) {
		for _, i := range order {
			if !yield(d.dataset(i)) {
				return
			}
		}
	}
}

var (
	zones     = strings.Fields("raw_data analytics mart finance landing adhoc archive marketing core dev")
	platforms = strings.Fields("postgres snowflake hive bigquery")
	kinds     = strings.Fields("bigint text varchar(255) timestamptz numeric(18,2) boolean date jsonb uuid integer")
	// day is when the estate was last written; fixed, so that digests are.
	day = time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)
)

func (d *Datasets) dataset(i int) catalog.Asset {
	w := d.draw(i)
	rows, bytes := int64(w.rand.IntN(50_000_000)), int64(w.rand.IntN(1<<40))
	a := catalog.Asset{
		URN: w.urn(), Type: catalog.Dataset,
		Profile: &catalog.Profile{
			Name: w.name, Subtype: "table", Description: w.sentence(12 + w.rand.IntN(8)),
			Properties: map[string]string{"owner": w.word() + "_etl", "partitioned_by": "event_date"},
		},
		Schema: &catalog.Schema{Columns: make([]catalog.Column, columns)},
		Stats:  &catalog.Stats{Rows: &rows, Bytes: &bytes, UpdatedAt: day.Add(-time.Duration(w.rand.IntN(1<<21)) * time.Second), CreatedAt: day.AddDate(-1, 0, -w.rand.IntN(900))},
	}
	for c := range a.Schema.Columns {
		a.Schema.Columns[c] = w.column(c)
	}
	if i%10 == 9 {
		a.Profile.Subtype = "view"
		a.Definition = &catalog.Definition{SQL: "select * from " + w.name + "_source where event_date > ?", Dialect: "postgres"}
	}
	return a
}

// writer draws one asset.
type writer struct {
	words    []string
	rand     *rand.Rand
	zipf     *rand.Zipf
	platform string
	name     string
}

// draw starts asset i with its name, which alone decides the order.
func (d *Datasets) draw(i int) *writer {
	r := rand.New(rand.NewPCG(seed, 1000+uint64(i)))
	w := &writer{words: d.words, rand: r, zipf: rand.NewZipf(r, 1.1, 8, uint64(len(d.words)-1))}
	w.platform = platforms[r.IntN(len(platforms))]
	w.name = fmt.Sprintf("db%02d.%s.%s_%d", r.IntN(40), zones[r.IntN(len(zones))], w.join(2+r.IntN(2)), i)
	return w
}

func (w *writer) urn() urn.URN { return urn.Dataset(w.platform, w.name, "") }

func (w *writer) column(i int) catalog.Column {
	c := catalog.Column{Name: w.join(1 + w.rand.IntN(3)), Type: kinds[w.rand.IntN(len(kinds))], Required: w.rand.IntN(3) == 0}
	if i == 0 {
		c.Name, c.Type, c.Required, c.PrimaryKey = "id", "bigint", true, true
	}
	if w.rand.IntN(2) == 0 {
		c.Description = w.sentence(4 + w.rand.IntN(10))
	}
	return c
}

// word draws from the vocabulary, its first words most often.
func (w *writer) word() string { return w.words[w.zipf.Uint64()] }

// join makes a name of n words, one in five in camel case.
func (w *writer) join(n int) string {
	parts := make([]string, n)
	camel := w.rand.IntN(5) == 0
	for i := range parts {
		parts[i] = w.word()
		if camel && i > 0 {
			parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
		}
	}
	if camel {
		return strings.Join(parts, "")
	}
	return strings.Join(parts, "_")
}

func (w *writer) sentence(n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = w.word()
	}
	return strings.Join(parts, " ")
}
