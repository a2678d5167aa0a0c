package access

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

const bucketAudit kv.Bucket = "audit"

var keyHead = []byte("head")

// Entry is one line of the audit: who did or was refused what, when. It never
// holds a secret, a value or a statement's text.
type Entry struct {
	N       uint64    `json:"n"`
	At      time.Time `json:"at"`
	User    string    `json:"user"`
	Via     string    `json:"via"`
	Action  Action    `json:"action"`
	Target  string    `json:"target"`
	Allowed bool      `json:"allowed"`
	Before  []byte    `json:"before"` // SHA-256 of the entry before, as stored
}

type head struct {
	N    uint64 `json:"n"`
	Hash []byte `json:"hash"`
}

func appendEntry(w kv.Writer, e Entry) error {
	h, err := readHead(w)
	if err != nil {
		return err
	}
	e.N, e.Before = h.N+1, h.Hash
	line, err := json.Marshal(e)
	if err != nil {
		return fault.Internal.Of(err)
	}
	sum := sha256.Sum256(line)
	next, err := json.Marshal(head{N: e.N, Hash: sum[:]})
	if err != nil {
		return fault.Internal.Of(err)
	}
	if err := w.Put(bucketAudit, number(e.N), line); err != nil {
		return err
	}
	return w.Put(bucketAudit, keyHead, next)
}

func readHead(r kv.Reader) (h head, err error) {
	val, ok, err := r.Get(bucketAudit, keyHead)
	if err != nil || !ok {
		return h, err
	}
	if err := json.Unmarshal(val, &h); err != nil {
		return h, fault.Corrupt.Errorf("head of the audit: %w", err)
	}
	return h, nil
}

// Audit returns the newest entries, newest first, at most limit of them.
func (g *Guard) Audit(ctx context.Context, limit int) (out []Entry, err error) {
	if err := g.Check(ctx, ReadLedger, "audit"); err != nil {
		return nil, err
	}
	err = g.store.View(ctx, func(r kv.Reader) error {
		h, err := readHead(r)
		for n := h.N; err == nil && n > 0 && len(out) < limit; n-- {
			var e Entry
			if e, _, err = readEntry(r, n); err == nil {
				out = append(out, e)
			}
		}
		return err
	})
	return out, err
}

// VerifyAudit walks the chain from its first entry and returns how many entries
// hold, or fault.Corrupt with the number of the first that does not.
func (g *Guard) VerifyAudit(ctx context.Context) (n uint64, err error) {
	err = g.store.View(ctx, func(r kv.Reader) error {
		h, err := readHead(r)
		if err != nil {
			return err
		}
		var before []byte
		for n = 0; n < h.N; n++ {
			e, line, err := readEntry(r, n+1)
			if err != nil {
				return err
			}
			if e.N != n+1 || string(e.Before) != string(before) {
				return fault.Corrupt.Errorf("audit entry %d does not follow the one before it", n+1)
			}
			sum := sha256.Sum256(line)
			before = sum[:]
		}
		if string(before) != string(h.Hash) {
			return fault.Corrupt.Errorf("audit entry %d was altered", h.N)
		}
		return nil
	})
	return n, err
}

func readEntry(r kv.Reader, n uint64) (e Entry, line []byte, err error) {
	line, ok, err := r.Get(bucketAudit, number(n))
	if err == nil && !ok {
		err = fault.Corrupt.Errorf("audit entry %d is missing", n)
	}
	if err == nil {
		if bad := json.Unmarshal(line, &e); bad != nil {
			err = fault.Corrupt.Errorf("audit entry %d: %w", n, bad)
		}
	}
	return e, line, err
}

// number is the key of entry n: numbers sort as bytes, and before "head".
func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
