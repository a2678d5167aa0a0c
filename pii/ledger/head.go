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

// openNote verifies a note of one signature and returns its text. The note must be
// printed as sign prints it: whatever a reader would skip, such as a second signature
// or free bits of base64, is refused, so that no byte of it can be changed unnoticed.
func openNote(signed []byte, public string) (string, error) {
	verifier, err := note.NewVerifier(public)
	if err != nil {
		return "", fault.Invalid.Errorf("the key %q is none of a ledger", public)
	}
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return "", fault.Corrupt.Errorf("a signature does not hold: %w", err)
	}
	if len(n.Sigs) != 1 || len(n.UnverifiedSigs) > 0 {
		return "", fault.Corrupt.Errorf("a signed text carries other signatures")
	}
	sig, err := base64.StdEncoding.DecodeString(n.Sigs[0].Base64)
	again := n.Text + "\n— " + n.Sigs[0].Name + " " + base64.StdEncoding.EncodeToString(sig) + "\n"
	if err != nil || again != string(signed) {
		return "", fault.Corrupt.Errorf("a signed text is not in the form in which it was printed")
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
	if text != h.text() {
		return h, fault.Corrupt.Errorf("a signed head is not in the form in which it was printed")
	}
	h.Signed = append([]byte(nil), signed...)
	return h, nil
}

// readHead returns the newest head, with its signature verified; a new ledger has
// the zero Head.
func readHead(r kv.Reader, public string) (Head, error) {
	val, ok, err := r.Get(bucketHead, keyHead)
	if err != nil || !ok {
		return Head{}, err
	}
	return openHead(val, public)
}

// Head returns the newest signed head. Its Signed form belongs on another machine:
// only against a head kept elsewhere can a cut tail be found.
func (l *Ledger) Head(ctx context.Context) (h Head, err error) {
	err = l.store.View(ctx, func(r kv.Reader) error {
		h, err = readHead(r, l.public)
		return err
	})
	return h, err
}

// pending is added to the path of a key that is being made. The store learns the key
// in between, so that a crash leaves neither a key without a ledger nor the reverse.
const pending = ".new"

// loadKey reads the signing key of a ledger that knows its public key.
func loadKey(path, known string) (note.Signer, error) {
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		if err = settleKey(path, known); err == nil {
			text, err = os.ReadFile(path)
		}
	}
	if os.IsNotExist(err) {
		return nil, fault.Unavailable.Errorf("the ledger's signing key %s is missing; put it back, nothing can be recorded without it", path)
	}
	if err != nil {
		return nil, fault.Unavailable.Errorf("the ledger's signing key: %w", err)
	}
	signer, public, err := parseKey(path, string(text))
	if err == nil && public != known {
		err = fault.Unavailable.Errorf("the key in %s is not the one that signed this ledger", path)
	}
	return signer, err
}

// settleKey finishes what makeKey began before a crash.
func settleKey(path, known string) error {
	text, err := os.ReadFile(path + pending)
	if err != nil {
		return err
	}
	if _, public, err := parseKey(path+pending, string(text)); err != nil || public != known {
		return os.ErrNotExist
	}
	return publishKey(path)
}

// makeKey makes the key of a new ledger under a name that does not count yet.
func makeKey(path string) (public string, err error) {
	if _, err := os.Stat(path); err == nil {
		return "", fault.Corrupt.Errorf("the signing key %s is there but its ledger is not: the privacy store was removed or emptied. Put the store back; to begin anew in spite of it, move the key away", path)
	}
	secret, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return "", fault.Internal.Of(err)
	}
	if err := os.Remove(path + pending); err != nil && !os.IsNotExist(err) {
		return "", fault.Unavailable.Errorf("keep the ledger's signing key: %w", err)
	}
	if err := writeKey(path+pending, secret+"\n"+public+"\n"); err != nil {
		return "", fault.Unavailable.Errorf("keep the ledger's signing key: %w", err)
	}
	return public, nil
}

// publishKey gives the key its name. A link, unlike a rename, never replaces a key.
func publishKey(path string) error {
	if err := os.Link(path+pending, path); err != nil {
		return err
	}
	if err := os.Remove(path + pending); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func parseKey(path, text string) (note.Signer, string, error) {
	secret, rest, _ := strings.Cut(text, "\n")
	public := strings.TrimSpace(rest)
	signer, err := note.NewSigner(strings.TrimSpace(secret))
	if err != nil {
		// The error of note may quote the key, so it is not passed on.
		return nil, "", fault.Unavailable.Errorf("the file %s holds no signing key of a ledger", path)
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

// ParseHeads splits a file of exported heads, one after the other.
func ParseHeads(text []byte) (out [][]byte, err error) {
	for i, part := range strings.Split("\n"+string(text), "\n"+origin+"\n") {
		part = strings.Trim(part, "\n")
		switch {
		case i == 0 && part != "":
			return nil, fault.Invalid.Errorf("this is no file of ledger heads")
		case part != "":
			out = append(out, []byte(origin+"\n"+part+"\n"))
		}
	}
	if len(out) == 0 {
		return nil, fault.Invalid.Errorf("this is no file of ledger heads")
	}
	return out, nil
}
