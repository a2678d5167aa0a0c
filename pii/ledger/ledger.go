package ledger

import (
	"context"
	"encoding/json"
	"sync"
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
	store   kv.Store
	signer  note.Signer
	public  string // verifier key, as note prints it
	keepers []Keeper

	mu   sync.Mutex
	kept int64 // size of the head that all keepers have

	// Now tells the time of entries; tests set it before the first call.
	Now func() time.Time
}

// Open returns the ledger in store that signs with the key at keyPath. The key is
// made there, for its owner alone, when the ledger is new. A ledger with entries
// whose key is missing or another one is fault.Unavailable, and a key without its
// ledger, or a ledger that is not the one the keepers know, is fault.Corrupt: nothing
// may be done that cannot be recorded.
func Open(ctx context.Context, store kv.Store, keyPath string, keepers ...Keeper) (l *Ledger, err error) {
	defer fault.Wrap(&err, "open the ledger")
	known, err := publicKey(ctx, store)
	if err != nil {
		return nil, err
	}
	if known == "" {
		if known, err = begin(ctx, store, keyPath, keepers); err != nil {
			return nil, err
		}
	}
	signer, err := loadKey(keyPath, known)
	if err != nil {
		return nil, err
	}
	l = &Ledger{store: store, signer: signer, public: known, keepers: keepers, Now: time.Now}
	if err := l.compare(ctx); err != nil {
		return nil, err
	}
	return l, l.keep(ctx, -1)
}

// begin makes a new ledger, unless there was one.
func begin(ctx context.Context, store kv.Store, keyPath string, keepers []Keeper) (public string, err error) {
	for _, k := range keepers {
		if pin, err := k.Kept(ctx); err != nil {
			return "", err
		} else if pin.Key != "" {
			return "", fault.Corrupt.Errorf("%s knows a ledger of %d entries, and the privacy store has none: it was removed or emptied. Put it back; to begin anew in spite of it, move the signing key away and say: waymark ledger repin", k.Name(), pin.Head.Size)
		}
	}
	if public, err = makeKey(keyPath); err != nil {
		return "", err
	}
	err = store.Update(ctx, func(w kv.Writer) error { return w.Put(bucketHead, keyKey, []byte(public)) })
	return public, err
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
	if err != nil {
		return 0, err
	}
	return n, l.keep(ctx, n)
}

func (l *Ledger) append(w kv.Writer, at time.Time, act string, b body) (int64, error) {
	h, err := l.sound(w)
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

// sound returns the head to append to. A ledger that was cut or altered while nobody
// looked is not signed again.
func (l *Ledger) sound(r kv.Reader) (Head, error) {
	h, err := readHead(r, l.public)
	if err != nil {
		return h, err
	}
	if _, more, err := r.Get(bucketLeaf, number(h.Size+1)); err != nil {
		return h, err
	} else if more {
		return h, fault.Corrupt.Errorf("entries stand behind the signed head")
	}
	if h.Size == 0 {
		return h, nil
	}
	root, err := tlog.TreeHash(h.Size, hashReader{r})
	if err != nil || root != h.Root {
		return h, fault.Corrupt.Errorf("the entries are not those of the signed head")
	}
	return h, nil
}

// actForgotten is the act of an entry that says whose body was destroyed.
const actForgotten = "ledger.forgotten"

type forgotten struct {
	Entry int64 `json:"entry"`
}

// Forget destroys the salt and the body of entry n, so that nobody can tell any more
// what it was about, and records that it was done: a body that is missing without
// such a record was removed. The tree, its proofs and its heads stay as they are.
func (l *Ledger) Forget(ctx context.Context, n int64) error {
	var last int64
	err := l.store.Update(ctx, func(w kv.Writer) error {
		rec, err := readRecord(w, n)
		if err != nil {
			return err
		}
		if rec.Content == nil {
			return fault.NotFound.Errorf("ledger entry %d has no body", n)
		}
		if rec.Act == actForgotten {
			return fault.Invalid.Errorf("ledger entry %d says what was destroyed, and stays", n)
		}
		if rec.Request != "" {
			if err := w.Delete(bucketRequest, requestKey(rec.Request, n)); err != nil {
				return err
			}
		}
		if err := w.Delete(bucketBody, number(n)); err != nil {
			return err
		}
		content, err := json.Marshal(forgotten{n})
		if err != nil {
			return fault.Internal.Of(err)
		}
		last, err = l.append(w, l.Now().UTC(), actForgotten, newBody("", content))
		return err
	})
	if err != nil {
		return err
	}
	return l.keep(ctx, last)
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
