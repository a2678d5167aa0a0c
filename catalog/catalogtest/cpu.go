package catalogtest

import (
	"syscall"
	"testing"
	"time"
)

// CPU returns the processor time that this process has used so far, garbage
// collection included. All benchmarks take their time per operation from it.
func CPU(b testing.TB) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
