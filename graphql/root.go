package graphql

import (
	"context"
	"embed"
	"io/fs"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/job"
	"waymark/catalog/search"
	"waymark/crawler"
	"waymark/lineage"
	"waymark/pii"
	"waymark/pii/gdpr"
)

//go:embed schema/*.graphql
var files embed.FS

// Schema returns the whole schema in the definition language.
func Schema() string {
	names, _ := fs.Glob(files, "schema/*.graphql") // the pattern is constant
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		text, _ := files.ReadFile(name) // named by Glob
		b.Write(text)
	}
	return b.String()
}

// Parts are what the resolvers ask. All but Requests must be set.
type Parts struct {
	Catalog  *catalog.Catalog
	Guard    *access.Guard
	Search   *search.Search
	Graph    *lineage.Graph
	Personal *pii.Desk
	Requests *gdpr.Desk
	Jobs     *job.Book
	Crawls   Crawls
	Runs     RequestRuns
	Version  string
	Visitor  string // who one is at first in the sample company; "" outside of it
	Manual   []ManualPage
	Problems func() []string // what is wrong with the stores and the index; nil knows nothing
	Now      func() time.Time

	unread standings
}

// Crawls starts crawls and knows what each source can do; cmd joins it.
type Crawls interface {
	// Start begins to crawl a source and returns the run's id at once; approve marks
	// what vanished, though it is much.
	Start(ctx context.Context, source string, approve bool) (run string, err error)
	// CrawlRecipe begins to crawl what a recipe's text says.
	CrawlRecipe(ctx context.Context, text string, dryRun, approve bool) (run string, err error)
	// Recipes lists the sources that were crawled or are to be.
	Recipes(ctx context.Context) ([]crawler.Recipe, error)
	// CanErase is nil, or says why requests cannot reach a source.
	CanErase(ctx context.Context, source string) error
	// Grade says how a type of source is tested: R, P, E or F.
	Grade(sourceType string) string
}

// ManualPage is one page of the manual.
type ManualPage struct{ Name, Title, Text string }

// root answers the fields of Query and Mutation; each topic adds its own in its file.
type root struct{ *Parts }
