package bleveindex

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	index "github.com/blevesearch/bleve_index_api"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/search"
	"waymark/catalog/search/searchtest"
)

func fill(t *testing.T, x search.Index, seq catalog.Seq, names ...string) {
	t.Helper()
	b := search.Batch{Seq: seq}
	for _, n := range names {
		a := searchtest.Table(n, "id")
		b.Put = append(b.Put, search.NewDocument(&a))
	}
	if err := x.Apply(context.Background(), b); err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, x search.Index) int {
	t.Helper()
	r, err := x.Search(context.Background(), search.Query{Stages: []search.Match{{Every: true}}, Best: 10})
	if err != nil {
		t.Fatal(err)
	}
	return r.Found[0].Total
}

func wantState(t *testing.T, x *Index, generation, documents int, seq catalog.Seq) {
	t.Helper()
	got, err := x.Reached(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if x.current != generation || count(t, x) != documents || got != seq {
		t.Errorf("got generation %d, %d documents, change %d want %d, %d, %d", x.current, count(t, x), got, generation, documents, seq)
	}
}

func TestReopenKeepsDocumentsAndNumber(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	fill(t, x, 5, "s.a", "s.b")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	wantState(t, open(t, dir), 1, 2, 5)
}

func TestLockedIndexIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	fill(t, x, 5, "s.a")
	_, err := Open(dir)
	if !errors.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "another process holds it") {
		t.Fatalf("got %v want unavailable: another process holds it", err)
	}
	if list, _ := generations(dir); len(list) != 1 {
		t.Errorf("got generations %v want the first alone", list)
	}
	wantState(t, x, 1, 1, 5)
}

func TestErrorsOfTheMachineReplaceNothing(t *testing.T) {
	for _, text := range []string{"timeout", "open x: permission denied", "write: no space left on device", "open: too many open files"} {
		if err := explain(errors.New(text)); unusable(err) {
			t.Errorf("%s: got %v want it to leave the index alone", text, fault.KindOf(err))
		}
	}
	if err := explain(errors.New("unexpected end of JSON input")); !unusable(err) {
		t.Errorf("got %v want corrupt", err)
	}
}

// The engine leaves out a segment that it cannot read and opens what is left, which
// then has its own, lower number; the next Sync goes on from there.
func TestDamagedSegmentLosesItsNumberToo(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	fill(t, x, 5, "s.a")
	x.Close()
	segments, err := filepath.Glob(filepath.Join(dir, "gen-1", "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatalf("got segments %v, %v want some", segments, err)
	}
	if err := os.Truncate(segments[0], 20); err != nil {
		t.Fatal(err)
	}
	wantState(t, open(t, dir), 1, 0, 0)
}

func TestDamagedIndexIsRebuiltBeside(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	fill(t, x, 5, "s.a")
	x.Close()
	root := filepath.Join(dir, "gen-1", "root.bolt")
	if err := os.WriteFile(root, []byte(strings.Repeat("no database ", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	y := open(t, dir)
	wantState(t, y, 2, 0, 0)
	if _, err := os.Stat(root); err != nil {
		t.Errorf("got %v want the damaged generation kept", err)
	}
	y.Close()
	wantState(t, open(t, dir), 2, 0, 0)
}

func TestOtherVersionIsRebuiltBeside(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	fill(t, x, 5, "s.a")
	b := index.NewBatch()
	b.SetInternal(keyVersion, binary.BigEndian.AppendUint64(nil, version+1))
	if err := x.live.Batch(b); err != nil {
		t.Fatal(err)
	}
	x.Close()
	wantState(t, open(t, dir), 2, 0, 0)
}

func TestRebuildServesMeanwhileAndSwaps(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	fill(t, x, 5, "s.old")
	calls := 0
	err := x.Rebuild(context.Background(), func(_ context.Context, beside search.Index) error {
		calls++
		wantState(t, x, 1, 1, 5)
		fill(t, beside, 9, "s.a", "s.b")
		return nil
	})
	if err != nil || calls != 2 {
		t.Fatalf("got %v after %d calls want two calls", err, calls)
	}
	wantState(t, x, 2, 2, 9)
	x.Close()
	wantState(t, open(t, dir), 2, 2, 9)
}

func TestFailedRebuildChangesNothing(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	fill(t, x, 5, "s.old")
	failed := errors.New("the catalog went away")
	if err := x.Rebuild(context.Background(), func(context.Context, search.Index) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("got %v want %v", err, failed)
	}
	wantState(t, x, 1, 1, 5)
	if list, _ := generations(dir); len(list) != 1 {
		t.Errorf("got generations %v want the first alone", list)
	}
}

func TestSweepKeepsTheLastHour(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	if err := x.Rebuild(context.Background(), func(context.Context, search.Index) error { return nil }); err != nil {
		t.Fatal(err)
	}
	x.Close()
	open(t, dir).Close()
	if list, _ := generations(dir); len(list) != 2 {
		t.Errorf("at once: got generations %v want two", list)
	}
	past := time.Now().Add(-2 * keepOld)
	if err := os.Chtimes(filepath.Join(dir, currentName), past, past); err != nil {
		t.Fatal(err)
	}
	open(t, dir).Close()
	if list, _ := generations(dir); len(list) != 1 || list[0] != 2 {
		t.Errorf("two hours later: got generations %v want the second alone", list)
	}
}

func TestSearchWaitsForItsTurn(t *testing.T) {
	x := open(t, t.TempDir())
	for range cap(x.turns) {
		x.turns <- struct{}{}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, search.Query{}); !errors.Is(err, fault.Unavailable) {
		t.Errorf("got %v want unavailable", err)
	}
}

func TestIndexAheadOfItsCatalogIsRebuilt(t *testing.T) {
	x := open(t, t.TempDir())
	fill(t, x, 500, "s.of_another_catalog")
	cat, s := searchtest.New(x)
	searchtest.Load(t, cat, s, []catalog.Asset{searchtest.Table("s.orders", "id")})
	head, err := cat.Head(searchtest.AsSystem())
	if err != nil {
		t.Fatal(err)
	}
	wantState(t, x, 2, 1, head)
}

func TestReindexAnswersTheSame(t *testing.T) {
	x := open(t, t.TempDir())
	e := searchtest.NewEstate(6)
	assets := e.Datasets(300, 5)
	cat, s := searchtest.New(x)
	searchtest.Load(t, cat, s, assets)
	query := e.Query(assets)
	before := searchtest.Page(searchtest.Find(t, s, search.Request{Text: query}))
	if err := s.Rebuild(searchtest.AsSystem()); err != nil {
		t.Fatal(err)
	}
	if after := searchtest.Page(searchtest.Find(t, s, search.Request{Text: query})); after != before || x.current != 2 {
		t.Errorf("%q: got in generation %d\n%swant in generation 2\n%s", query, x.current, after, before)
	}
}
