package searchtest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Now is the day of every estate.
var Now = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// syllables make words that look like words; a Zipf distribution makes some of them
// stand everywhere, as in real estates.
var syllables = strings.Fields("al ba ce do er fi go ha in jo ka li mo nu or pe qu ra so ti ul va we xi yo za stra pli cron dex mar ten vol gri")

// real words are mixed in, so that plurals, abbreviations and terms are met too.
var real = strings.Fields("revenue order customer account payment user event session product category invoice shipment amount date number status country region campaign email phone address refund tax price quantity currency daily monthly summary")

// Estate makes n datasets of the given number of columns, always the same.
type Estate struct {
	rand  *rand.Rand
	words []string
	zipf  *rand.Zipf
}

// NewEstate returns the maker of one estate.
func NewEstate(seed uint64) *Estate {
	r := rand.New(rand.NewPCG(seed, 20))
	e := &Estate{rand: r, zipf: rand.NewZipf(r, 1.1, 8, 7999)}
	seen := map[string]bool{}
	for len(e.words) < 8000 {
		w := ""
		for range 2 + r.IntN(2) {
			w += syllables[r.IntN(len(syllables))]
		}
		if i := len(e.words); i%40 == 3 && i/40 < len(real) {
			w = real[i/40]
		}
		if !seen[w] {
			seen[w] = true
			e.words = append(e.words, w)
		}
	}
	return e
}

// Word draws one word, the first of the vocabulary most often.
func (e *Estate) Word() string { return e.words[e.zipf.Uint64()] }

var (
	zones     = []string{"analytics", "mart", "finance", "raw", "landing", "dev", "adhoc", "archive", "marketing", "core"}
	platforms = []string{"postgres", "snowflake", "hive", "bigquery"}
	owners    = []string{"ana", "ben", "chen", "dora", "emil"}
	tags      = []string{"tier1", "tier2", "pii", "daily"}
	domains   = []string{"Finance", "Growth", "Supply"}
)

// Datasets draws n tables.
func (e *Estate) Datasets(n, columns int) []catalog.Asset {
	out := make([]catalog.Asset, n)
	for i := range out {
		out[i] = e.dataset(i, columns)
	}
	return out
}

func (e *Estate) dataset(i, columns int) catalog.Asset {
	r := e.rand
	name := fmt.Sprintf("db%d.%s.%s", r.IntN(40), pick(r, zones), e.name())
	if i%7 == 0 {
		name += fmt.Sprintf("_v%d", 1+r.IntN(3))
	}
	name += fmt.Sprintf("_%d", i)
	a := catalog.Asset{URN: urn.Dataset(pick(r, platforms), name, ""), Type: catalog.Dataset, Profile: &catalog.Profile{Name: name}, Schema: &catalog.Schema{}}
	for range columns {
		c := catalog.Column{Name: e.Word() + "_" + e.Word(), Type: "text"}
		if r.IntN(4) == 0 {
			c.Description = e.sentence(3)
		}
		a.Schema.Columns = append(a.Schema.Columns, c)
	}
	if r.IntN(3) > 0 {
		a.Profile.Description = e.sentence(8)
	}
	e.signals(&a)
	return a
}

// signals gives some assets what trust is made of.
func (e *Estate) signals(a *catalog.Asset) {
	r := e.rand
	if r.IntN(2) == 0 {
		a.Owners = &catalog.Owners{List: []catalog.Owner{{User: urn.User(pick(r, owners))}}}
	}
	if r.IntN(3) == 0 {
		a.Labels = &catalog.Labels{Tags: []string{pick(r, tags)}, Domain: urn.Domain(pick(r, domains))}
	}
	if r.IntN(2) == 0 {
		people := math.Exp(r.NormFloat64() * 1.2)
		a.Usage = &catalog.UsageSignal{People: people, Queries: people * 9, People30: int(people) + 1, Queries30: int64(people * 9), Covered: true, CoveredDays: 30}
	}
	if r.IntN(20) == 0 {
		a.Certification = &catalog.Certification{By: urn.User(pick(r, owners)), Until: Now.AddDate(0, r.IntN(12)-3, 0)}
	}
	if r.IntN(30) == 0 {
		a.Deprecation = &catalog.Deprecation{Note: "old"}
	}
	if r.IntN(3) == 0 {
		a.Consumers = &catalog.ConsumerSignal{Rank: r.Float64(), Dashboards: r.IntN(9), Covered: true}
	}
}

// name is two or three words, snake or camel.
func (e *Estate) name() string {
	words := make([]string, 2+e.rand.IntN(2))
	camel := e.rand.IntN(5) == 0
	for i := range words {
		words[i] = e.Word()
		if camel && i > 0 {
			words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
		}
	}
	if camel {
		return strings.Join(words, "")
	}
	return strings.Join(words, "_")
}

func (e *Estate) sentence(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = e.Word()
	}
	return strings.Join(words, " ")
}

// Query draws what somebody might type: words of one real table, some as a typo or
// as a question.
func (e *Estate) Query(assets []catalog.Asset) string {
	r := e.rand
	a := assets[r.IntN(len(assets))]
	parts := strings.Split(a.Profile.Name, ".")
	words := strings.Split(parts[len(parts)-1], "_")
	column := a.Schema.Columns[r.IntN(len(a.Schema.Columns))].Name
	switch r.IntN(8) {
	case 0:
		return a.Profile.Name
	case 1:
		return parts[len(parts)-1]
	case 2:
		return "which " + strings.ReplaceAll(column, "_", " ") + " has " + words[0]
	case 3:
		return words[0] + " platform:" + a.URN.Platform()
	case 4:
		return words[0] + " " + typo(r, words[len(words)-2])
	case 5:
		return strings.ReplaceAll(column, "_", " ") + " -" + e.Word()
	case 6:
		return words[0] + " owner:" + pick(r, owners)
	}
	return words[0] + " " + strings.Split(column, "_")[0]
}

func typo(r *rand.Rand, w string) string {
	if len(w) < 4 {
		return w
	}
	i := 1 + r.IntN(len(w)-2)
	return w[:i] + w[i+1:]
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
