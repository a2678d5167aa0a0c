package crawler_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/crawltest"
)

// memory is a source whose tables and statements are given by the test.
type memory struct {
	assets     []catalog.Asset
	statements []catalog.Statement
	fail       error  // of Crawl, after every asset was emitted
	principal  string // who lists
	marks      []string
	dropped    bool // its scope
}

func (m *memory) open(context.Context, crawler.Config) (crawler.Source, error) { return m, nil }
func (m *memory) Names() catalog.Log {
	return catalog.Log{Platform: "memory", Dialect: "ansi", Instance: "m", DefaultSchema: "s"}
}
func (m *memory) Close() error                              { return nil }
func (m *memory) Principal(context.Context) (string, error) { return m.principal, nil }
func (m *memory) Scopes(context.Context) ([]crawler.Scope, error) {
	if m.dropped {
		return nil, nil
	}
	return []crawler.Scope{{Name: "s", Prefix: "m.s."}}, nil
}

func (m *memory) Crawl(_ context.Context, _ crawler.Scope, emit func(catalog.Asset) error) error {
	for _, a := range m.assets {
		if err := emit(a); err != nil {
			return err
		}
	}
	return m.fail
}

func (m *memory) Read(_ context.Context, mark string, emit func([]catalog.Statement) error) (string, []crawler.Problem, error) {
	m.marks = append(m.marks, mark)
	return mark + "+", nil, emit(m.statements)
}

func table(name string) catalog.Asset {
	return catalog.Asset{URN: urn.Dataset("memory", "m.s."+name, ""), Type: catalog.Dataset,
		Profile: &catalog.Profile{Name: "m.s." + name}, Schema: &catalog.Schema{Columns: []catalog.Column{{Name: "id"}}}}
}

func tables(n int) (out []catalog.Asset) {
	for i := range n {
		out = append(out, table(fmt.Sprintf("t%05d", i)))
	}
	return out
}

const recipe = "name: mem\nsource: {type: memory}\n"

func newBench(t *testing.T, m *memory) *crawltest.Bench {
	return crawltest.NewBench(t, map[string]crawler.Opener{"memory": m.open})
}

func TestCrawlInChunks(t *testing.T) {
	m := &memory{assets: tables(2500)}
	b := newBench(t, m)
	before, err := b.Catalog.Head(b.Ctx)
	if err != nil {
		t.Fatal(err)
	}
	report := b.Crawl(t, recipe, crawler.OK)
	after, err := b.Catalog.Head(b.Ctx)
	if err != nil {
		t.Fatal(err)
	}
	if report.Created != 2500 || after-before != 2501 { // and the source itself
		t.Errorf("got %d created and %d changes, want 2500 and 2501", report.Created, after-before)
	}
	if again := b.Crawl(t, recipe, crawler.OK); again.Unchanged != 2500 || again.Created != 0 {
		t.Errorf("again: got %d unchanged and %d created, want 2500 and 0", again.Unchanged, again.Created)
	}
	src, err := b.Catalog.Find(b.Ctx, urn.Source("mem"))
	if err != nil || src.Recipe == nil || src.Recipe.Text != recipe || src.Profile.Properties["platform"] != "memory" {
		t.Errorf("the source as an asset: got %+v, %v", src, err)
	}
}

