package bleveindex

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"waymark/catalog/fault"
)

// A generation is a folder with two folders in it. The engine works in live and
// writes there when it likes; nothing in it is trusted after the process has ended.
// What is trusted is the newest checkpoint: links to the segments, which never
// change, a list of what was in them at one moment, and the manifest over all.
const (
	liveName         = "live"
	checkpointPrefix = "checkpoint-"
	checkpointTemp   = "checkpoint.new"
)

// checkpointEvery bounds how many changes are followed again after a crash, at the
// price of a few synced files.
const checkpointEvery = time.Minute

// newestCheckpoint returns the number of the newest checkpoint in the folder of a
// generation, 0 when there is none.
func newestCheckpoint(gen string) (newest int, err error) {
	list, err := numbered(gen, checkpointPrefix)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	for _, n := range list {
		newest = max(newest, n)
	}
	return newest, err
}

// numbered lists the numbers of the folders in dir whose names begin with prefix.
func numbered(dir, prefix string) (out []int, err error) {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if text, ok := strings.CutPrefix(e.Name(), prefix); ok && e.IsDir() {
			if n, err := strconv.Atoi(text); err == nil {
				out = append(out, n)
			}
		}
	}
	return out, err
}

func checkpointDir(gen string, n int) string {
	return filepath.Join(gen, checkpointPrefix+strconv.Itoa(n))
}

// Verify compares the files of the index in dir with its manifest, opens nothing and
// returns how many files there are. An index that was never filled is sound. It must
// not run beside a process that uses the index.
func Verify(dir string) (files int, err error) {
	defer fault.Wrap(&err, "search index in %s", dir)
	at, err := locate(dir)
	if err != nil || at.checkpoint == 0 {
		return 0, err
	}
	m, err := at.verify()
	return len(m), err
}

// place of what is trusted in an index's folder.
type location struct {
	dir        string
	generation int // 1 for a new index
	checkpoint int // 0 for a new index
}

func (l location) gen() string { return filepath.Join(l.dir, generation(l.generation)) }

// locate finds the checkpoint that counts. Where there should be one and is none,
// the error is fault.Corrupt.
func locate(dir string) (l location, err error) {
	l = location{dir: dir, generation: 1}
	text, err := os.ReadFile(filepath.Join(dir, currentName))
	if errors.Is(err, fs.ErrNotExist) {
		return l, neverFilled(dir)
	}
	if err != nil {
		return l, missing(err, currentName)
	}
	n, err := strconv.Atoi(strings.TrimPrefix(strings.TrimSpace(string(text)), genPrefix))
	if err != nil || n < 1 || string(text) != generation(n)+"\n" {
		return l, fault.Corrupt.Errorf("its file %s is damaged", currentName)
	}
	l.generation = n
	if l.checkpoint, err = newestCheckpoint(l.gen()); err != nil {
		return l, missing(err, generation(n))
	}
	if l.checkpoint == 0 {
		return l, fault.Corrupt.Errorf("it has no checkpoint: its files are gone, or an older Waymark made it")
	}
	return l, nil
}

// neverFilled is nil unless an index without CURRENT had been filled.
func neverFilled(dir string) error {
	list, err := generations(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return missing(err, dir)
	}
	for _, n := range list {
		if k, err := newestCheckpoint(filepath.Join(dir, generation(n))); err != nil || k > 0 {
			return errors.Join(missing(err, dir), fault.Corrupt.Errorf("its file %s is missing", currentName))
		}
	}
	return nil
}

// verify checks the files of the checkpoint.
func (l location) verify() (manifest, error) {
	dir := checkpointDir(l.gen(), l.checkpoint)
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	return m, m.verify(dir)
}

// restore makes the live folder anew from the files of a checkpoint.
func (l location) restore(m manifest) error {
	live := filepath.Join(l.gen(), liveName)
	if err := os.RemoveAll(live); err != nil {
		return err
	}
	if err := os.MkdirAll(live, 0o700); err != nil {
		return err
	}
	from := checkpointDir(l.gen(), l.checkpoint)
	for _, f := range m {
		take := link
		if !strings.HasSuffix(f.name, segmentSuffix) {
			take = copyFile // the engine writes into it
		}
		if err := take(filepath.Join(from, f.name), filepath.Join(live, f.name)); err != nil {
			return err
		}
	}
	return nil
}

