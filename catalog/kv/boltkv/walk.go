package boltkv

import (
	"bytes"
	"context"
	"errors"
	"io"

	"waymark/catalog/fault"
)

// depth says how much of the file a walk reads.
type depth bool

const (
	// wholeTree reads every page in use.
	wholeTree depth = true
	// branchesOnly leaves the leaves of the buckets out, some 98 % of the file. It
	// finds what could send bbolt in circles, which no recover would survive.
	branchesOnly depth = false
)

// Flags of pages and of elements.
const (
	branchPage   = 0x01
	leafPage     = 0x02
	freelistPage = 0x10
	bucketFlag   = 0x01
)

// Sizes of the elements that follow the header of a page. Branch: position of the
// key from the element, its size u32, page u64. Leaf: flags, position, size of the
// key, size of the value u32; the value follows its key. A bucket's value is its
// root page and a sequence u64; root 0 means that a leaf page follows inline.
const (
	elementSize  = 16
	bucketHeader = 16
)

// walk reads the page tree with plain reads and refuses what bbolt would trust:
// pages that are not what they should be, lie outside, are used twice, or are
// both used and free, and keys out of order.
func walk(ctx context.Context, f io.ReaderAt, m head, d depth) error {
	w := &walker{ctx: ctx, f: f, head: m, depth: d, used: make([]uint64, m.pages/64+1)}
	w.used[0] = 3 // the two heads
	free, err := w.freelist()
	if err != nil {
		return err
	}
	if err := w.tree(m.root, 0, -1, nil, nil, true); err != nil {
		return err
	}
	for _, id := range free {
		if id < 2 || id >= m.pages || !w.use(id) {
			return damaged("page %d is listed as free and is not", id)
		}
	}
	return nil
}

type walker struct {
	ctx   context.Context
	f     io.ReaderAt
	head  head
	depth depth
	used  []uint64 // one bit a page
	bufs  [][]byte // one page a level; the keys of a level bound those below it
}

func damaged(format string, args ...any) error {
	return fault.Corrupt.Errorf("the store file is damaged: "+format+"; see fsck and restore", args...)
}

// use marks a page and reports whether it was unmarked.
func (w *walker) use(id uint64) bool {
	word, bit := id/64, uint64(1)<<(id%64)
	was := w.used[word]&bit != 0
	w.used[word] |= bit
	return !was
}

// page reads page id with its overflow into the buffer of a level and marks it.
func (w *walker) page(id uint64, level int) ([]byte, error) {
	if err := w.ctx.Err(); err != nil {
		return nil, err
	}
	if id < 2 || id >= w.head.pages {
		return nil, damaged("page %d is out of range", id)
	}
	for len(w.bufs) <= level {
		w.bufs = append(w.bufs, make([]byte, w.head.pageSize))
	}
	size := w.head.pageSize
	at := int64(id) * size
	buf := w.bufs[level][:size]
	if err := readFull(w.f, buf, at); err != nil {
		return nil, err
	}
	overflow := uint64(order.Uint32(buf[12:]))
	if order.Uint64(buf) != id || id+overflow >= w.head.pages {
		return nil, damaged("page %d is another page", id)
	}
	for p := id; p <= id+overflow; p++ {
		if !w.use(p) {
			return nil, damaged("page %d is used twice", p)
		}
	}
	if overflow == 0 {
		return buf, nil
	}
	whole := size * int64(overflow+1)
	if int64(cap(buf)) < whole {
		w.bufs[level] = make([]byte, whole)
	}
	buf = w.bufs[level][:whole]
	return buf, readFull(w.f, buf, at)
}

func readFull(f io.ReaderAt, buf []byte, at int64) error {
	_, err := f.ReadAt(buf, at)
	if errors.Is(err, io.EOF) {
		return damaged("it ends too early")
	}
	return unavailable(err)
}

func (w *walker) freelist() ([]uint64, error) {
	if w.head.freelist == noFreelist {
		return nil, nil
	}
	page, err := w.page(w.head.freelist, 0)
	if err != nil {
		return nil, err
	}
	ids, n := page[pageHeader:], uint64(order.Uint16(page[10:]))
	if n == 0xFFFF { // too many for the header: the first element counts
		n, ids = order.Uint64(ids), ids[8:]
	}
	if order.Uint16(page[8:]) != freelistPage || n > uint64(len(ids)/8) {
		return nil, damaged("page %d is no list of free pages", w.head.freelist)
	}
	free := make([]uint64, n)
	for i := range free {
		free[i] = order.Uint64(ids[8*i:])
	}
	return free, nil
}

