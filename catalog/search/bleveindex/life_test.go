package bleveindex

import (
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
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
	for _, text := range []string{"open x: permission denied", "write: no space left on device", "open: too many open files"} {
		if err := explain(errors.New(text)); unusable(err) {
			t.Errorf("%s: got %v want it to leave the index alone", text, fault.KindOf(err))
		}
	}
	if err := explain(errors.New("unexpected end of JSON input")); !unusable(err) {
		t.Errorf("got %v want corrupt", err)
	}
}

// files lists the files of the newest checkpoint.
func files(t *testing.T, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "gen-*", "checkpoint-*", "*"))
	if err != nil || len(list) < 3 {
		t.Fatalf("got files %v, %v want a manifest, a list and segments", list, err)
	}
	return list
}

// Whatever happens to whichever file, the index says that it is damaged, answers
// nothing from it, and a rebuild makes it sound.
func TestDamagedFileIsFoundAndRebuiltBeside(t *testing.T) {
	made := t.TempDir()
	x := open(t, made)
	fill(t, x, 5, "s.a", "s.b")
	x.Close()
	damages := map[string]func(string) error{
		"cut":     func(p string) error { return os.Truncate(p, 20) },
		"emptied": func(p string) error { return os.Truncate(p, 0) },
		"deleted": os.Remove,
		"other":   func(p string) error { return os.WriteFile(p, []byte(strings.Repeat("no index ", 2000)), 0o600) },
	}
	for _, path := range append(files(t, made), filepath.Join(made, currentName)) {
		name, err := filepath.Rel(made, path)
		if err != nil {
			t.Fatal(err)
		}
		for how, damage := range damages {
			t.Run(filepath.Base(name)+" "+how, func(t *testing.T) {
				dir := t.TempDir()
				if err := os.CopyFS(dir, os.DirFS(made)); err != nil {
					t.Fatal(err)
				}
				if err := damage(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
				wantRebuilt(t, dir)
			})
		}
	}
}

// wantRebuilt opens a damaged index and lets it be rebuilt with two documents.
func wantRebuilt(t *testing.T, dir string) {
	t.Helper()
	if _, err := Verify(dir); !errors.Is(err, fault.Corrupt) {
		t.Errorf("Verify: got %v want corrupt", err)
	}
	x := open(t, dir)
	if !errors.Is(x.Damage(), fault.Corrupt) {
		t.Fatalf("got damage %v want corrupt", x.Damage())
	}
	if _, err := x.Search(context.Background(), search.Query{Stages: []search.Match{{Every: true}}, Best: 10}); !errors.Is(err, fault.Corrupt) {
		t.Errorf("Search: got %v want corrupt", err)
	}
	err := x.Rebuild(context.Background(), func(_ context.Context, beside search.Index) error {
		fill(t, beside, 9, "s.a", "s.b")
		return nil
	})
	if err != nil || x.Damage() != nil {
		t.Fatalf("Rebuild: got %v, damage %v", err, x.Damage())
	}
	wantState(t, x, x.current, 2, 9)
	x.Close()
	if _, err := Verify(dir); err != nil {
		t.Errorf("rebuilt: got %v want it sound", err)
	}
	y := open(t, dir)
	wantState(t, y, y.current, 2, 9)
}

// An index that a process left behind goes on from its last checkpoint, whatever its
// live files look like.
func TestCrashGoesOnFromTheCheckpoint(t *testing.T) {
	dir, crashed := t.TempDir(), t.TempDir()
	x := open(t, dir)
	fill(t, x, 5, "s.a")
	fill(t, x, 6, "s.b")
	if err := os.CopyFS(crashed, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	live, err := filepath.Glob(filepath.Join(crashed, "gen-1", liveName, "*"))
	if err != nil || len(live) < 2 {
		t.Fatalf("got live files %v, %v want some", live, err)
	}
	for _, path := range live {
		if err := os.Truncate(path, 100); err != nil {
			t.Fatal(err)
		}
	}
	wantState(t, open(t, crashed), 1, 1, 5)
}

// An index of a Waymark that kept no checkpoints is built anew.
func TestIndexWithoutCheckpointIsRebuilt(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "gen-1"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{currentName: "gen-1\n", "gen-1/root.bolt": "anything"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	wantRebuilt(t, dir)
}

// A crash of the engine while it reads is the index's damage and not the process's end.
func TestPanicOfTheEngineIsDamage(t *testing.T) {
	x := open(t, t.TempDir())
	fill(t, x, 5, "s.a")
	crash := func() (err error) {
		defer x.watch(false, &err)
		var none []byte
		_ = none[len(x.dir)]
		return nil
	}
	if err := crash(); !errors.Is(err, fault.Corrupt) || x.Damage() == nil {
		t.Errorf("got %v, damage %v want both corrupt", err, x.Damage())
	}
	if got, err := x.Reached(context.Background()); got != 0 || err != nil {
		t.Errorf("Reached: got %d, %v want nothing", got, err)
	}
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
	x.changed.Store(true)
	x.Close()
	y := open(t, dir)
	if err := y.Damage(); err == nil || !strings.Contains(err.Error(), "another version") {
		t.Errorf("got %v want another version", err)
	}
}

// A file that cannot be read now is no damage: nothing is replaced for it.
func TestUnreadableFileIsNoDamage(t *testing.T) {
	for _, errno := range []error{syscall.EACCES, syscall.EMFILE, syscall.ENFILE, syscall.EIO, syscall.ENOSPC} {
		if err := missing(&fs.PathError{Op: "open", Path: "x", Err: errno}, "x"); unusable(err) || !errors.Is(err, fault.Unavailable) {
			t.Errorf("%v: got %v want unavailable", errno, fault.KindOf(err))
		}
	}
	if err := missing(&fs.PathError{Op: "open", Path: "x", Err: syscall.ENOENT}, "x"); !unusable(err) {
		t.Errorf("a file that is gone: got %v want corrupt", err)
	}
}

// While a damaged index waits to be rebuilt names are looked up in the catalog, and
// the answer says so; after Sync it is the same as before the damage.
func TestNamesAreFoundWhileTheIndexIsDamaged(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	cat, s := searchtest.New(x)
	searchtest.Load(t, cat, s, []catalog.Asset{searchtest.Table("shop.orders", "id"), searchtest.Table("shop.refunds", "order_id")})
	before := searchtest.Page(searchtest.Find(t, s, search.Request{Text: "orders"}))
	x.Close()
	if err := os.Truncate(files(t, dir)[0], 10); err != nil {
		t.Fatal(err)
	}
	damaged := search.New(cat, open(t, dir), search.Options{}, slog.New(slog.DiscardHandler))
	a := searchtest.Find(t, damaged, search.Request{Text: "orders", Facets: true})
	if len(a.Hits) != 1 || a.Hits[0].Name != "shop.orders" || a.Complete || !strings.Contains(a.Note, "damaged") {
		t.Errorf("damaged: got %+v want shop.orders and a note", a)
	}
	if list, err := damaged.Suggest(searchtest.AsSystem(), "ref", 5); err != nil || len(list) != 1 {
		t.Errorf("damaged: got suggestions %v, %v want shop.refunds", list, err)
	}
	if _, err := damaged.Weigh(searchtest.AsSystem(), &catalog.Asset{}); err != nil {
		t.Errorf("damaged: Weigh: %v", err)
	}
	if err := damaged.Sync(searchtest.AsSystem()); err != nil {
		t.Fatal(err)
	}
	a = searchtest.Find(t, damaged, search.Request{Text: "orders"})
	if got := searchtest.Page(a); got != before || !a.Complete || a.Note != "" || damaged.Degraded() != "" {
		t.Errorf("rebuilt: got\n%s%s want\n%s", got, a.Note, before)
	}
}

// On a full disk the index answers from its checkpoint, and what it cannot write is
// an error that damages nothing.
func TestFullDiskIsReadOn(t *testing.T) {
	if dir := os.Getenv("BLEVEINDEX_FULL"); dir != "" {
		onFullDisk(t, dir)
		return
	}
	dir := t.TempDir()
	x := open(t, dir)
	fill(t, x, 5, "s.a", "s.b")
	x.Close()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestFullDiskIsReadOn$")
	child.Env = append(os.Environ(), "BLEVEINDEX_FULL="+dir)
	if text, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if _, err := Verify(dir); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	wantState(t, open(t, dir), 1, 2, 5)
}

// onFullDisk runs in a process that may not make a file longer.
func onFullDisk(t *testing.T, dir string) {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{}); err != nil {
		t.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	wantState(t, x, 1, 2, 5)
	if _, err := x.Survey(context.Background()); err != nil {
		t.Errorf("Survey: %v", err)
	}
	if err := x.Apply(context.Background(), search.Batch{Seq: 6}); !errors.Is(err, fault.Unavailable) || x.Damage() != nil {
		t.Errorf("Apply: got %v, damage %v want unavailable and none", err, x.Damage())
	}
	if err := x.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
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
