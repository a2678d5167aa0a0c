package boltkv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// damageTrials is the short form of failure test F5. More are tried with
// BOLTKV_DAMAGE=N and BOLTKV_SEED=S.
const damageTrials = 180

// damages are the ways in which a trial spoils a file. before is the same file
// some commits ago.
var damages = []struct {
	name  string
	after stop
	spoil func(rnd *rand.Rand, file, before []byte) []byte
}{
	{"flip", anyStop, func(rnd *rand.Rand, file, _ []byte) []byte {
		file[rnd.IntN(len(file))] ^= 1 << rnd.IntN(8)
		return file
	}},
	{"flip in a header", anyStop, func(rnd *rand.Rand, file, _ []byte) []byte {
		file[page(rnd, file)+rnd.IntN(96)] ^= 1 << rnd.IntN(8)
		return file
	}},
	{"flip in a head", anyStop, func(rnd *rand.Rand, file, _ []byte) []byte {
		file[rnd.IntN(2)*pageBytes+rnd.IntN(pageHeader+headSize)] ^= 1 << rnd.IntN(8)
		return file
	}},
	{"zero", anyStop, func(rnd *rand.Rand, file, _ []byte) []byte {
		at := page(rnd, file)
		clear(file[at : at+pageBytes])
		return file
	}},
	{"garbage", anyStop, func(rnd *rand.Rand, file, _ []byte) []byte {
		at := page(rnd, file)
		for i := range pageBytes {
			file[at+i] = byte(rnd.Uint32())
		}
		return file
	}},
	{"another page", anyStop, func(rnd *rand.Rand, file, _ []byte) []byte {
		to, from := page(rnd, file), page(rnd, file)
		copy(file[to:to+pageBytes], file[from:from+pageBytes])
		return file
	}},
	{"stale page", anyStop, func(rnd *rand.Rand, file, before []byte) []byte {
		at := page(rnd, before[2*pageBytes:]) + 2*pageBytes
		copy(file[at:at+pageBytes], before[at:at+pageBytes])
		return file
	}},
	// After a crash a head of before is no damage: so the file looks if the crash came
	// before the last commit, and only what was left outside of it could tell.
	{"stale head", cleanStop, func(rnd *rand.Rand, file, before []byte) []byte {
		at := rnd.IntN(2) * pageBytes
		copy(file[at:at+pageBytes], before[at:at+pageBytes])
		return file
	}},
	{"cut", anyStop, func(rnd *rand.Rand, file, _ []byte) []byte { return file[:rnd.IntN(len(file))] }},
}

// stop says whether a trial has the mark of a clean stop, or in turn has one and
// has none, as after a crash.
type stop bool

const (
	anyStop   stop = false
	cleanStop stop = true
)

const pageBytes = 4096

func page(rnd *rand.Rand, file []byte) int { return rnd.IntN(len(file)/pageBytes) * pageBytes }

// specimen is a sound file, and what is in it.
type specimen struct {
	file, before, mark []byte
	now                map[string]string          // "bucket/key" -> value
	ever               map[string]map[string]bool // all values that each has had
}

// TestDamage spoils files: what the store then serves is right or fault.Corrupt,
// and where something is missing or of another time, Check says so. That nothing
// here ends the process is the other half of the test.
func TestDamage(t *testing.T) {
	t.Parallel()
	trials, seed := setting(t, "BOLTKV_DAMAGE", damageTrials), setting(t, "BOLTKV_SEED", 1)
	sp := newSpecimen(t)
	count := map[string]int{}
	for i := range trials {
		rnd := rand.New(rand.NewPCG(uint64(seed), uint64(i)))
		d := damages[i%len(damages)]
		path := filepath.Join(t.TempDir(), "catalog.db")
		write(t, path, d.spoil(rnd, bytes.Clone(sp.file), sp.before))
		if d.after == cleanStop || i/len(damages)%2 == 0 {
			write(t, markPath(path), bytes.Replace(sp.mark, []byte("INODE"), inode(t, path), 1))
		}
		outcome, err := sp.try(path)
		if err != nil {
			t.Errorf("seed %d trial %d, %s: %v", seed, i, d.name, err)
		}
		count[outcome]++
	}
	t.Logf("%d trials: %v", trials, count)
	if count["detected"] < trials/4 || count["harmless"] == 0 {
		t.Errorf("got %v want both kinds: else the trials prove nothing", count)
	}
}