// tree walks one bucket from page id on, whose keys lie within from <= key < to.
// leaves is the level of its leaves, -1 while unknown: all are at the same one.
func (w *walker) tree(id uint64, level, leaves int, from, to []byte, root bool) error {
	page, err := w.page(id, level)
	if err != nil {
		return err
	}
	switch flags := order.Uint16(page[8:]); {
	case flags == leafPage && (leaves == -1 || level == leaves):
		return w.leaf(page, level, from, to, root)
	case flags == branchPage && (leaves == -1 || level < leaves):
		if leaves == -1 {
			if leaves, err = w.leafLevel(page, level); err != nil {
				return err
			}
		}
		return w.branch(page, level, leaves, from, to, root)
	default:
		return damaged("page %d has flags %#x at level %d", id, flags, level)
	}
}

// leafLevel goes down the first children of a branch, without marking them.
func (w *walker) leafLevel(page []byte, level int) (int, error) {
	const deepest = 64 // more than any file can hold
	buf := make([]byte, pageHeader+elementSize)
	copy(buf, page)
	for ; level < deepest; level++ {
		if order.Uint16(buf[8:]) == leafPage {
			return level, nil
		}
		child := order.Uint64(buf[pageHeader+8:])
		if child >= w.head.pages {
			return 0, damaged("page %d is out of range", child)
		}
		if err := readFull(w.f, buf, int64(child)*w.head.pageSize); err != nil {
			return 0, err
		}
	}
	return 0, damaged("its pages go round in a circle")
}

func (w *walker) branch(page []byte, level, leaves int, from, to []byte, root bool) error {
	n := int(order.Uint16(page[10:]))
	if n == 0 {
		return damaged("a branch page is empty")
	}
	key, err := branchKey(page, 0, n)
	if err != nil {
		return err
	}
	if bytes.Compare(key, from) < 0 {
		return damaged("a key is out of order")
	}
	for i := range n {
		next := to
		if i+1 < n {
			if next, err = branchKey(page, i+1, n); err != nil {
				return err
			}
		}
		if next != nil && bytes.Compare(key, next) >= 0 {
			return damaged("a key is out of order")
		}
		child := order.Uint64(page[pageHeader+i*elementSize+8:])
		if w.depth == branchesOnly && !root && level+1 == leaves {
			if child < 2 || child >= w.head.pages || !w.use(child) {
				return damaged("page %d is out of range or used twice", child)
			}
		} else if err := w.tree(child, level+1, leaves, key, next, root); err != nil {
			return err
		}
		key = next
	}
	return nil
}

func branchKey(page []byte, i, n int) ([]byte, error) {
	el := pageHeader + i*elementSize
	if pageHeader+n*elementSize > len(page) {
		return nil, damaged("a branch page has too many keys")
	}
	return span(page, int64(el)+int64(order.Uint32(page[el:])), int64(order.Uint32(page[el+4:])))
}

// span returns a key, which is never empty.
func span(page []byte, at, size int64) ([]byte, error) {
	if size == 0 || at < pageHeader || at+size > int64(len(page)) {
		return nil, damaged("a key lies outside its page")
	}
	return page[at : at+size], nil
}

func (w *walker) leaf(page []byte, level int, from, to []byte, root bool) error {
	n := int(order.Uint16(page[10:]))
	if pageHeader+n*elementSize > len(page) {
		return damaged("a leaf page has too many keys")
	}
	var before []byte
	for i := range n {
		el := pageHeader + i*elementSize
		at, size := int64(el)+int64(order.Uint32(page[el+4:])), int64(order.Uint32(page[el+8:]))
		key, err := span(page, at, size)
		if err != nil {
			return err
		}
		end := at + size + int64(order.Uint32(page[el+12:]))
		switch {
		case end > int64(len(page)):
			return damaged("a value lies outside its page")
		case bytes.Compare(key, from) < 0 || to != nil && bytes.Compare(key, to) >= 0 || i > 0 && bytes.Compare(before, key) >= 0:
			return damaged("a key is out of order")
		case root != (order.Uint32(page[el:]) == bucketFlag):
			return damaged("a bucket and a value changed places")
		}
		if root {
			if err := w.bucket(page[at+size:end], level); err != nil {
				return err
			}
		}
		before = key
	}
	return nil
}

// bucket walks the bucket that a record of the root describes.
func (w *walker) bucket(val []byte, level int) error {
	if len(val) < bucketHeader {
		return damaged("a bucket is cut short")
	}
	if id := order.Uint64(val); id != 0 {
		return w.tree(id, level+1, -1, nil, nil, false)
	}
	inline := val[bucketHeader:]
	if len(inline) < pageHeader || order.Uint16(inline[8:]) != leafPage {
		return damaged("a bucket is cut short")
	}
	return w.leaf(inline, level+1, nil, nil, false)
}
