package search

import (
	"context"
	"math"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Index is one engine. It finds candidates, totals and facets and decides no order
// that a person sees. It is safe for concurrent use; one caller at a time applies.
// What an Apply wrote is found by every Search that begins after it returned.
type Index interface {
	// Apply takes documents in and out and stores the change number, in one commit.
	Apply(ctx context.Context, b Batch) error
	// Search answers all stages of q in one pass: a document belongs to the first
	// stage that it meets. Totals, facets and frequencies are exact.
	Search(ctx context.Context, q Query) (Result, error)
	// Survey measures all documents. An engine may keep it while fewer than one
	// document in a hundred has changed.
	Survey(ctx context.Context) (Survey, error)
	// Reached returns the change number of the newest batch, 0 for an empty index.
	Reached(ctx context.Context) (catalog.Seq, error)
}

// Vocabulary is what an engine may offer besides: the stems it holds, for spelling.
// They are hints for a further Search under the caller's scope, never an answer.
type Vocabulary interface {
	// Similar returns stems within edits of word that begin with the same letter,
	// the nearest first and of those the most frequent, at most limit.
	Similar(ctx context.Context, word string, edits, limit int) ([]string, error)
	// Completions returns stems that begin with prefix, the most frequent first.
	Completions(ctx context.Context, prefix string, limit int) ([]string, error)
}

// Rebuilder is what an engine may offer besides: to be filled anew while it answers.
type Rebuilder interface {
	// Rebuild calls fill, perhaps twice, with an empty index beside the live one, and
	// puts that in its place. When fill fails nothing has changed.
	Rebuild(ctx context.Context, fill func(context.Context, Index) error) error
}

// Fallible is what an engine may offer besides: to say that it cannot be relied upon.
type Fallible interface {
	// Damage says why the index must be rebuilt, or is nil. A damaged index answers
	// with fault.Corrupt and has Reached 0.
	Damage() error
}

// Batch is documents in and out, and the change number that they bring the index to.
type Batch struct {
	Put  []Document
	Drop []urn.URN
	Seq  catalog.Seq
}

// Query is what an engine is asked: stages under filters.
type Query struct {
	Stages  []Match
	With    [][]string // of each list, which is of one facet, one keyword must be there
	Without []string   // none of these keywords
	Moment  *Moment    // weighs documents for the choice of the best, and gives the keywords of the moment
	Keep    func(*Document) bool
	Sort    Sort // what the best are the best by; they are then of all stages together
	Best    int  // how many candidates the stages return together at most
	Facets  bool // count keywords over all stages; those of a filtered facet without its own filter
}

// Match says which documents enter a stage.
type Match struct {
	Every  bool     // all documents
	Keys   []string // a document with one of these keys or URNs
	Edges  []string // every one of these begins a word of the name
	Where  Where
	Groups []Group // each must be met, or one of them with Any
	Any    bool
	Not    []Group  // none of these may be met
	But    []string // none of these keywords may be there
}

// Where says in which words of a document groups are looked for.
type Where uint8

// In the name and path, or in everything.
const (
	InName Where = iota
	InAll
)

// Group is one word of the query with all the ways in which it may stand.
type Group []Alt

// Alt is one way: all its stems must be there.
type Alt struct {
	Stems  []string
	Factor float64
}

// Result is what one pass found.
type Result struct {
	Found       []Found        // by stage
	Facets      map[string]int // by keyword
	Frequencies map[string]int // of every stem asked for: documents that have it
	Documents   int            // all documents of the index
}

// Found is the candidates of one stage, the likeliest first.
type Found struct {
	Total int
	Best  []*Document
}

// Survey measures all documents of an index.
type Survey struct {
	Documents int
	Length    [Fields]float64 // average words of each field
	Estate    catalog.Estate
}

// IDF is the weight of a word that df of n documents have.
func IDF(n, df int) float64 {
	return math.Log(1 + (float64(n)-float64(df)+0.5)/(float64(df)+0.5))
}

// Frequency is in how many documents a group stands, at most.
func (g Group) Frequency(r *Result) int {
	sum := 0
	for _, alt := range g {
		least := r.Documents
		for _, s := range alt.Stems {
			least = min(least, r.Frequencies[s])
		}
		sum += least
	}
	return min(sum, r.Documents)
}
