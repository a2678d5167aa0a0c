package hammer

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/kv"
	"waymark/catalog/kv/memkv"
	"waymark/crawler"
	"waymark/crawler/accesslog"
	"waymark/crawler/mysql"
	"waymark/crawler/postgres"
	"waymark/crawler/sample"
	"waymark/crawler/sqlite"
	"waymark/lineage"
	"waymark/lineage/sqllineage"
	"waymark/pii"
	"waymark/pii/detect"
	"waymark/pii/gdpr"
	"waymark/pii/ledger"
	"waymark/pii/vault"
)

// house is the parts that an erasure goes through, joined as the binary joins them.
type house struct {
	cat      *catalog.Catalog
	store    kv.Store
	graph    *lineage.Graph
	runner   *crawler.Runner
	personal *pii.Desk
	requests *gdpr.Desk
	ledger   *ledger.Ledger
}

type marks map[string]string

func (m marks) Mark(_ context.Context, source string) (string, error) { return m[source], nil }

func (m marks) SetMark(_ context.Context, source, mark string) error {
	m[source] = mark
	return nil
}

func newHouse(t *testing.T) *house {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	h := &house{store: memkv.New()}
	guard := access.New(h.store, log)
	h.cat = catalog.New(h.store, guard, log)
	h.graph = lineage.New(h.cat, h.store, log)
	openers := map[string]crawler.Opener{"sqlite": sqlite.Open, "postgres": postgres.Open, "mysql": mysql.Open, "mariadb": mysql.Open, "querylog": accesslog.Open}
	redact := func(dialect, sql string) string {
		d, _ := sqllineage.ParseDialect(dialect)
		return sqllineage.Redact(d, sql)
	}
	h.runner = crawler.New(h.cat, openers, crawler.Hooks{Observe: h.graph.Observe, Redact: redact, Marks: marks{}}, log)
	h.personal = pii.New(h.cat, h.store, h.runner, log)
	privacy, dir := memkv.New(), t.TempDir()
	v, err := vault.Open(t.Context(), privacy, filepath.Join(dir, "privacy.key"))
	if err != nil {
		t.Fatal(err)
	}
	if h.ledger, err = ledger.Open(t.Context(), privacy, filepath.Join(dir, "ledger.key")); err != nil {
		t.Fatal(err)
	}
	h.requests = gdpr.New(gdpr.Deps{Guard: guard, Marks: h.cat, Vault: v, Ledger: h.ledger, Graph: derivations{h.graph}, Reach: h.runner, Forms: forms, Log: log})
	h.requests.SecondLook = 0
	return h
}

type derivations struct{ *lineage.Graph }

func (d derivations) Derived(ctx context.Context, from []catalog.ColumnRef) ([]gdpr.Derivation, error) {
	list, err := d.Graph.Derived(ctx, from)
	var out []gdpr.Derivation
	for _, x := range list {
		out = append(out, gdpr.Derivation{Column: x.Column, From: x.From, Path: x.Path, Masked: x.Masked, Aggregated: x.Aggregated, Direct: true})
	}
	return out, err
}

func forms(class, value string) []gdpr.Form {
	var out []gdpr.Form
	for _, f := range detect.Forms(class, value) {
		out = append(out, gdpr.Form(f))
	}
	return out
}

// crawl reads sources by their recipes and brings what is derived level.
func (h *house) crawl(t *testing.T, recipes ...string) {
	t.Helper()
	ctx := access.With(t.Context(), access.System("test"))
	for _, text := range recipes {
		r, err := crawler.ParseRecipe([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if rep, err := h.runner.Crawl(ctx, r, crawler.Options{}); err != nil || rep.State != crawler.OK {
			t.Fatalf("crawl of %s: %s, %v, %v", r.Name, rep.State, rep.Problems, err)
		}
	}
	for _, sync := range []func(context.Context) error{h.graph.Sync, h.graph.Signals, h.personal.Sync, h.graph.Sync} {
		if err := sync(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

// as is a context in which one of the office's people calls.
func as(ctx context.Context, user string) context.Context {
	roles := map[string][]access.Role{"sora": {access.PrivacyOfficer}, "nora": {access.Approver}, "daeun": {access.Approver}, "carl": {access.CaseWorker}}[user]
	return access.With(ctx, access.Caller{User: user, Roles: roles, Via: "local"})
}

// plan opens a request and plans it.
func (h *house) plan(t *testing.T, subject ...string) (string, gdpr.Plan) {
	t.Helper()
	r, err := h.requests.Create(as(t.Context(), "carl"), gdpr.Opening{Kind: gdpr.Erasure, Subject: subject})
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.requests.Plan(as(t.Context(), "sora"), r.ID, gdpr.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r.ID, p
}

// erase approves, executes, verifies twice and closes, with a receipt.
func (h *house) erase(t *testing.T, id string, p gdpr.Plan) {
	t.Helper()
	h.approve(t, id, p)
	done, err := h.requests.Execute(as(t.Context(), "sora"), id)
	if err != nil || done.State != gdpr.Executed {
		t.Fatalf("execute: got %s, %v, %v", done.State, done.Outcomes, err)
	}
	h.prove(t, id)
}

func (h *house) approve(t *testing.T, id string, p gdpr.Plan) {
	t.Helper()
	for _, who := range []string{"nora", "daeun"} {
		if _, err := h.requests.Approve(as(t.Context(), who), id, p.Hash); err != nil {
			t.Fatal(err)
		}
	}
}

// prove verifies twice, gives the receipt and closes.
func (h *house) prove(t *testing.T, id string) {
	t.Helper()
	ctx := as(t.Context(), "sora")
	for range 2 {
		f, err := h.requests.Verify(ctx, id)
		if err != nil || f.State != gdpr.Verified {
			t.Fatalf("verify: got %s, %v, %v", f.State, f.Residuals, err)
		}
	}
	sealed, err := h.requests.Receipt(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sealed.Check(h.ledger.Key()); err != nil {
		t.Error(err)
	}
	if _, err := h.requests.Close(ctx, id, "nobody else was told"); err != nil {
		t.Error(err)
	}
	if rep, err := h.ledger.Verify(ctx); err != nil || len(rep.Problems) > 0 {
		t.Errorf("ledger: got %v, %v", rep.Problems, err)
	}
}

// company writes the sample company and crawls it.
func (h *house) company(t *testing.T) sample.Company {
	t.Helper()
	c, err := sample.Write(t.Context(), t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	var recipes []string
	for _, path := range c.Recipes {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		recipes = append(recipes, string(text))
	}
	h.crawl(t, recipes...)
	return c
}