// segmentSuffix ends the names of files that the engine writes once.
const segmentSuffix = ".zap"

// link gives a file a second name, or copies it where a file system has no links.
func link(from, to string) error {
	if err := os.Link(from, to); err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) {
		return err
	}
	return copyFile(from, to)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() // only read
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// save makes a checkpoint of what s holds in generation n and removes the one before.
// The caller keeps others from applying.
func save(dir string, n int, s *scorch.Scorch, before manifest) (_ manifest, err error) {
	defer fault.Wrap(&err, "checkpoint of the search index")
	gen := filepath.Join(dir, generation(n))
	last, err := newestCheckpoint(gen)
	if err != nil {
		return nil, explain(err)
	}
	temp := filepath.Join(gen, checkpointTemp)
	m, err := writeCheckpoint(temp, s, before, checkpointDir(gen, last))
	if err != nil {
		return nil, errors.Join(explain(err), os.RemoveAll(temp))
	}
	if err := os.Rename(temp, checkpointDir(gen, last+1)); err != nil {
		return nil, errors.Join(explain(err), os.RemoveAll(temp))
	}
	if err := syncDir(gen); err != nil {
		return nil, explain(err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, currentName)); err != nil || string(text) != generation(n)+"\n" {
		if err := writeCurrent(dir, n); err != nil {
			return nil, explain(err)
		}
	}
	return m, explain(removeOlder(gen, last+1))
}

// removeOlder removes the checkpoints before n, also one that a crash left.
func removeOlder(gen string, n int) error {
	list, err := numbered(gen, checkpointPrefix)
	for _, k := range list {
		if k < n {
			err = errors.Join(err, os.RemoveAll(checkpointDir(gen, k)))
		}
	}
	return err
}

func writeCheckpoint(temp string, s *scorch.Scorch, before manifest, beforeDir string) (m manifest, err error) {
	if err := os.RemoveAll(temp); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(temp, 0o700); err != nil {
		return nil, err
	}
	if err := copyOut(s, temp); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(temp)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		f, known := before.find(e.Name())
		if !known || !sameFile(filepath.Join(temp, f.name), filepath.Join(beforeDir, f.name)) {
			if f, err = sumFile(temp, e.Name()); err != nil {
				return nil, err
			}
		}
		m = append(m, f)
	}
	return m, writeSynced(filepath.Join(temp, manifestName), m.text())
}

// sameFile says whether two names are of one file: a segment is read for its
// checksum once.
func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	two, err := os.Stat(b)
	return err == nil && os.SameFile(one, two)
}

// copyOut lets the engine write one moment of itself into dir.
func copyOut(s *scorch.Scorch, dir string) (err error) {
	r := s.CopyReader()
	snap, ok := r.(*scorch.IndexSnapshot)
	if !ok || snap == nil {
		return fault.Unavailable.Errorf("the search index is closed")
	}
	defer func() { err = errors.Join(err, r.CloseCopyReader()) }()
	to := folder{dir: dir, links: map[string]string{}}
	for _, seg := range snap.Segments() {
		p, ok := seg.Segment().(segment.PersistedSegment)
		if !ok {
			return fault.Unavailable.Errorf("a segment is not written yet")
		}
		to.links[filepath.Base(p.Path())] = p.Path()
	}
	return r.CopyTo(to)
}

// folder is where the engine copies itself to. A segment is linked and not copied.
type folder struct {
	dir   string
	links map[string]string // name of a segment's file -> its path
}

// GetWriter meets index.Directory; nil tells the engine that there is nothing to copy.
func (f folder) GetWriter(path string) (io.WriteCloser, error) {
	name := filepath.Base(path)
	if from, ok := f.links[name]; ok {
		return nil, link(from, filepath.Join(f.dir, name))
	}
	return os.OpenFile(filepath.Join(f.dir, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

var _ index.Directory = folder{}

func writeSynced(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
