package ledger

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// origin names the kind of log in the first line of every head and in its key.
const origin = "waymark-ledger"

// Head fixes a ledger of Size entries by the hash of its tree.
type Head struct {
	Size   int64
	Root   tlog.Hash
	Signed []byte // as a signed note: what is exported and kept elsewhere
}

// text is the form of a checkpoint that witnesses of transparency logs read.
func (h Head) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, h.Size, base64.StdEncoding.EncodeToString(h.Root[:]))
}

func sign(h Head, signer note.Signer) ([]byte, error) {
	signed, err := note.Sign(&note.Note{Text: h.text()}, signer)
	if err != nil {
		return nil, fault.Internal.Of(err)
	}
	return signed, nil
}

// openHead verifies a signed head with a public key.
func openHead(signed []byte, public string) (Head, error) {
	text, err := openNote(signed, public)
	if err != nil {
		return Head{}, err
	}
	return parseHead(text, signed)
}

func openNote(signed []byte, public string) (string, error) {
	verifier, err := note.NewVerifier(public)
	if err != nil {
		return "", fault.Invalid.Errorf("the key %q is none of a ledger", public)
	}
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return "", fault.Corrupt.Errorf("a signature does not hold: %w", err)
	}
	return n.Text, nil
}

func parseHead(text string, signed []byte) (h Head, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] != origin {
		return h, fault.Corrupt.Errorf("a signed head has the wrong form")
	}
	root, bad := base64.StdEncoding.DecodeString(lines[2])
	if _, err := fmt.Sscanf(lines[1], "%d", &h.Size); err != nil || bad != nil || len(root) != tlog.HashSize {
		return h, fault.Corrupt.Errorf("a signed head has the wrong form")
	}
	copy(h.Root[:], root)
	h.Signed = append([]byte(nil), signed...)
	return h, nil
}

// readHead returns the newest head; a new ledger has the zero Head. The signature
// is not looked at: Append relies on the tree that the store has just shown.
func readHead(r kv.Reader) (Head, error) {
	val, ok, err := r.Get(bucketHead, keyHead)
	if err != nil || !ok {
		return Head{}, err
	}
	text, _, ok := strings.Cut(string(val), "\n\n")
	if !ok {
		return Head{}, fault.Corrupt.Errorf("the ledger's head has the wrong form")
	}
	return parseHead(text+"\n", val)
}

// Head returns the newest signed head. Its Signed form belongs on another machine:
// only against a head kept elsewhere can a cut tail be found.
func (l *Ledger) Head(ctx context.Context) (h Head, err error) {
	err = l.store.View(ctx, func(r kv.Reader) error {
		h, err = readHead(r)
		return err
	})
	return h, err
}

// loadKey reads the signing key, or makes it when no ledger knows a key yet.
func loadKey(path, known string) (note.Signer, string, error) {
	text, err := os.ReadFile(path)
	switch {
	case err == nil:
		return parseKey(path, string(text), known)
	case !os.IsNotExist(err):
		return nil, "", fault.Unavailable.Errorf("the ledger's signing key: %w", err)
	case known != "":
		return nil, "", fault.Unavailable.Errorf("the ledger's signing key %s is missing; put it back, nothing can be recorded without it", path)
	}
	secret, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, "", fault.Internal.Of(err)
	}
	if err := writeKey(path, secret+"\n"+public+"\n"); err != nil {
		return nil, "", fault.Unavailable.Errorf("keep the ledger's signing key: %w", err)
	}
	return parseKey(path, secret+"\n"+public+"\n", known)
}

func parseKey(path, text, known string) (note.Signer, string, error) {
	secret, rest, _ := strings.Cut(text, "\n")
	public := strings.TrimSpace(rest)
	signer, err := note.NewSigner(strings.TrimSpace(secret))
	if err != nil {
		// The error of note may quote the key, so it is not passed on.
		return nil, "", fault.Unavailable.Errorf("the file %s holds no signing key of a ledger", path)
	}
	if known != "" && public != known {
		return nil, "", fault.Unavailable.Errorf("the key in %s is not the one that signed this ledger", path)
	}
	return signer, public, nil
}

// writeKey makes a file for its owner alone, whole or not at all.
func writeKey(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone already when all went well
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Sync()
	}
	if bad := f.Close(); err == nil {
		err = bad
	}
	if err != nil {
		return err
	}
	// A link, unlike a rename, never replaces a key that somebody made meanwhile.
	if err := os.Link(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if bad := d.Close(); err == nil {
		err = bad
	}
	return err
}
