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
	lockName    = "LOCK"
	genPrefix   = "gen-"
	lockTimeout = 2 * time.Second
	keepOld     = time.Hour // how long a replaced generation stays, for readers and for regret
)

func generation(n int) string { return genPrefix + strconv.Itoa(n) }

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
	return syncDir(dir)
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

func generations(dir string) ([]int, error) { return numbered(dir, genPrefix) }

// sweep removes generations that were replaced an hour ago, and those that were
// never finished.
func sweep(dir string, current int) error {
	info, err := os.Stat(filepath.Join(dir, currentName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing was finished yet
	}
	if err != nil {
		return err
	}
	list, err := generations(dir)
	for _, n := range list {
		finished, bad := newestCheckpoint(filepath.Join(dir, generation(n)))
		old := n < current && time.Since(info.ModTime()) >= keepOld
		if err = errors.Join(err, bad); bad == nil && (old || n > current && finished == 0) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, generation(n))))
		}
	}
	return err
}

// circumstances are errors of the machine, not of the index: nothing is replaced
// because of them.
var circumstances = []error{
	fs.ErrPermission, syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EMFILE, syscall.ENFILE, syscall.EROFS, syscall.EIO, syscall.EAGAIN, syscall.EWOULDBLOCK,
	context.Canceled, context.DeadlineExceeded,
}

// noRoom says that nothing more can be written, though it can be read.
func noRoom(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

// explain gives an error of the engine its kind.
func explain(err error) error {
	if err == nil || fault.KindOf(err) != fault.Internal {
		return err
	}
	for _, c := range circumstances {
		if errors.Is(err, c) {
			return fault.Unavailable.Of(err)
		}
	}
	text := err.Error()
	for _, said := range []string{"timeout", "permission denied", "no space left", "too many open files", "read-only file system", "resource temporarily unavailable", "cannot allocate memory"} {
		if strings.Contains(text, said) {
			return fault.Unavailable.Of(err)
		}
	}
	return fault.Corrupt.Of(err)
}

// unusable says that an index itself is at fault and a new one must be built.
func unusable(err error) bool { return fault.KindOf(err) == fault.Corrupt }

// Rebuild meets search.Rebuilder: fill writes a new generation while the live one
// answers, if it can; then the new one takes its place. If fill fails nothing has
// changed.
func (x *Index) Rebuild(ctx context.Context, fill func(context.Context, search.Index) error) (err error) {
	defer fault.Wrap(&err, "rebuild the search index in %s", x.dir)
	n, err := next(x.dir)
	if err != nil {
		return explain(err)
	}
	live, err := openLive(x.dir, n, x.queue)
	if err != nil {
		return err
	}
	beside := &Index{dir: x.dir, queue: x.queue, turns: x.turns, facts: newCache(), live: live, current: n, beside: true}
	err = fill(ctx, beside)
	if err == nil {
		err = x.replace(ctx, beside, fill)
	}
	if err != nil {
		return errors.Join(err, closeEngine(live), os.RemoveAll(filepath.Join(x.dir, generation(n))))
	}
	return nil
}

// replace fills in what came meanwhile and puts the new generation in the place of
// the old one.
func (x *Index) replace(ctx context.Context, beside *Index, fill func(context.Context, search.Index) error) error {
	x.applying.Lock()
	defer x.applying.Unlock()
	if err := fill(ctx, beside); err != nil {
		return err
	}
	if err := beside.Damage(); err != nil {
		return err
	}
	files, err := save(x.dir, beside.current, beside.live, nil)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return fault.Unavailable.Errorf("the search index is closed")
	}
	old, oldGeneration := x.live, x.current
	x.readOnly = false
	x.live, x.current, x.facts, x.files = beside.live, beside.current, beside.facts, files
	x.changed.Store(false)
	x.saved = time.Now()
	x.survey.reset()
	x.recovered()
	if err := errors.Join(closeEngine(old), os.RemoveAll(filepath.Join(x.dir, generation(oldGeneration), liveName))); err != nil {
		return fmt.Errorf("the old index is left behind: %w", err)
	}
	return nil
}
