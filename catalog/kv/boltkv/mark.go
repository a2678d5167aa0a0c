package boltkv

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"waymark/catalog/fault"
)

// A mark beside the file says how it looked when it was closed. A file that still
// looks so needs no walk over all of its pages. It need not be durable: a mark
// that is lost costs a walk, and one that should be gone names an older
// transaction than the file.
type mark struct {
	size, txid, inode uint64
	free              string // SHA-256 of the list of free pages
}

const markForm = "waymark clean stop: size %d transaction %d inode %d free %s\n"

func markPath(path string) string { return path + ".clean" }

// markOf describes the file f as it is now.
func markOf(f *os.File, m head) (mark, error) {
	info, err := f.Stat()
	if err != nil {
		return mark{}, unavailable(err)
	}
	k := mark{size: uint64(info.Size()), txid: m.txid}
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		k.inode = sys.Ino
	}
	k.free, err = freeSum(f, m)
	return k, err
}

// freeSum sums up the list of free pages: a bit flipped in it would let the next
// write take a page that is in use.
func freeSum(f io.ReaderAt, m head) (string, error) {
	if m.freelist == noFreelist {
		return "none", nil
	}
	w := &walker{ctx: context.Background(), f: f, head: m, used: make([]uint64, m.pages/64+1)}
	page, err := w.page(m.freelist, 0)
	return fmt.Sprintf("%x", sha256.Sum256(page)), err
}

// leaveMark is called with the lock held and nothing running. A file that is no
// longer what it was gets none.
func leaveMark(f *os.File, path string) error {
	m, err := readHead(f)
	if err != nil {
		return err
	}
	k, err := markOf(f, m)
	if err != nil {
		return err
	}
	text := fmt.Sprintf(markForm, k.size, k.txid, k.inode, k.free)
	if err := os.WriteFile(markPath(path), []byte(text), 0o600); err != nil {
		_ = os.Remove(markPath(path)) // a full disk may leave half of one
		if noSpace(err) {
			return nil // it only costs a walk
		}
		return unavailable(err)
	}
	return nil
}

// readMark reports whether the file is as its last clean stop left it. It refuses
// one that has lost transactions since.
func readMark(f *os.File, path string, m head) (clean bool, err error) {
	text, err := os.ReadFile(markPath(path))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, unavailable(err)
	}
	var left mark
	if _, err := fmt.Sscanf(string(text), markForm, &left.size, &left.txid, &left.inode, &left.free); err != nil {
		return false, nil // half a mark is none
	}
	now, err := markOf(f, m)
	if err != nil {
		return false, err
	}
	if left.inode == now.inode && left.txid > now.txid {
		return false, fault.Corrupt.Errorf(
			"the file ends at transaction %d, but %d were written before its last clean stop; if an older copy was put there on purpose, remove %s",
			now.txid, left.txid, markPath(path))
	}
	return left == now, nil
}

func removeMark(path string) error {
	if err := os.Remove(markPath(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unavailable(err)
	}
	return nil
}
