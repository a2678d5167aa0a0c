package boltkv

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// fullSizes is the short form of failure test F4: how far the file may grow.
var fullSizes = []uint64{0, 4 << 10, 20 << 10, 100 << 10, 1 << 20, 5 << 20, 17 << 20, 40 << 20}

// TestFull lets a child of its own meet each limit, since a limit holds for all
// that a process does.
func TestFull(t *testing.T) {
	t.Parallel()
	for _, room := range fullSizes {
		dir := t.TempDir()
		cmd := child(t, "full", filepath.Join(dir, "catalog.db"))
		cmd.Env = append(cmd.Env, fmt.Sprint("ROOM=", room))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("room for %d bytes: %v\n%s", room, err, out)
		}
	}
}

// childFull fills a store up to a file-size limit: it must refuse with one clear
// line, go on reading, lose nothing, and go on writing when there is room again.
func childFull(path string) error {
	inner, err := Open(path, Options{})
	if err != nil {
		return err
	}
	s := kv.Summed(inner)
	if err := fillOne(s, 0); err != nil {
		return err
	}
	written, err := fillUntilRefused(s, path)
	if err != nil {
		return err
	}
	if err := limit(1 << 40); err != nil {
		return err
	}
	if err := fillOne(s, written); err != nil {
		return fmt.Errorf("there is room again: %w", err)
	}
	if err := s.Close(); err != nil {
		return err
	}
	if inner, err = Open(path, Options{}); err != nil {
		return err
	}
	return errors.Join(wantFilled(kv.Summed(inner), written+1), inner.Close())
}

func fillUntilRefused(s kv.Store, path string) (written int, err error) {
	var room int64
	if _, err := fmt.Sscan(os.Getenv("ROOM"), &room); err != nil {
		return 0, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	if err := limit(uint64(info.Size() + room)); err != nil {
		return 0, err
	}
	for written = 1; err == nil; written++ {
		if written > 10_000 {
			return 0, errors.New("no limit was met")
		}
		err = fillOne(s, written)
	}
	written--
	if fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "no space left") || strings.Contains(err.Error(), "\n") {
		return 0, fmt.Errorf("got error %q, want one line of kind unavailable", err)
	}
	for range 3 { // refused again and again, and reading goes on
		if err := fillOne(s, written); fault.KindOf(err) != fault.Unavailable {
			return 0, fmt.Errorf("again: got error %w, want kind unavailable", err)
		}
		if err := wantFilled(s, written); err != nil {
			return 0, err
		}
	}
	return written, nil
}

func limit(size uint64) error {
	var now syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &now); err != nil {
		return err
	}
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: min(size, now.Max), Max: now.Max})
}

// fillOne writes the n-th 50 kB.
func fillOne(s kv.Store, n int) error {
	return s.Update(context.Background(), func(w kv.Writer) error {
		return w.Put(things, kv.AppendUint64(nil, uint64(n)), make([]byte, 50_000))
	})
}

func wantFilled(s kv.Store, want int) error {
	got := 0
	err := s.View(context.Background(), func(r kv.Reader) error {
		for p, err := range r.Scan(things, nil, nil) {
			if err != nil || len(p.Val) != 50_000 {
				return fmt.Errorf("record %d: got %d bytes, %v", got, len(p.Val), err)
			}
			got++
		}
		return nil
	})
	if err == nil && got != want {
		err = fmt.Errorf("got %d records, want %d", got, want)
	}
	return err
}
