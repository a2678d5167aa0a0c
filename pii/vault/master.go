package vault

import (
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"

	"waymark/catalog/fault"
)

const masterSize = 32

// masterKey is what a key file holds. Its id is random and tells nothing of it.
type masterKey struct {
	id     string
	secret []byte
}

// readMaster reads the key file, or makes it when the store wants no key yet. The
// first error seals the vault, the second stops the program.
func readMaster(path, wanted string) (m masterKey, sealed, err error) {
	text, err := os.ReadFile(path)
	switch {
	case err == nil:
		m, sealed = parseMaster(path, string(text))
	case os.IsNotExist(err) && wanted == "":
		m = masterKey{id: hex.EncodeToString(random(8)), secret: random(masterSize)}
		return m, nil, fault.Unavailable.Of(writeMaster(path, m))
	case os.IsNotExist(err):
		sealed = fault.Unavailable.Errorf("the privacy store is sealed: its master key %s is missing; put the key file back at %s", wanted, path)
	default:
		sealed = fault.Unavailable.Errorf("the privacy store is sealed: its key file cannot be read: %w", err)
	}
	if sealed == nil && wanted != "" && wanted != m.id {
		sealed = fault.Unavailable.Errorf("the privacy store is sealed: it wants the master key %s, the file %s holds %s", wanted, path, m.id)
	}
	return m, sealed, nil
}

// parseMaster reads "id base64". Its error quotes nothing of the file.
func parseMaster(path, text string) (masterKey, error) {
	id, secret, _ := strings.Cut(strings.TrimSpace(text), " ")
	raw, err := base64.StdEncoding.DecodeString(secret)
	if err != nil || len(raw) != masterSize || id == "" {
		return masterKey{}, fault.Unavailable.Errorf("the privacy store is sealed: the file %s holds no master key", path)
	}
	return masterKey{id: id, secret: raw}, nil
}

// writeMaster makes the key file for its owner alone, whole or not at all.
func writeMaster(path string, m masterKey) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(m.id + " " + base64.StdEncoding.EncodeToString(m.secret) + "\n")
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
