package boltkv

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"syscall"

	"waymark/catalog/fault"
)

// guard is deferred around every call into bbolt: on a damaged file it panics,
// by an assertion, a wild index, or a page that is not there (the goroutine has
// SetPanicOnFault).
func guard(err *error) {
	if p := recover(); p != nil {
		*err = fault.Corrupt.Errorf("the store file is damaged (%s); see fsck and restore", gist(p))
	}
}

// guarded runs fn under guard.
func guarded(fn func() error) (err error) {
	defer guard(&err)
	return fn()
}

// touch runs the function of a transaction. It touches mapped bytes outside of
// bbolt too, so a fault of memory is fault.Corrupt here; any other panic is the
// function's own defect and goes on.
func touch(fn func() error) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case interface {
			runtime.Error
			Addr() uintptr
		}:
			err = fault.Corrupt.Errorf("a page of the store file is gone; see fsck and restore")
		default:
			panic(p)
		}
	}()
	return fn()
}

// gist is what a panic of bbolt says before it may come to stored bytes.
func gist(p any) string {
	text := strings.TrimPrefix(fmt.Sprint(p), "assertion failed: ")
	if _, ok := p.(runtime.Error); !ok {
		text, _, _ = strings.Cut(text, ":")
	}
	return text
}

// refusedForSpace reports whether a commit failed for want of room before the
// head was written, so that it surely did not happen. A bare errno comes from
// fdatasync, after which nothing is sure.
func refusedForSpace(err error) bool {
	var bare syscall.Errno
	if errors.As(err, &bare) {
		var write *fs.PathError
		return noSpace(bare) && errors.As(err, &write)
	}
	// bbolt flattens the error of growing the file to text.
	return strings.Contains(err.Error(), syscall.ENOSPC.Error()) ||
		strings.Contains(err.Error(), syscall.EDQUOT.Error()) ||
		strings.Contains(err.Error(), syscall.EFBIG.Error())
}

func noSpace(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