func setting(t *testing.T, name string, otherwise int) int {
	t.Helper()
	if os.Getenv(name) == "" {
		return otherwise
	}
	n, err := strconv.Atoi(os.Getenv(name))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// newSpecimen has three buckets of values of all sizes, free pages, and a past.
func newSpecimen(t *testing.T) *specimen {
	t.Helper()
	sp := &specimen{now: map[string]string{}, ever: map[string]map[string]bool{}}
	path := filepath.Join(t.TempDir(), "catalog.db")
	inner, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, rnd := kv.Summed(inner), rand.New(rand.NewPCG(9, 9))
	for round := range 12 {
		if round == 10 {
			sp.before = read(t, path)
		}
		if err := s.Update(t.Context(), func(w kv.Writer) error { return sp.round(w, rnd) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	trim(t, path)
	sp.file = read(t, path)
	sp.before = sp.before[:min(len(sp.before), len(sp.file))]
	sp.mark = bytes.Replace(read(t, markPath(path)), []byte("inode "+string(inode(t, path))), []byte("inode INODE"), 1)
	if outcome, err := sp.try(path); outcome != "harmless" || err != nil {
		t.Fatalf("the sound file: got %s, %v want harmless", outcome, err)
	}
	return sp
}

// trim cuts off what bbolt has reserved for growth, so that damage hits pages in
// use, and lets the store leave a new mark.
func trim(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	m, err := readHead(f)
	if err := errors.Join(err, f.Truncate(int64(m.pages)*m.pageSize), f.Close()); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func (sp *specimen) round(w kv.Writer, rnd *rand.Rand) error {
	for range 150 {
		b, key := fmt.Sprint("bucket", rnd.IntN(3)), fmt.Sprintf("%08x", rnd.IntN(700))
		name := b + "/" + key
		if rnd.IntN(4) == 0 {
			delete(sp.now, name)
			if err := w.Delete(kv.Bucket(b), []byte(key)); err != nil {
				return err
			}
			continue
		}
		val := make([]byte, rnd.IntN(1500))
		if rnd.IntN(40) == 0 {
			val = make([]byte, 20_000)
		}
		for i := range val {
			val[i] = byte(rnd.Uint32())
		}
		sp.now[name] = string(val)
		if sp.ever[name] == nil {
			sp.ever[name] = map[string]bool{}
		}
		sp.ever[name][string(val)] = true
		if err := w.Put(kv.Bucket(b), []byte(key), val); err != nil {
			return err
		}
	}
	return nil
}

// try opens a file, reads all, checks all, and if nothing was found goes on
// writing. The outcome is detected or harmless; an error is what must not be.
func (sp *specimen) try(path string) (outcome string, err error) {
	inner, err := Open(path, Options{})
	if errors.Is(err, fault.Corrupt) {
		return "detected", nil
	} else if err != nil {
		return "", err
	}
	s := kv.Summed(inner)
	defer func() {
		if closed := s.Close(); err == nil && !errors.Is(closed, fault.Corrupt) {
			err = closed
		}
	}()
	complete, err := sp.reads(s)
	if err != nil {
		return "", err
	}
	report, err := kv.Check(context.Background(), s)
	if err != nil {
		return "", err
	}
	if report.Damaged > 0 {
		return "detected", nil
	}
	if !complete {
		return "", errors.New("silent: the content is not what it was, and Check found nothing")
	}
	return "harmless", sp.goesOn(s)
}

// reads gets and scans everything. A value that never was is an error; complete
// says that all is there and of now.
func (sp *specimen) reads(s kv.Store) (complete bool, err error) {
	seen := map[string]string{}
	complete = true
	look := func(name string, val []byte) error {
		if !sp.ever[name][string(val)] {
			return fmt.Errorf("wrong: %s was served with a value it never had", name)
		}
		complete = complete && sp.now[name] == string(val)
		return nil
	}
	err = s.View(context.Background(), func(r kv.Reader) error {
		for name := range sp.now {
			var b, key string
			if _, err := fmt.Sscanf(name, "%7s/%s", &b, &key); err != nil {
				return err
			}
			val, ok, err := r.Get(kv.Bucket(b), []byte(key))
			complete = complete && ok && err == nil
			if ok {
				if err := look(name, val); err != nil {
					return err
				}
			}
		}
		for i := range 3 {
			b := fmt.Sprint("bucket", i)
			for p, err := range r.Scan(kv.Bucket(b), nil, nil) {
				if err != nil {
					complete = false
					continue
				}
				name := b + "/" + string(p.Key)
				seen[name] = string(p.Val)
				if err := look(name, p.Val); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if errors.Is(err, fault.Corrupt) {
		return false, nil
	}
	return complete && maps.Equal(seen, sp.now), err
}

// goesOn writes on in a file in which nothing was found. Damage to the list of
// free pages would show now: a write takes a page that is in use.
func (sp *specimen) goesOn(s kv.Store) error {
	for n := range 3 {
		err := s.Update(context.Background(), func(w kv.Writer) error {
			for i := range 60 {
				if err := w.Put("later", kv.AppendUint64(nil, uint64(100*n+i)), make([]byte, 1000)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	report, err := kv.Check(context.Background(), s)
	complete, readErr := sp.reads(s)
	if !complete || report.Damaged > 0 {
		return errors.Join(fmt.Errorf("written on, and then: complete %v, %d damaged", complete, report.Damaged), err, readErr)
	}
	return errors.Join(err, readErr)
}

// TestVanishingPages cuts the file under an open store.
func TestVanishingPages(t *testing.T) {
	t.Parallel()
	sp := newSpecimen(t)
	for _, keep := range []int{0, 1, pageBytes, 3 * pageBytes, len(sp.file) / 2} {
		path := filepath.Join(t.TempDir(), "catalog.db")
		write(t, path, sp.file)
		inner, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		s := kv.Summed(inner)
		if err := os.Truncate(path, int64(keep)); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if complete, err := sp.reads(s); complete || err != nil {
				t.Errorf("cut to %d: got complete %v, %v want an incomplete read", keep, complete, err)
			}
			err = s.Update(t.Context(), func(w kv.Writer) error { return w.Put("bucket1", []byte("k"), []byte("v")) })
			if err != nil && !errors.Is(err, fault.Corrupt) {
				t.Errorf("cut to %d: got error %v want none, or kind corrupt", keep, err)
			}
		}
		if err := s.Close(); err != nil && !errors.Is(err, fault.Corrupt) {
			t.Errorf("cut to %d: Close: got %v want none, or kind corrupt", keep, err)
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// inode returns the number that a mark of the file at path would hold.
func inode(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	k, err := markOf(f, head{freelist: noFreelist})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Append(nil, k.inode)
}
