package boltkv

import (
	"os"

	"golang.org/x/sys/unix"
)

// forget asks the system to drop its copy of a file from memory: after a failed
// sync the copy may differ from the disk and yet count as written. It is advice;
// what cannot be dropped is read as it is.
func forget(path string) {
	f, err := os.Open(path)
	if err != nil {
		return // the open that follows tells why
	}
	_ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
	_ = f.Close()
}
