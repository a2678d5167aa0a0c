package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/search"
)

const (
	currentName = "CURRENT"
	genPrefix   = "gen-"
	lockTimeout = "2s"
	keepOld     = time.Hour // how long a replaced generation stays, for readers and for regret
)

func generation(n int) string { return genPrefix + strconv.Itoa(n) }

// readCurrent returns the number of the live generation, 1 for a new index.
func readCurrent(dir string) (int, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return 0, err
	}
	text, err := os.ReadFile(filepath.Join(dir, currentName))
	if errors.Is(err, fs.ErrNotExist) {
		return 1, writeCurrent(dir, 1)
	}
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(strings.TrimPrefix(strings.TrimSpace(string(text)), genPrefix))
	if err != nil || n < 1 {
		return next(dir)
	}
	return n, nil
}

// writeCurrent names the live generation; a crash leaves the old name or the new.
func writeCurrent(dir string, n int) error {
	temp := filepath.Join(dir, currentName+".new")
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(generation(n) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp, filepath.Join(dir, currentName)); err != nil {
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// next is a number above every generation that there is.
func next(dir string) (int, error) {
	list, err := generations(dir)
	top := 0
	for _, n := range list {
		top = max(top, n)
	}
	return top + 1, err
}

func generations(dir string) (out []int, err error) {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if text, ok := strings.CutPrefix(e.Name(), genPrefix); ok && e.IsDir() {
			if n, err := strconv.Atoi(text); err == nil {
				out = append(out, n)
			}
		}
	}
	return out, err
}

// sweep removes generations that were replaced an hour ago.
func sweep(dir string, current int) error {
	info, err := os.Stat(filepath.Join(dir, currentName))
	if err != nil || time.Since(info.ModTime()) < keepOld {
		return err
	}
	list, err := generations(dir)
	for _, n := range list {
		if n < current {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, generation(n))))
		}
	}
	return err
}

// circumstances are errors of the machine, not of the index: nothing is replaced
// because of them.
var circumstances = []error{
	fs.ErrPermission, syscall.ENOSPC, syscall.EDQUOT, syscall.EMFILE, syscall.ENFILE, syscall.EROFS, syscall.EIO, syscall.EAGAIN, syscall.EWOULDBLOCK,
	context.Canceled, context.DeadlineExceeded,
}

// explain gives an error of the engine its kind.
func explain(err error) error {
	if err == nil {
		return nil
	}
	for _, c := range circumstances {
		if errors.Is(err, c) {
			return fault.Unavailable.Of(err)
		}
	}
	text := err.Error()
	for _, said := range []string{"timeout", "permission denied", "no space left", "too many open files", "read-only file system", "resource temporarily unavailable", "cannot allocate memory"} {
		if strings.Contains(text, said) {
			if said == "timeout" {
				return fault.Unavailable.Errorf("another process holds it (waited %s): %w", lockTimeout, err)
			}
			return fault.Unavailable.Of(err)
		}
	}
	return fault.Corrupt.Of(err)
}

// unusable says that an index itself is at fault and a new one must be built.
func unusable(err error) bool { return fault.KindOf(err) == fault.Corrupt }

// Rebuild meets search.Rebuilder: fill writes a new generation while the live one
// answers; then the new one takes its place. If fill fails nothing has changed.
func (x *Index) Rebuild(ctx context.Context, fill func(context.Context, search.Index) error) (err error) {
	defer fault.Wrap(&err, "rebuild the search index in %s", x.dir)
	n, err := next(x.dir)
	if err != nil {
		return err
	}
	live, err := openGeneration(x.dir, n, x.queue)
	if err != nil {
		return err
	}
	beside := &Index{dir: x.dir, queue: x.queue, turns: x.turns, facts: newCache(), live: live, current: n}
	if err := fill(ctx, beside); err != nil {
		return errors.Join(err, live.Close(), os.RemoveAll(filepath.Join(x.dir, generation(n))))
	}
	x.applying.Lock()
	defer x.applying.Unlock()
	if err := fill(ctx, beside); err != nil { // what came meanwhile
		return errors.Join(err, live.Close(), os.RemoveAll(filepath.Join(x.dir, generation(n))))
	}
	if err := writeCurrent(x.dir, n); err != nil {
		return errors.Join(err, live.Close())
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	old := x.live
	if old == nil {
		return errors.Join(fault.Unavailable.Errorf("the search index is closed"), live.Close())
	}
	x.live, x.current, x.facts = live, n, beside.facts
	x.survey.reset()
	if err := old.Close(); err != nil {
		return fmt.Errorf("the old index is left behind: %w", err)
	}
	return nil
}
