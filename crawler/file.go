package crawler

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"waymark/catalog/fault"
)

// OpenFile opens a file for reading and refuses whatever is no regular file: to open
// or read a FIFO, a device or a socket may wait for ever, or never end.
func OpenFile(path string) (*os.File, error) {
	if err := regular(os.Stat(path)); err != nil {
		return nil, reasonOf(err)
	}
	// It may have become a FIFO since; without O_NONBLOCK opening that would wait.
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, reasonOf(err)
	}
	if err := regular(f.Stat()); err != nil {
		return nil, errors.Join(reasonOf(err), f.Close())
	}
	return f, nil
}

// RegularFile is nil, or says why a file cannot be read as OpenFile would read it.
func RegularFile(path string) error { return reasonOf(regular(os.Stat(path))) }

func regular(info fs.FileInfo, err error) error {
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return fault.Invalid.Errorf("it is a folder")
	case !info.Mode().IsRegular():
		return fault.Invalid.Errorf("it is no regular file but a pipe, a device or a socket, whose reading may never end")
	}
	return nil
}

// reasonOf leaves out the path, which whoever asked puts before it.
func reasonOf(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// readFile reads a small file whole.
func readFile(path string) (text []byte, err error) {
	f, err := OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read
	return io.ReadAll(io.LimitReader(f, 1<<20))
}
