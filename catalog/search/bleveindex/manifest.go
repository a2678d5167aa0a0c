package bleveindex

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"waymark/catalog/fault"
)

// manifestName is the file of a checkpoint that lists the other files. Its last line
// is a checksum of the lines before it.
const manifestName = "MANIFEST"

const manifestTitle = "waymark search index, files of a checkpoint, format 1\n"

// file is one line of a manifest.
type file struct {
	name, sum string
	size      int64
}

// manifest lists the files of a checkpoint, which never change after it was made.
type manifest []file

func (m manifest) text() []byte {
	var b bytes.Buffer
	b.WriteString(manifestTitle)
	for _, f := range m {
		fmt.Fprintf(&b, "%s %d %s\n", f.sum, f.size, f.name)
	}
	fmt.Fprintf(&b, "end %x\n", sha256.Sum256(b.Bytes()))
	return b.Bytes()
}

func (m manifest) find(name string) (file, bool) {
	i := slices.IndexFunc(m, func(f file) bool { return f.name == name })
	if i < 0 {
		return file{}, false
	}
	return m[i], true
}

// readManifest reads the list of a checkpoint and refuses one that was altered.
func readManifest(dir string) (m manifest, err error) {
	text, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, missing(err, manifestName)
	}
	for line := range strings.Lines(string(text)) {
		var f file
		if _, err := fmt.Sscanf(line, "%64s %d %s\n", &f.sum, &f.size, &f.name); err == nil {
			m = append(m, f)
		}
	}
	if !bytes.Equal(m.text(), text) {
		return nil, fault.Corrupt.Errorf("the list of its files is damaged")
	}
	return m, nil
}

// verify reads every listed file and compares size and checksum.
func (m manifest) verify(dir string) error {
	for _, want := range m {
		got, err := sumFile(dir, want.name)
		if err != nil {
			return missing(err, want.name)
		}
		if got != want {
			return fault.Corrupt.Errorf("its file %s is damaged: %d bytes where %d were written, or other content", want.name, got.size, want.size)
		}
	}
	return nil
}

// missing tells a file that is not there, which is damage, from one that cannot be
// read now, which is not.
func missing(err error, name string) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Corrupt.Errorf("its file %s is missing", name)
	}
	if fault.KindOf(err) == fault.Internal {
		return fault.Unavailable.Of(err)
	}
	return err
}

func sumFile(dir, name string) (file, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return file{}, err
	}
	defer f.Close() // only read
	h := sha256.New()
	n, err := io.Copy(h, f)
	return file{name: name, size: n, sum: hex.EncodeToString(h.Sum(nil))}, err
}
