// Package vault is the privacy store: what data-subject requests carry (the
// subject's identities, plans, keys of rows, journals of what was done) encrypted
// record by record in a store of its own, under a master key of its own. The
// catalog knows a request by its number and nothing else.
//
// It is no key manager and knows no request: package gdpr says what is kept here.
//
// Buckets:
//
//	seal    "origin"  -> random id of this store; survives backup and restore
//	seal    "master"  -> id of the master key that wraps the data keys
//	datakey key id    -> data key, wrapped by the master key, and its birth
//	seals   key id    -> how many records were sealed with it
//	request, subject, plan, journal, hold, counter (of gdpr) -> sealed records
//
// The subtle thing: the associated data of every record is origin id, bucket and
// key, so a value that was moved elsewhere does not open. Keys of records stand in
// plain and are numbers and names of datasets, never a person's.
package vault

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

const (
	bucketSeal    kv.Bucket = "seal"
	bucketDataKey kv.Bucket = "datakey"
	bucketSeals   kv.Bucket = "seals"
)

var (
	keyOrigin = []byte("origin")
	keyMaster = []byte("master")
)

// Vault keeps sealed records. It is safe for concurrent use.
type Vault struct {
	store  kv.Store
	master masterKey
	origin []byte
	sealed error

	mu   sync.Mutex
	keys map[uint32][]byte // data keys, unwrapped

	// Now tells the time by which data keys age; tests set it before the first call.
	Now func() time.Time
}

// Open returns the vault in store with the master key in the file keyPath, which is
// made for its owner alone when the store is new. When a store that is in use finds
// no key, or another one, the vault is sealed: Open succeeds and every use returns
// the fault.Unavailable of Sealed, so that the rest of the program works.
func Open(ctx context.Context, store kv.Store, keyPath string) (v *Vault, err error) {
	defer fault.Wrap(&err, "open the privacy store")
	v = &Vault{store: store, keys: map[uint32][]byte{}, Now: time.Now}
	var wanted string
	err = store.View(ctx, func(r kv.Reader) error {
		origin, _, err := r.Get(bucketSeal, keyOrigin)
		if err != nil {
			return err
		}
		master, _, err := r.Get(bucketSeal, keyMaster)
		v.origin, wanted = append([]byte(nil), origin...), string(master)
		return err
	})
	if err != nil {
		return nil, err
	}
	v.master, v.sealed, err = readMaster(keyPath, wanted)
	if err != nil || v.sealed != nil || wanted != "" {
		return v, err
	}
	return v, v.begin(ctx)
}

// begin gives a new store its origin id and the id of its master key.
func (v *Vault) begin(ctx context.Context) error {
	v.origin = random(16)
	return v.store.Update(ctx, func(w kv.Writer) error {
		if err := w.Put(bucketSeal, keyOrigin, v.origin); err != nil {
			return err
		}
		return w.Put(bucketSeal, keyMaster, []byte(v.master.id))
	})
}

// Sealed is nil when the vault can be read, and else says which key it wants.
func (v *Vault) Sealed() error { return v.sealed }

// derive makes a key from the master key: the only way in which keys come from keys.
func (v *Vault) derive(purpose string) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, v.master.secret, v.origin, "waymark/1/"+purpose, sha256.Size)
	if err != nil {
		return nil, fault.Internal.Of(err)
	}
	return key, nil
}

// Token names an identity without telling it: equal identities of one class have
// equal tokens, and without the vault's key nobody can try which one it is.
func (v *Vault) Token(class, value string) (string, error) {
	if v.sealed != nil {
		return "", v.sealed
	}
	key, err := v.derive("suppress")
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(kv.Strings(class, value))
	return hex.EncodeToString(mac.Sum(nil)), nil
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}
