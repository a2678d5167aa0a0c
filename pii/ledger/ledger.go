package ledger

import (
	"context"
	"encoding/json"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

const (
	bucketLeaf    kv.Bucket = "ledger"
	bucketBody    kv.Bucket = "ledger_body"
	bucketHash    kv.Bucket = "ledger_hash"
	bucketRequest kv.Bucket = "ledger_request"
	bucketHead    kv.Bucket = "ledger_head"
)

var (
	keyHead = []byte("head")
	keyKey  = []byte("key")
)

// Ledger appends and proves. It is safe for concurrent use.
type Ledger struct {
	store  kv.Store
	signer note.Signer
	public string // verifier key, as note prints it

	// Now tells the time of entries; tests set it before the first call.
	Now func() time.Time
}

// Open returns the ledger in store that signs with the key at keyPath. The key is
// made there, for its owner alone, when the ledger is new. A ledger with entries
// whose key is missing or another one is fault.Unavailable: nothing may be done
// that cannot be recorded.
func Open(ctx context.Context, store kv.Store, keyPath string) (l *Ledger, err error) {
	defer fault.Wrap(&err, "open the ledger")
	known, err := publicKey(ctx, store)
	if err != nil {
		return nil, err
	}
	signer, public, err := loadKey(keyPath, known)
	if err != nil {
		return nil, err
	}
	l = &Ledger{store: store, signer: signer, public: public, Now: time.Now}
	if known != "" {
		return l, nil
	}
	return l, store.Update(ctx, func(w kv.Writer) error { return w.Put(bucketHead, keyKey, []byte(public)) })
}

func publicKey(ctx context.Context, store kv.Store) (key string, err error) {
	err = store.View(ctx, func(r kv.Reader) error {
		val, _, err := r.Get(bucketHead, keyKey)
		key = string(val)
		return err
	})
	return key, err
}

// Key returns the public key that verifies this ledger's heads. Give it to whoever
// is to check receipts without trusting this machine.
func (l *Ledger) Key() string { return l.public }

// Entry is what is to be recorded. Body is marshalled as JSON and must hold no
// personal data of the subject.
type Entry struct {
	Act     string // erase.intent, request.approved
	Request string // the request's number; may be empty
	Body    any
}

// Append records e and returns its number, from 1 on. It is durable when it
// returns. Any error means that the act it announces must not happen.
func (l *Ledger) Append(ctx context.Context, e Entry) (n int64, err error) {
	defer fault.Wrap(&err, "ledger: record %s", e.Act)
	body, err := json.Marshal(e.Body)
	if err != nil {
		return 0, fault.Internal.Of(err)
	}
	b := newBody(e.Request, body)
	at := l.Now().UTC()
	err = l.store.Update(ctx, func(w kv.Writer) error {
		n, err = l.append(w, at, e.Act, b)
		return err
	})
	return n, err
}

func (l *Ledger) append(w kv.Writer, at time.Time, act string, b body) (int64, error) {
	h, err := readHead(w)
	if err != nil {
		return 0, err
	}
	n := h.Size + 1
	text := leaf{Number: n, At: at, Act: act, Commitment: b.commitment()}.text()
	hashes, err := tlog.StoredHashes(h.Size, text, hashReader{w})
	if err != nil {
		return 0, fault.Corrupt.Of(err)
	}
	first := tlog.StoredHashIndex(0, h.Size)
	for i, hash := range hashes {
		if err := w.Put(bucketHash, number(first+int64(i)), hash[:]); err != nil {
			return 0, err
		}
	}
	if err := w.Put(bucketLeaf, number(n), text); err != nil {
		return 0, err
	}
	if err := w.Put(bucketBody, number(n), b.bytes()); err != nil {
		return 0, err
	}
	if b.Request != "" {
		if err := w.Put(bucketRequest, requestKey(b.Request, n), nil); err != nil {
			return 0, err
		}
	}
	root, err := tlog.TreeHash(n, hashReader{w})
	if err != nil {
		return 0, fault.Corrupt.Of(err)
	}
	signed, err := sign(Head{Size: n, Root: root}, l.signer)
	if err != nil {
		return 0, err
	}
	return n, w.Put(bucketHead, keyHead, signed)
}

// Forget destroys the salt and the body of entry n, so that nobody can tell any
// more what it was about. The tree, its proofs and its heads stay as they are.
func (l *Ledger) Forget(ctx context.Context, n int64) error {
	return l.store.Update(ctx, func(w kv.Writer) error {
		val, ok, err := w.Get(bucketBody, number(n))
		if err != nil {
			return err
		}
		if !ok {
			return fault.NotFound.Errorf("ledger entry %d has no body", n)
		}
		b, err := readBody(val)
		if err != nil {
			return err
		}
		if b.Request != "" {
			if err := w.Delete(bucketRequest, requestKey(b.Request, n)); err != nil {
				return err
			}
		}
		return w.Delete(bucketBody, number(n))
	})
}

// hashReader reads the nodes of the tree inside one transaction.
type hashReader struct{ kv.Reader }

func (r hashReader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		val, ok, err := r.Get(bucketHash, number(index))
		if err != nil {
			return nil, err
		}
		if !ok || len(val) != tlog.HashSize {
			return nil, fault.Corrupt.Errorf("node %d of the ledger is missing", index)
		}
		copy(out[i][:], val)
	}
	return out, nil
}
