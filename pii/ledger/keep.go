package ledger

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// Pin is what a place apart knows of a ledger: whose key signs it, and the newest
// head it was told. The zero Pin knows nothing.
type Pin struct {
	Key  string
	Head Head
}

// Keeper keeps a Pin in a place apart from the ledger's own store, so that whoever
// rewrites the store must rewrite that place too.
type Keeper interface {
	Name() string // where it keeps, for people
	Kept(ctx context.Context) (Pin, error)
	Keep(ctx context.Context, p Pin) error
}

func (p Pin) text() []byte { return append([]byte(p.Key+"\n"), p.Head.Signed...) }

func readPin(text []byte, where string) (p Pin, err error) {
	key, signed, ok := bytes.Cut(text, []byte("\n"))
	p.Key = string(key)
	if ok && len(signed) > 0 {
		p.Head, err = openHead(signed, p.Key)
	}
	if !ok || p.Key == "" || err != nil {
		return Pin{}, fault.Corrupt.Errorf("%s does not hold the key and head of a ledger any more", where)
	}
	return p, nil
}

// File keeps a Pin in a file of mode 0600.
func File(path string) Keeper { return fileKeeper(path) }

type fileKeeper string

func (f fileKeeper) Name() string { return "the file " + string(f) }

func (f fileKeeper) Kept(context.Context) (Pin, error) {
	text, err := os.ReadFile(string(f))
	if os.IsNotExist(err) {
		return Pin{}, nil
	}
	if err != nil {
		return Pin{}, fault.Unavailable.Errorf("the ledger's pinned head: %w", err)
	}
	return readPin(text, f.Name())
}

func (f fileKeeper) Keep(_ context.Context, p Pin) error {
	if err := replaceFile(string(f), p.text()); err != nil {
		return fault.Unavailable.Errorf("pin the ledger's head: %w", err)
	}
	return nil
}

// replaceFile writes a file whole or not at all.
func replaceFile(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".pin-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone already when all went well
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if bad := f.Close(); err == nil {
		err = bad
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

const bucketPin kv.Bucket = "ledger_pin"

var keyPin = []byte("pin")

// Store keeps a Pin in another store than the ledger's, such as the catalog's.
func Store(name string, st kv.Store) Keeper { return storeKeeper{name, st} }

type storeKeeper struct {
	name  string
	store kv.Store
}

func (s storeKeeper) Name() string { return s.name }

func (s storeKeeper) Kept(ctx context.Context) (p Pin, err error) {
	err = s.store.View(ctx, func(r kv.Reader) error {
		val, ok, err := r.Get(bucketPin, keyPin)
		if err == nil && ok {
			p, err = readPin(val, s.name)
		}
		return err
	})
	return p, err
}

func (s storeKeeper) Keep(ctx context.Context, p Pin) error {
	return s.store.Update(ctx, func(w kv.Writer) error { return w.Put(bucketPin, keyPin, p.text()) })
}

// Secret knows the key that signs, and no head.
func Secret(keyPath string) Keeper { return secretKeeper(keyPath) }

type secretKeeper string

func (s secretKeeper) Name() string { return "the signing key " + string(s) }

func (s secretKeeper) Kept(context.Context) (Pin, error) {
	key, err := PublicKey(string(s))
	if errors.Is(err, fault.NotFound) {
		return Pin{}, nil
	}
	return Pin{Key: key}, err
}

func (s secretKeeper) Keep(context.Context, Pin) error { return nil }

// PublicKey reads the public half beside a signing key, or fault.NotFound.
func PublicKey(keyPath string) (string, error) {
	text, err := os.ReadFile(keyPath)
	if os.IsNotExist(err) {
		return "", fault.NotFound.Errorf("there is no signing key %s", keyPath)
	}
	if err != nil {
		return "", fault.Unavailable.Errorf("the ledger's signing key: %w", err)
	}
	_, public, err := parseKey(keyPath, string(text))
	return public, err
}

// keep tells all keepers the newest head, unless they have one of n entries or more.
// Appends that wait for each other are told with one write.
func (l *Ledger) keep(ctx context.Context, n int64) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n >= 0 && l.kept >= n {
		return nil
	}
	h, err := l.Head(ctx)
	if err != nil {
		return err
	}
	pin := Pin{Key: l.public, Head: h}
	for _, k := range l.keepers {
		if err := keepIn(ctx, k, pin); err != nil {
			return err
		}
	}
	l.kept = h.Size
	return nil
}

func keepIn(ctx context.Context, k Keeper, p Pin) error {
	was, err := k.Kept(ctx)
	if err != nil || was.Key == p.Key && bytes.Equal(was.Head.Signed, p.Head.Signed) {
		return err
	}
	return k.Keep(ctx, p)
}

// compare holds the ledger against its keepers.
func (l *Ledger) compare(ctx context.Context) error {
	for _, k := range l.keepers {
		pin, err := k.Kept(ctx)
		if err != nil {
			return err
		}
		err = l.store.View(ctx, func(r kv.Reader) error {
			h, err := readHead(r, l.public)
			if err != nil {
				return err
			}
			if bad := differs(r, l.public, h, pin); bad != "" {
				return fault.Corrupt.Errorf("%s: %s. If a backup was put back, say so: waymark ledger repin", k.Name(), bad)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// differs says how a ledger is not the one that a pin knows, "" if it is.
func differs(r kv.Reader, public string, h Head, p Pin) string {
	switch {
	case p.Key == "":
		return ""
	case p.Key != public:
		return "the ledger is signed by another key than the one that is kept"
	case p.Head.Size > h.Size:
		return "a head of " + count(p.Head.Size) + " is kept, the ledger has " + count(h.Size) + ": the end was cut off"
	case p.Head.Size == 0:
		return ""
	}
	root, err := tlog.TreeHash(p.Head.Size, hashReader{r})
	if err != nil || root != p.Head.Root {
		return "the first " + count(p.Head.Size) + " are not those of the head that is kept: the ledger was rewritten"
	}
	return ""
}
