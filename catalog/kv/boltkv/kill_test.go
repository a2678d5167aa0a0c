package boltkv

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"waymark/catalog/kv"
)

// killTrials is the short form of failure test F1.
const killTrials = 20

const (
	childWorkers = 4
	rowsPerWrite = 7
)

// childWriter writes from several goroutines until it is killed, and tells each
// number on its standard output once its update has returned.
func childWriter(path string) error {
	inner, err := Open(path, Options{})
	if err != nil {
		return err
	}
	s := kv.Summed(inner)
	var wg sync.WaitGroup
	failed := make(chan error, childWorkers)
	for id := range childWorkers {
		wg.Go(func() {
			for {
				n, err := writeNext(s, id)
				if err != nil {
					failed <- err
					return
				}
				fmt.Printf("%d %d\n", id, n) // one write call: lines do not mix
			}
		})
	}
	wg.Wait()
	return <-failed
}

// writeNext takes the next number of a worker and writes its rows, or nothing.
func writeNext(s kv.Store, id int) (n uint64, err error) {
	worker := kv.AppendUint64(nil, uint64(id))
	err = s.Update(context.Background(), func(w kv.Writer) error {
		val, _, err := w.Get("last", worker)
		if err != nil {
			return err
		}
		n = 1
		if val != nil {
			n = binary.BigEndian.Uint64(val) + 1
		}
		for row := range uint64(rowsPerWrite) {
			key := kv.AppendUint64(kv.AppendUint64(worker, n), row)
			if err := w.Put("row", key, make([]byte, 10+(n*row)%3000)); err != nil {
				return err
			}
		}
		return w.Put("last", worker, kv.AppendUint64(nil, n))
	})
	return n, err
}

// TestKill kills a writing process again and again over one file: everything that
// it had told of is there, and every write is there whole or not at all.
func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.db")
	rnd := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	told, writes := [childWorkers]uint64{}, uint64(0)
	for range killTrials {
		killOnce(t, path, time.Duration(30+rnd.IntN(300))*time.Millisecond, &told)
		s := kv.Summed(openAt(t, path))
		writes = checkWrites(t, s, told)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if writes < killTrials {
		t.Errorf("got %d writes in %d trials, want more: nothing was tried", writes, killTrials)
	}
	t.Logf("%d kills, %d writes", killTrials, writes)
}

// killOnce starts a writer, reads what it tells, and kills it after a while.
func killOnce(t *testing.T, path string, after time.Duration, told *[childWorkers]uint64) {
	t.Helper()
	cmd := child(t, "writer", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		id, n, ok := strings.Cut(lines.Text(), " ")
		worker, err1 := strconv.Atoi(id)
		number, err2 := strconv.ParseUint(n, 10, 64)
		if !ok || err1 != nil || err2 != nil {
			t.Errorf("the child says %q, want a worker and a number", lines.Text())
			continue
		}
		told[worker] = number
	}
	if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the child ended with %v, want it killed", err)
	}
}

func checkWrites(t *testing.T, s kv.Store, told [childWorkers]uint64) (writes uint64) {
	t.Helper()
	report, err := kv.Check(t.Context(), s)
	if err != nil || report.Damaged > 0 {
		t.Errorf("Check: got %+v, %v want no damage", report, err)
	}
	rows := 0
	err = s.View(t.Context(), func(r kv.Reader) error {
		for id := range told {
			val, _, err := r.Get("last", kv.AppendUint64(nil, uint64(id)))
			if err != nil {
				return err
			}
			last := uint64(0)
			if val != nil {
				last = binary.BigEndian.Uint64(val)
			}
			if last < told[id] {
				t.Errorf("worker %d: got %d writes, but %d were acknowledged", id, last, told[id])
			}
			writes += last
		}
		for _, err := range r.Scan("row", nil, nil) {
			if err != nil {
				return err
			}
			rows++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := int(writes) * rowsPerWrite; rows != want {
		t.Errorf("got %d rows, want the %d of %d whole writes", rows, want, writes)
	}
	return writes
}
