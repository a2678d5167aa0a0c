package hammer

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"waymark/catalog/kv"
)

// damage is one way to spoil a file.
type damage struct {
	name  string
	spoil func(rnd *rand.Rand, path string, file []byte) error
}

// rewrite is damage that leaves a file of other bytes.
func rewrite(fn func(rnd *rand.Rand, file []byte) []byte) func(*rand.Rand, string, []byte) error {
	return func(rnd *rand.Rand, path string, file []byte) error {
		return os.WriteFile(path, fn(rnd, slices.Clone(file)), 0o600)
	}
}

// stretch is a piece of a file of up to size bytes.
func stretch(rnd *rand.Rand, file []byte, size int) []byte {
	if len(file) == 0 {
		return nil
	}
	at := rnd.IntN(len(file))
	return file[at:min(len(file), at+size)]
}

var damages = []damage{
	{"one bit", rewrite(flipBit)},
	{"zeroes", rewrite(func(rnd *rand.Rand, file []byte) []byte { clear(stretch(rnd, file, 4096)); return file })},
	{"cut", rewrite(func(rnd *rand.Rand, file []byte) []byte { return file[:rnd.IntN(len(file)+1)*9/10] })},
	{"garbage", rewrite(func(rnd *rand.Rand, file []byte) []byte {
		piece := stretch(rnd, file, 4096)
		for i := range piece {
			piece[i] = byte(rnd.Uint32())
		}
		return file
	})},
	{"a bit near the beginning", rewrite(func(rnd *rand.Rand, file []byte) []byte {
		flipBit(rnd, file[:min(len(file), 16384)])
		return file
	})},
	{"deleted", func(_ *rand.Rand, path string, _ []byte) error { return os.Remove(path) }},
	{"a piece moved", rewrite(func(rnd *rand.Rand, file []byte) []byte {
		copy(stretch(rnd, file, 4096), slices.Clone(stretch(rnd, file, 4096)))
		return file
	})},
	{"a bit near the end", rewrite(func(rnd *rand.Rand, file []byte) []byte {
		flipBit(rnd, file[max(0, len(file)-64):])
		return file
	})},
}

func flipBit(rnd *rand.Rand, file []byte) []byte {
	if len(file) > 0 {
		file[rnd.IntN(len(file))] ^= 1 << rnd.IntN(8)
	}
	return file
}

// trial is one damaged copy of the specimen.
type trial struct {
	name   string
	dir    string // the copy
	clean  bool   // the marks of a clean stop are there
	served bool   // by a server and not by a command
}

// trials counts outcomes.
type trials struct {
	t      *testing.T
	s      *specimen
	counts map[string]int
}

// run damages n copies and judges each.
func (s *specimen) run(t *testing.T, n int, files []string, ways []damage, judge func(trial) (string, error)) {
	x := &trials{t: t, s: s, counts: map[string]int{}}
	for i := range n {
		rnd := rand.New(rand.NewPCG(20261130, uint64(i)))
		path, way := files[i/len(ways)%len(files)], ways[i%len(ways)]
		if rnd.IntN(3) == 0 {
			path = files[rnd.IntN(len(files))]
		}
		c := trial{name: fmt.Sprintf("trial %d: %s of %s", i, way.name, path), dir: filepath.Join(t.TempDir(), "data"), clean: i%2 == 0, served: i%6 == 5}
		x.one(c, path, func(full string, file []byte) error { return way.spoil(rnd, full, file) }, judge)
	}
	t.Logf("N = %d: %v", n, x.counts)
}

func (x *trials) one(c trial, path string, spoil func(string, []byte) error, judge func(trial) (string, error)) {
	full := filepath.Join(c.dir, path)
	file, err := os.ReadFile(filepath.Join(x.s.dir, path))
	if err == nil {
		err = errors.Join(x.s.copy(c.dir, c.clean), spoil(full, file))
	}
	if err != nil {
		x.t.Fatal(err)
	}
	outcome, err := judge(c)
	if now, bad := os.ReadFile(full); bad == nil && outcome == "harmless" && bytes.Equal(now, file) {
		outcome = "nothing changed" // zeroes over zeroes
	}
	if err != nil {
		x.t.Errorf("%s: %v", c.name, err)
		outcome = "FAILED"
	}
	x.counts[outcome]++
	os.RemoveAll(filepath.Dir(c.dir))
}

