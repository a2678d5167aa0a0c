// Package crawltest is the suite that every crawled database passes: what is
// listed, hostile names, faults after which nothing may be gone, rows read by
// every way of matching, and erasing all or nothing.
package crawltest

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
	"waymark/crawler"
)

// System is one empty database under test, made anew for each test.
type System struct {
	Type   string
	Open   crawler.Opener
	Recipe string // YAML with an erase part; the name is "suite"
	// Exec runs one statement as the owner of the database.
	Exec func(t *testing.T, sql string)
	// Quote quotes an identifier.
	Quote func(string) string
	// URN is the identity of a table.
	URN func(table string) urn.URN
	// Lose takes away what the reader may see, without an error at connect; nil
	// where a system has no rights.
	Lose func(t *testing.T)
	// Logged is the recipe with its query log, or the plain one where there is none.
	Logged string
	// EnableLog makes the server keep the log that Logged reads; nil where it has none.
	EnableLog func(t *testing.T)
	// Unreachable is a recipe whose server does not answer, or whose file is not there.
	Unreachable string
	// NameLimit is how many bytes an identifier may have.
	NameLimit int
	// Columns is how many columns a wide table may have.
	Columns int
}

// Bench is a catalog with a runner that knows one kind of source.
type Bench struct {
	Catalog *catalog.Catalog
	Runner  *crawler.Runner
	Log     *Observed
	Ctx     context.Context
	Clock   *time.Time
}

// NewBench makes a catalog in memory and a runner for the given openers.
func NewBench(t testing.TB, openers map[string]crawler.Opener) *Bench {
	t.Helper()
	store := memkv.New()
	t.Cleanup(func() { store.Close() })
	log := slog.New(slog.DiscardHandler)
	cat := catalog.New(store, access.New(store, log), log)
	clock := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	cat.Now = func() time.Time { return clock }
	seen := &Observed{}
	hooks := crawler.Hooks{Observe: seen.Open, Redact: func(_, sql string) string { return sql }, Marks: Marks{}}
	return &Bench{Catalog: cat, Runner: crawler.New(cat, openers, hooks, log), Log: seen,
		Ctx: access.With(context.Background(), access.System("crawltest")), Clock: &clock}
}

// Crawl crawls a recipe and fails the test unless it ends as wanted.
func (b *Bench) Crawl(t testing.TB, recipe string, want crawler.State) crawler.Report {
	t.Helper()
	r, err := crawler.ParseRecipe([]byte(recipe))
	if err != nil {
		t.Fatal(err)
	}
	report, err := b.Runner.Crawl(b.Ctx, r, crawler.Options{})
	if err != nil && want != crawler.Failed {
		t.Fatalf("crawl: %v", err)
	}
	if report.State != want {
		t.Fatalf("state: got %s, want %s; problems: %+v", report.State, want, report.Problems)
	}
	return report
}

// Live returns the datasets of the catalog that no crawl has marked as gone.
func (b *Bench) Live(t testing.TB) map[urn.URN]catalog.Asset {
	t.Helper()
	out := map[urn.URN]catalog.Asset{}
	for a, err := range b.Catalog.List(b.Ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset}}) {
		if err != nil {
			t.Fatal(err)
		}
		if a.Status == nil || a.Status.Missing.IsZero() && a.Status.Removed.IsZero() {
			out[a.URN] = a
		}
	}
	return out
}

// Marks keeps marks in memory.
type Marks map[string]string

// Mark returns the mark of a source.
func (m Marks) Mark(_ context.Context, source string) (string, error) { return m[source], nil }

// SetMark keeps the mark of a source.
func (m Marks) SetMark(_ context.Context, source, mark string) error {
	m[source] = mark
	return nil
}

// Observed is an observer that keeps the statements it is given.
type Observed struct {
	Logs       []catalog.Log
	Statements []catalog.Statement
}

// Open begins a log.
func (o *Observed) Open(_ context.Context, log catalog.Log) (catalog.Observer, error) {
	o.Logs = append(o.Logs, log)
	return o, nil
}

// Add keeps statements.
func (o *Observed) Add(_ context.Context, list []catalog.Statement) error {
	o.Statements = append(o.Statements, list...)
	return nil
}

// Close counts what was kept as parsed.
func (o *Observed) Close(context.Context) (catalog.Understood, error) {
	var u catalog.Understood
	for _, s := range o.Statements {
		u.Parsed += s.Count
	}
	return u, nil
}

// Broken wraps an opener: its sources fail once they have emitted after assets.
func Broken(open crawler.Opener, after int) crawler.Opener {
	return func(ctx context.Context, c crawler.Config) (crawler.Source, error) {
		src, err := open(ctx, c)
		if err != nil {
			return nil, err
		}
		return &broken{src, after}, nil
	}
}

type broken struct {
	crawler.Source
	left int
}

func (b *broken) Scopes(ctx context.Context) ([]crawler.Scope, error) {
	if s, ok := b.Source.(crawler.Scoped); ok {
		return s.Scopes(ctx)
	}
	return []crawler.Scope{{}}, nil
}

func (b *broken) Principal(ctx context.Context) (string, error) {
	if p, ok := b.Source.(crawler.Principal); ok {
		return p.Principal(ctx)
	}
	return "", nil
}

var errCut = errors.New("the connection was cut")

func (b *broken) Crawl(ctx context.Context, s crawler.Scope, emit func(catalog.Asset) error) error {
	return b.Source.Crawl(ctx, s, func(a catalog.Asset) error {
		if b.left == 0 {
			return errCut
		}
		b.left--
		return emit(a)
	})
}

func oneLine(t *testing.T, err error, names ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("got no error")
	}
	text := err.Error()
	if strings.Contains(text, "\n") || len(text) > 600 {
		t.Errorf("got %q, want one line", text)
	}
	for _, n := range names {
		if !strings.Contains(text, n) {
			t.Errorf("got %q, want it to name %q", text, n)
		}
	}
}
