package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"sync"
	"time"

	"gopkg.in/yaml.v3"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Hooks are what a Runner uses of the rest of Waymark.
type Hooks struct {
	// Observe takes the statements of query logs.
	Observe catalog.Observe
	// Redact removes the literals of a view's definition.
	Redact func(dialect, sql string) string
	// Marks keeps how far each query log was read.
	Marks Marks
}

// Marks keeps one opaque text for each source: the place from which its query
// log is read next. An unknown source has the mark "".
type Marks interface {
	Mark(ctx context.Context, source string) (string, error)
	SetMark(ctx context.Context, source, mark string) error
}

// Runner opens sources by their recipes and crawls them. It is safe for
// concurrent use; that a source is crawled once at a time is the scheduler's word.
type Runner struct {
	// Now is the clock.
	Now func() time.Time

	cat     *catalog.Catalog
	openers map[string]Opener
	hooks   Hooks
	log     *slog.Logger
	idle    idle
	silence silence
	live    sync.Map // urn.URN -> name of the source in which it was last listed
}

// New returns a Runner for the given kinds of sources.
func New(cat *catalog.Catalog, openers map[string]Opener, hooks Hooks, log *slog.Logger) *Runner {
	return &Runner{Now: time.Now, cat: cat, openers: openers, hooks: hooks, log: log}
}

// Options say how one crawl is run.
type Options struct {
	Run      string // its id; one is made if empty
	DryRun   bool   // read everything, write nothing
	Approve  bool   // mark what vanished, though it is much
	Progress func(Progress)
}

// Open connects to the source of a recipe. The caller closes it.
func (r *Runner) Open(ctx context.Context, recipe Recipe) (Source, error) {
	if recipe.cut {
		return nil, fault.Invalid.Errorf("recipe %s was crawled with a literal secret, which is never stored; write ${ENV} or ${file:/path} in its place and crawl again", recipe.Name)
	}
	open, ok := r.openers[recipe.Type]
	if !ok {
		return nil, fault.Invalid.Errorf("recipe %s: there is no source of type %q; it knows %s", recipe.Name, recipe.Type, names(r.openers))
	}
	return open(ctx, recipe.Config())
}

// Crawl reads the source of a recipe into the catalog. The report is complete
// also when the crawl failed; the error then is what ended it. A crawl that is
// partly done returns no error: its report says what is missing.
func (r *Runner) Crawl(ctx context.Context, recipe Recipe, o Options) (Report, error) {
	c := &crawl{Runner: r, recipe: recipe, options: o}
	c.report = Report{Run: o.Run, Source: recipe.Name, Type: recipe.Type, Started: r.Now().UTC(), DryRun: o.DryRun, Problems: []Problem{}}
	if c.report.Run == "" {
		c.report.Run = recipe.Name + "-" + r.Now().UTC().Format("20060102T150405.000")
	}
	c.meter = meter{tell: o.Progress, now: r.Now, Progress: Progress{Source: recipe.Name}}
	err := c.run(ctx)
	if ctx.Err() != nil && !c.report.tells(Interrupt) {
		c.problem(c.meter.Phase, "", ended(ctx))
	}
	c.report.Ended = r.Now().UTC()
	c.report.settle(err != nil)
	r.log.InfoContext(ctx, "crawl ended", "run", c.report.Run, "source", recipe.Name, "state", c.report.State,
		"created", c.report.Created, "changed", c.report.Changed, "gone", c.report.Gone, "problems", len(c.report.Problems))
	return c.report, err
}

// Check asks a source what it lacks; a source that cannot tell has no findings
// but that it answers.
func (r *Runner) Check(ctx context.Context, recipe Recipe) ([]Finding, error) {
	src, err := r.Open(ctx, recipe)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	out := []Finding{{Capability: Connect, OK: true}}
	if c, ok := src.(Checker); ok {
		out = append(out, c.Check(ctx)...)
	}
	if e, ok := src.(Eraser); ok {
		out = append(out, finding("erase", e.CanErase(ctx)))
	}
	return out, nil
}

func finding(capability string, err error) Finding {
	if err == nil {
		return Finding{Capability: capability, OK: true}
	}
	p := problemOf("", "", err)
	return Finding{Capability: capability, Text: p.Text, Fix: p.Fix}
}

// source opens a crawled source by its name, from the recipe in the catalog. The
// program reads the recipe, not the caller: who may act on rows was decided before.
func (r *Runner) source(ctx context.Context, name string) (Source, error) {
	recipe, err := r.recipe(ctx, name)
	if err != nil {
		return nil, err
	}
	return r.Open(ctx, recipe)
}

func (r *Runner) recipe(ctx context.Context, name string) (Recipe, error) {
	a, err := r.cat.Find(access.With(ctx, access.System("crawler")), urn.Source(name))
	if err != nil {
		return Recipe{}, err
	}
	if a.Recipe == nil {
		return Recipe{}, fault.NotFound.Errorf("source %s has no recipe", name)
	}
	return ParseRecipe([]byte(a.Recipe.Text))
}

// digest tells whether the config of a recipe changed; references stay unexpanded.
func (r Recipe) digest() string {
	if r.config == nil {
		return ""
	}
	text, err := yaml.Marshal(r.config)
	if err != nil {
		return "unreadable"
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
