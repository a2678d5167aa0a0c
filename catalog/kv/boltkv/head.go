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

// head is what the newer valid head page says.
type head struct {
	pageSize int64
	root     uint64 // page of the root bucket
	freelist uint64 // page of the list of free pages, or noFreelist
	pages    uint64 // the file is in use below this page
	txid     uint64
}

// readHead reads both heads and refuses a file that is shorter than the newer
// valid one says: to map and read such a file would end the process.
func readHead(f *os.File) (head, error) {
	info, err := f.Stat()
	if err != nil {
		return head{}, unavailable(err)
	}
	first, ok, err := headAt(f, 0)
	if err != nil {
		return head{}, err
	}
	best := first
	if ok {
		var second head
		if second, ok, err = headAt(f, first.pageSize); err == nil && ok && second.txid > best.txid {
			best = second
		}
	} else {
		best, err = findSecond(f)
	}
	if err != nil {
		return head{}, err
	}
	if have, want := info.Size(), int64(best.pages)*best.pageSize; have < want {
		return head{}, fault.Corrupt.Errorf("the file was cut short: %d bytes, %d are in use; see restore", have, want)
	}
	return best, nil
}

// findSecond looks for the second head without knowing the size of a page, which
// only the first could tell: a power of two from 1 KiB to 16 MiB.
func findSecond(f *os.File) (head, error) {
	for at := int64(1 << 10); at <= 16<<20; at <<= 1 {
		m, ok, err := headAt(f, at)
		if err != nil {
			return head{}, err
		}
		if ok && m.pageSize == at {
			return m, nil
		}
	}
	return head{}, fault.Corrupt.Errorf("the file has no valid head: it is damaged, or no store; see restore")
}

// headAt reads one head and whether it is valid.
func headAt(f io.ReaderAt, at int64) (head, bool, error) {
	var page [pageHeader + headSize]byte
	if _, err := f.ReadAt(page[:], at); errors.Is(err, io.EOF) {
		return head{}, false, nil
	} else if err != nil {
		return head{}, false, unavailable(err)
	}
	b := page[pageHeader:]
	m := head{
		pageSize: int64(order.Uint32(b[8:])),
		root:     order.Uint64(b[16:]),
		freelist: order.Uint64(b[32:]),
		pages:    order.Uint64(b[40:]),
		txid:     order.Uint64(b[48:]),
	}
	sum := fnv.New64a()
	_, _ = sum.Write(b[:56]) // a hash never fails
	ok := order.Uint32(b) == headMagic && order.Uint32(b[4:]) == headVersion && order.Uint64(b[56:]) == sum.Sum64()
	return m, ok && m.pageSize >= 512 && m.pages < 1<<40, nil
}