// TestOneBadAsset: what the catalog refuses is told by name and spoils nothing else.
func TestOneBadAsset(t *testing.T) {
	m := &memory{assets: append(tables(5), catalog.Asset{URN: "no urn", Type: catalog.Dataset, Profile: &catalog.Profile{}})}
	b := newBench(t, m)
	report := b.Crawl(t, recipe, crawler.Partial)
	if report.Created != 5 || report.Failed != 1 || len(report.Problems) != 1 {
		t.Errorf("got %d created, %d failed, problems %+v; want 5, 1 and 1", report.Created, report.Failed, report.Problems)
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	m := &memory{assets: tables(3), statements: []catalog.Statement{{SQL: "select 1"}}}
	b := newBench(t, m)
	r, err := crawler.ParseRecipe([]byte(recipe))
	if err != nil {
		t.Fatal(err)
	}
	before, _ := b.Catalog.Head(b.Ctx)
	report, err := b.Runner.Crawl(b.Ctx, r, crawler.Options{DryRun: true})
	after, _ := b.Catalog.Head(b.Ctx)
	if err != nil || report.Created != 3 || before != after || len(b.Log.Statements) != 0 {
		t.Errorf("got %+v, %v, %d changes, %d statements written", report, err, after-before, len(b.Log.Statements))
	}
	b.Crawl(t, recipe, crawler.OK)
	if diff := cmp.Diff([]string{"", ""}, m.marks); diff != "" {
		t.Errorf("a dry run moved the mark (-want +got):\n%s", diff)
	}
}

// TestVanished: too much at once wants a person; another principal marks nothing.
func TestVanished(t *testing.T) {
	all := tables(300)
	m := &memory{assets: all, principal: "ana"}
	b := newBench(t, m)
	b.Crawl(t, recipe, crawler.OK)
	m.assets = all[:290]
	if report := b.Crawl(t, recipe, crawler.OK); report.Gone != 10 {
		t.Errorf("10 of 300: got %d gone, want 10", report.Gone)
	}
	m.assets, m.principal = all[:10], "ben"
	if report := b.Crawl(t, recipe, crawler.Partial); report.Gone != 0 || report.Problems[0].Class != crawler.Permission {
		t.Errorf("another principal: got %d gone, %+v", report.Gone, report.Problems)
	}
	report := b.Crawl(t, recipe, crawler.NeedsApproval)
	if report.Gone != 0 || report.State.ExitCode() != 3 || !strings.Contains(report.Problems[0].Fix, "--approve "+report.Run) {
		t.Errorf("280 of 290: got %d gone, %+v", report.Gone, report.Problems)
	}
	m.assets, m.fail = nil, fault.Unavailable.Errorf("cut")
	r, err := crawler.ParseRecipe([]byte(recipe))
	if err != nil {
		t.Fatal(err)
	}
	if report, err := b.Runner.Crawl(b.Ctx, r, crawler.Options{Approve: true}); err != nil || report.State != crawler.Partial || report.Gone != 0 {
		t.Errorf("cut: got %s, %d gone, %v, want partial and none", report.State, report.Gone, err)
	}
}

// TestFiltered: what a filter leaves out is neither written nor gone.
func TestFiltered(t *testing.T) {
	all := tables(2)
	m := &memory{assets: all}
	b := newBench(t, m)
	b.Crawl(t, recipe, crawler.OK)
	m.assets = []catalog.Asset{all[0], {URN: all[1].URN, Type: catalog.Dataset}, {URN: table("new").URN, Type: catalog.Dataset}}
	for range 2 {
		*b.Clock = b.Clock.Add(25 * time.Hour)
		if report := b.Crawl(t, recipe, crawler.OK); report.Gone != 0 || len(b.Live(t)) != 2 {
			t.Errorf("got %d gone and %d live, want 0 and 2", report.Gone, len(b.Live(t)))
		}
	}
}

// TestScopeDropped: a scope that is no longer listed wants approval; under another
// config it is let go of.
func TestScopeDropped(t *testing.T) {
	m := &memory{assets: tables(3)}
	b := newBench(t, m)
	b.Crawl(t, recipe, crawler.OK)
	m.dropped = true
	for range 2 {
		if report := b.Crawl(t, recipe, crawler.NeedsApproval); report.Gone != 0 || report.Problems[0].Scope != "s" {
			t.Errorf("got %d gone, %+v, want a question about s", report.Gone, report.Problems)
		}
	}
	b.Crawl(t, "name: mem\nsource: {type: memory, config: {other: 1}}\n", crawler.OK)
	if got := len(b.Live(t)); got != 3 {
		t.Errorf("under another config: got %d live, want 3", got)
	}
	m.dropped = false
	b.Crawl(t, recipe, crawler.OK)
	m.dropped = true
	r, err := crawler.ParseRecipe([]byte(recipe))
	if err != nil {
		t.Fatal(err)
	}
	if report, err := b.Runner.Crawl(b.Ctx, r, crawler.Options{Approve: true}); err != nil || report.Gone != 3 || report.State != crawler.OK {
		t.Errorf("approved: got %d gone, %s, %v, want 3", report.Gone, report.State, err)
	}
}

// TestDefinitionsAreRedacted unless the recipe says otherwise.
func TestDefinitionsAreRedacted(t *testing.T) {
	view := table("v")
	view.Definition = &catalog.Definition{SQL: "select 'secret'", Dialect: "ansi"}
	m := &memory{assets: []catalog.Asset{view}}
	b := newBench(t, m)
	hooks := crawler.Hooks{Observe: b.Log.Open, Marks: crawltest.Marks{}, Redact: func(dialect, sql string) string {
		return dialect + ":" + strings.ReplaceAll(sql, "'secret'", "?")
	}}
	runner := crawler.New(b.Catalog, map[string]crawler.Opener{"memory": m.open}, hooks, discard)
	for text, want := range map[string]string{recipe: "ansi:select ?", recipe + "definitions: {keep_literals: true}\n": "select 'secret'"} {
		r, err := crawler.ParseRecipe([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := runner.Crawl(b.Ctx, r, crawler.Options{}); err != nil {
			t.Fatal(err)
		}
		if got, err := b.Catalog.Find(b.Ctx, view.URN); err != nil || got.Definition.SQL != want {
			t.Errorf("got %q, %v, want %q", got.Definition.SQL, err, want)
		}
	}
	if view.Definition.SQL != "select 'secret'" {
		t.Error("the source's own text was changed")
	}
}

// TestHistory: statements come with the names of the source, their mark moves
// only when they were taken, and a cancelled crawl is interrupted.
func TestHistory(t *testing.T) {
	m := &memory{statements: []catalog.Statement{{SQL: "select 1", User: "svc_x", Time: time.Unix(1, 0)}}}
	b := newBench(t, m)
	b.Crawl(t, recipe+"actors: {service: [^svc_]}\n", crawler.OK)
	want := catalog.Log{Source: "mem", Reader: "mem", Platform: "memory", Dialect: "ansi", Instance: "m", DefaultSchema: "s", ServiceUsers: []string{"^svc_"}}
	if diff := cmp.Diff([]catalog.Log{want}, b.Log.Logs); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
	if s := b.Log.Statements[0]; s.Actor != "service" || s.Count != 1 || s.Dialect != "ansi" {
		t.Errorf("got %+v", s)
	}
	full := errors.New("the disk is full")
	hooks := crawler.Hooks{Marks: crawltest.Marks{}, Observe: func(context.Context, catalog.Log) (catalog.Observer, error) { return nil, full }}
	runner := crawler.New(b.Catalog, map[string]crawler.Opener{"memory": m.open}, hooks, discard)
	r, err := crawler.ParseRecipe([]byte(recipe))
	if err != nil {
		t.Fatal(err)
	}
	if report, err := runner.Crawl(b.Ctx, r, crawler.Options{}); !errors.Is(err, full) || report.State != crawler.Failed {
		t.Errorf("an observer that cannot write: got %s, %v, want failed", report.State, err)
	}
	b.Crawl(t, recipe, crawler.OK)
	if diff := cmp.Diff([]string{"", "", "+"}, m.marks); diff != "" {
		t.Errorf("marks (-want +got):\n%s", diff)
	}
	ctx, cancel := context.WithCancel(b.Ctx)
	cancel()
	if report, err := b.Runner.Crawl(ctx, r, crawler.Options{}); err == nil || report.State != crawler.Interrupted {
		t.Errorf("a cancelled crawl: got %s, %v, want interrupted", report.State, err)
	}
}

func TestProgressAndReport(t *testing.T) {
	m := &memory{assets: tables(3), statements: []catalog.Statement{{SQL: "select 1"}}, fail: crawler.Problem{Class: crawler.Permission, Text: "may not\nlook", Fix: "grant it"}}
	b := newBench(t, m)
	r, err := crawler.ParseRecipe([]byte(recipe))
	if err != nil {
		t.Fatal(err)
	}
	var phases []string
	report, err := b.Runner.Crawl(b.Ctx, r, crawler.Options{Run: "run1", Progress: func(p crawler.Progress) { phases = append(phases, p.Phase) }})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"connect", "list", "describe", "describe", "history"}, phases); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
	var text strings.Builder
	if err := report.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"mem: partial in ", "(run run1)", "3 created, 0 changed, 0 unchanged, 0 gone, 0 failed", "1 read: 1 understood", "permission (describe of s): may not look", "to mend it: grant it"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, text.String())
		}
	}
	doc, err := json.Marshal(report)
	if err != nil || !strings.Contains(string(doc), `"created":3`) || !strings.Contains(string(doc), `"class":"permission"`) {
		t.Errorf("as JSON: %s, %v", doc, err)
	}
	if report.State.ExitCode() != 3 || crawler.OK.ExitCode() != 0 || crawler.Failed.ExitCode() != 1 {
		t.Error("exit codes are not 3, 0 and 1")
	}
}

