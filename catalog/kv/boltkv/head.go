package boltkv

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"os"

	"waymark/catalog/fault"
)

// A bbolt file begins with two heads, written in turn: pages 0 and 1. The valid
// one with the greater transaction counts. All numbers are in the byte order of
// the machine. Page: id u64, flags u16, count u16, overflow u32. Head: magic,
// version, page size, flags u32; root, sequence, freelist, pages, txid, sum u64.
const (
	pageHeader  = 16
	headSize    = 64
	headMagic   = 0xED0CDAED
	headVersion = 2
	noFreelist  = ^uint64(0)
)

var order = binary.NativeEndian

// head is what one of the two says.
type head struct {
	raw   [headSize]byte
	valid bool

	pageSize int64
	root     uint64 // page of the root bucket
	freelist uint64 // page of the list of free pages, or noFreelist
	pages    uint64 // the file is in use below this page
	txid     uint64
}

// readHead reads both heads and refuses a file that is shorter than the newer
// one says: to map and read such a file would end the process.
func readHead(f *os.File) (head, error) {
	info, err := f.Stat()
	if err != nil {
		return head{}, unavailable(err)
	}
	first, err := headAt(f, 0)
	if err != nil {
		return head{}, err
	}
	var second head
	if first.valid {
		second, err = headAt(f, first.pageSize)
	} else {
		second, err = findSecond(f)
	}
	if err != nil {
		return head{}, err
	}
	best, err := newer(first, second)
	if err != nil {
		return head{}, err
	}
	if have, want := info.Size(), int64(best.pages)*best.pageSize; have < want {
		return head{}, fault.Corrupt.Errorf("the file was cut short: %d bytes, %d are in use; see restore", have, want)
	}
	return best, nil
}

// newer picks the head that counts. bbolt would take any valid one and so serve
// the past in silence when the newer is damaged. A head lies in one sector, which
// a disk writes as a whole, so an invalid one is damage. It does no harm if it is
// surely the older one; the next commit writes over it.
func newer(a, b head) (head, error) {
	switch {
	case a.valid && b.valid && a.txid == b.txid+1:
		return a, nil
	case a.valid && b.valid && b.txid == a.txid+1:
		return b, nil
	case a.valid && !b.valid && olderThan(b, a):
		return a, nil
	case b.valid && !a.valid && olderThan(a, b):
		return b, nil
	}
	return head{}, fault.Corrupt.Errorf("one of the two heads of the file is damaged or of another time, and what was written last may be lost; see restore")
}

// olderThan reports whether the damaged head is the one before the good one: it
// says so, and its sum does not speak for the one after.
func olderThan(bad, good head) bool {
	if bad.txid+1 != good.txid {
		return false
	}
	order.PutUint64(bad.raw[48:], good.txid+1)
	return order.Uint64(bad.raw[56:]) != sum(bad.raw[:56])
}

// findSecond looks for the second head without knowing the size of a page, which
// only the first could tell: a power of two from 1 KiB to 16 MiB.
func findSecond(f *os.File) (head, error) {
	for at := int64(1 << 10); at <= 16<<20; at <<= 1 {
		m, err := headAt(f, at)
		if err != nil {
			return head{}, err
		}
		if m.valid && m.pageSize == at {
			return m, nil
		}
	}
	return head{}, fault.Corrupt.Errorf("the file has no valid head: it is damaged, or no store; see restore")
}

// headAt reads one head, valid or not.
func headAt(f io.ReaderAt, at int64) (head, error) {
	var page [pageHeader + headSize]byte
	if _, err := f.ReadAt(page[:], at); errors.Is(err, io.EOF) {
		return head{}, nil
	} else if err != nil {
		return head{}, unavailable(err)
	}
	m := head{raw: [headSize]byte(page[pageHeader:])}
	b := m.raw[:]
	m.pageSize = int64(order.Uint32(b[8:]))
	m.root = order.Uint64(b[16:])
	m.freelist = order.Uint64(b[32:])
	m.pages = order.Uint64(b[40:])
	m.txid = order.Uint64(b[48:])
	m.valid = order.Uint32(b) == headMagic && order.Uint32(b[4:]) == headVersion &&
		order.Uint64(b[56:]) == sum(b[:56]) && m.pageSize >= 512 && m.pages < 1<<40
	return m, nil
}

func sum(b []byte) uint64 {
	h := fnv.New64a()
	_, _ = h.Write(b) // a hash never fails
	return h.Sum64()
}
