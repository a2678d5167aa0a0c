package crawltest

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/job"
	"waymark/catalog/kv"
	"waymark/catalog/kv/boltkv"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/lineage"
)

// NewRealBench is NewBench as the program has it: a store on disk, marks that are
// kept in it, and statements that the real reader reads.
func NewRealBench(t testing.TB, openers map[string]crawler.Opener) (*Bench, *lineage.Graph) {
	t.Helper()
	inner, err := boltkv.Open(filepath.Join(t.TempDir(), "catalog.db"), boltkv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	store := kv.Summed(inner)
	t.Cleanup(func() { store.Close() })
	log := slog.New(slog.DiscardHandler)
	cat := catalog.New(store, access.New(store, log), log)
	graph := lineage.New(cat, store, log)
	hooks := crawler.Hooks{Observe: graph.Observe, Redact: func(_, sql string) string { return sql }, Marks: job.New(store)}
	return &Bench{Catalog: cat, Runner: crawler.New(cat, openers, hooks, log), Ctx: access.With(t.Context(), access.System("crawltest"))}, graph
}

// busyTables is how many tables a busy shop has: enough that what a crawl writes of
// their use fills many pages of the store.
const busyTables = 150

// busy makes a shop with many tables, each of which some statements have read.
func busy(t *testing.T, s System) {
	t.Helper()
	shop(t, s)
	for i := range busyTables {
		s.Exec(t, fmt.Sprintf("create table t%d (id integer not null primary key, a varchar(20), b integer)", i))
	}
	for i := range busyTables {
		s.Exec(t, fmt.Sprintf("insert into t%d (id, a, b) select id, a, b from t%d where b > 4711", i, (i+1)%busyTables))
		s.Exec(t, fmt.Sprintf("select a, count(*) from t%d where id <> 4712 group by a", i))
		s.Exec(t, fmt.Sprintf("select x.a from t%d x join t%d y on x.id = y.id", i, (i+7)%busyTables))
	}
}

// thrice crawls a busy source with its query log three times on one day, alone in a
// fresh store on disk. Each crawl ends, and the third changes nothing.
func thrice(t *testing.T, s System) {
	if s.EnableLog != nil {
		s.EnableLog(t)
	}
	busy(t, s)
	Thrice(t, s.Type, s.Open, s.Logged, strings.TrimSuffix(s.URN("x").Name(), "x"), busyTables+3)
}

// Thrice crawls one recipe three times; tables is how many datasets with names that
// begin with prefix there must be. What a server that others use too logs of them
// may change meanwhile, so only what lies below prefix is compared.
func Thrice(t *testing.T, kind string, open crawler.Opener, recipe, prefix string, tables int) {
	t.Helper()
	timer := time.AfterFunc(5*time.Minute, func() { panic(t.Name() + ": a crawl does not end") })
	defer timer.Stop()
	b, graph := NewRealBench(t, map[string]crawler.Opener{kind: open})
	var before map[urn.URN]catalog.Asset
	for n := range 3 {
		report := b.Crawl(t, recipe, crawler.OK)
		if err := graph.Sync(b.Ctx); err != nil {
			t.Fatal(err)
		}
		now := map[urn.URN]catalog.Asset{}
		for u, a := range b.Live(t) {
			if strings.HasPrefix(u.Name(), prefix) {
				now[u] = a
			}
		}
		if len(now) != tables {
			t.Errorf("crawl %d: got %d datasets below %s, want %d", n+1, len(now), prefix, tables)
		}
		if n == 0 {
			continue
		}
		if n == 2 && (report.Created != 0 || report.Changed != 0 || report.Gone != 0 || report.Unchanged != tables) {
			t.Errorf("third crawl: got %d created, %d changed, %d gone, %d unchanged, want %d unchanged alone", report.Created, report.Changed, report.Gone, report.Unchanged, tables)
		}
		if diff := cmp.Diff(before, now); n == 2 && diff != "" {
			t.Errorf("third crawl (-before +after):\n%s", diff)
		}
		before = now
	}
}
