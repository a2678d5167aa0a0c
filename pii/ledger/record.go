package ledger

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// Record is an entry as it stands in the ledger. Content is nil and Request empty
// for one whose body was destroyed.
type Record struct {
	Number  int64
	At      time.Time
	Act     string
	Request string
	Content json.RawMessage
}

// Of returns the records of one request, oldest first.
func (l *Ledger) Of(ctx context.Context, request string) (out []Record, err error) {
	prefix := kv.AppendString(nil, request)
	err = l.store.View(ctx, func(r kv.Reader) error {
		out = nil
		for p, err := range kv.ScanPrefix(r, bucketRequest, prefix) {
			if err != nil {
				return err
			}
			if len(p.Key) != len(prefix)+8 {
				return fault.Corrupt.Errorf("the ledger's index of requests has the wrong form")
			}
			rec, err := readRecord(r, int64(binary.BigEndian.Uint64(p.Key[len(prefix):])))
			if err != nil {
				return err
			}
			out = append(out, rec)
		}
		return nil
	})
	return out, err
}

// Recent returns the newest records, newest first, at most limit of them.
func (l *Ledger) Recent(ctx context.Context, limit int) (out []Record, err error) {
	err = l.store.View(ctx, func(r kv.Reader) error {
		out = nil
		h, err := readHead(r, l.public)
		for n := h.Size; err == nil && n > 0 && len(out) < limit; n-- {
			var rec Record
			if rec, err = readRecord(r, n); err == nil {
				out = append(out, rec)
			}
		}
		return err
	})
	return out, err
}

func readRecord(r kv.Reader, n int64) (rec Record, err error) {
	text, ok, err := r.Get(bucketLeaf, number(n))
	if err == nil && !ok {
		err = fault.Corrupt.Errorf("ledger entry %d is missing", n)
	}
	if err != nil {
		return rec, err
	}
	lf, err := readLeaf(text)
	if err != nil {
		return rec, err
	}
	rec = Record{Number: lf.Number, At: lf.At, Act: lf.Act}
	val, ok, err := r.Get(bucketBody, number(n))
	if err != nil || !ok {
		return rec, err
	}
	b, err := readBody(val)
	rec.Request, rec.Content = b.Request, b.Content
	return rec, err
}