func TestUnknownSources(t *testing.T) {
	b := newBench(t, &memory{assets: tables(1)})
	r, err := crawler.ParseRecipe([]byte("name: x\nsource: {type: oracel}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Runner.Open(b.Ctx, r); !errors.Is(err, fault.Invalid) || !strings.Contains(err.Error(), `no source of type "oracel"; it knows memory`) {
		t.Errorf("unknown type: got %v", err)
	}
	b.Crawl(t, recipe, crawler.OK)
	known := table("t00000").URN
	if name, ok := b.Runner.SourceOf(b.Ctx, known); !ok || name != "mem" {
		t.Errorf("source of a table: got %q, %v", name, ok)
	}
	stranger := urn.Dataset("memory", "m.s.nothing", "")
	if _, ok := b.Runner.SourceOf(b.Ctx, stranger); ok {
		t.Error("a table that nobody crawls has a source")
	}
	if _, err := b.Runner.Count(b.Ctx, []catalog.Rows{{Dataset: stranger}}); !errors.Is(err, fault.NotFound) {
		t.Errorf("rows of a stranger: got %v, want fault.NotFound", err)
	}
	if _, err := b.Runner.Count(b.Ctx, []catalog.Rows{{Dataset: known}}); !errors.Is(err, fault.Invalid) {
		t.Errorf("rows of a source without rows: got %v, want fault.Invalid", err)
	}
	if err := b.Runner.CanErase(b.Ctx, "mem"); !errors.Is(err, fault.Invalid) {
		t.Errorf("erasing where nothing can: got %v, want fault.Invalid", err)
	}
}

// What no text may hold is replaced and told of the object that has it; names that
// become one are told too.
func TestTextsThatAreNone(t *testing.T) {
	odd := table("caf\xe9")
	odd.Profile.Description = "na\xefve \x1b[31m"
	m := &memory{assets: []catalog.Asset{table("plain"), odd, table(`caf\xe9`)}}
	b := newBench(t, m)
	report := b.Crawl(t, recipe, crawler.Partial)
	if report.Created != 2 || report.Failed != 1 || len(report.Problems) != 2 {
		t.Fatalf("got %d created, %d failed, problems %+v; want 2, 1 and 2", report.Created, report.Failed, report.Problems)
	}
	if p := report.Problems[0]; p.Class != crawler.Decode || p.Scope != `m.s.caf\xe9` || strings.Contains(p.Text, "na") && strings.Contains(p.Text, "ve ") {
		t.Errorf("got %+v want the object and no words of it", p)
	}
	a, err := b.Catalog.Find(b.Ctx, urn.Dataset("memory", `m.s.caf\xe9`, ""))
	if err != nil || a.Profile.Description != "na\ufffdve \ufffd[31m" {
		t.Errorf("got %+v, %v", a.Profile, err)
	}
	if again := b.Crawl(t, recipe, crawler.Partial); again.Created != 0 || again.Changed != 0 || again.Gone != 0 {
		t.Errorf("again: got %+v want nothing new", again)
	}
}