// TestDamage spoils files of a data folder and uses it as a user does. Nothing may
// panic, hang, or be wrong in silence. WAYMARK_HAMMER=full makes 340 trials.
func TestDamage(t *testing.T) {
	t.Parallel()
	s := newSpecimen(t)
	for name, part := range map[string]struct {
		few, all int
		files    []string
		ways     []damage
		judge    func(trial) (string, error)
	}{
		"index":        {16, 130, s.files(t, "index"), damages, s.judgeIndex},
		"stores":       {16, 150, []string{"catalog.db", "privacy/privacy.db", "catalog.db"}, damages, s.judgeStore},
		"privacy bits": {8, 60, []string{"privacy/privacy.db"}, []damage{damages[0], s.bitOfRecord(t, "privacy/privacy.db")}, s.judgeStore},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := part.few
			if full() {
				n = part.all
			}
			s.run(t, n, part.files, part.ways, part.judge)
		})
	}
}

// bitOfRecord flips a bit inside a record of a store, where it does harm.
func (s *specimen) bitOfRecord(t *testing.T, path string) damage {
	t.Helper()
	var vals [][]byte
	_, err := eachRecord(filepath.Join(s.dir, path), func(_ kv.Bucket, p kv.Pair) {
		if len(p.Val) > 8 {
			vals = append(vals, bytes.Clone(p.Val))
		}
	})
	if err != nil || len(vals) == 0 {
		t.Fatalf("got %d records, %v want some", len(vals), err)
	}
	return damage{"one bit of a record", rewrite(func(rnd *rand.Rand, file []byte) []byte {
		val := vals[rnd.IntN(len(vals))]
		for at := 0; ; { // older copies in free pages as well
			i := bytes.Index(file[at:], val)
			if i < 0 {
				return file
			}
			flipBit(rnd, file[at+i:at+i+len(val)])
			at += i + len(val)
		}
	})}
}

// judgeIndex wants fsck to tell of damage, and a command or a server to rebuild the
// index and answer as before.
func (s *specimen) judgeIndex(c trial) (string, error) {
	checked, err := s.fsck(c)
	if err != nil {
		return "", err
	}
	ask := s.search
	if c.served {
		ask = s.searchServed
	}
	if got, err := ask(c); err != nil || got != s.found {
		return "", errors.Join(err, fmt.Errorf("silent: answers differ after damage: got %s want %s", got, s.found))
	}
	if again, err := s.fsck(c); err != nil || again != sound {
		return "", errors.Join(err, fmt.Errorf("after the rebuild fsck says %q", again))
	}
	if checked == sound {
		return "harmless", nil // the files are those of the manifest
	}
	return "said by fsck and rebuilt", nil
}

// judgeStore lets a copy be used as the product is, and checks another.
func (s *specimen) judgeStore(c trial) (string, error) {
	used := c
	used.dir = filepath.Join(filepath.Dir(c.dir), "used")
	if err := copyFolder(c.dir, used.dir); err != nil {
		return "", err
	}
	for _, ext := range keyFiles {
		if err := copyFile(c.dir+ext, used.dir+ext); err != nil {
			return "", err
		}
	}
	exported, err := s.waymark(used, "export")
	if err != nil {
		return "", err
	}
	if exported.code == 0 && exported.out != s.exported {
		return "", errors.New("silent: the export ended well and differs")
	}
	for _, args := range [][]string{{"search", "revenue"}, {"request", "list", "--as", "sora"}, {"ledger", "verify"}} {
		if _, err := s.waymark(used, args...); err != nil {
			return "", err
		}
	}
	checked, err := s.fsck(c)
	if err != nil || checked != sound {
		return "said by fsck", err
	}
	if exported.code != 0 {
		return "", fmt.Errorf("fsck says it is sound and export fails: %s", exported.errs)
	}
	if got, err := s.dump(c.dir); err != nil || got != s.dumped {
		return "", fmt.Errorf("silent: fsck says it is sound and the content differs: %s, %w", strings.TrimSpace(got), err)
	}
	return "harmless", nil
}
