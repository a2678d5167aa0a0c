//go:build !linux

package boltkv

// forget has no portable way to drop a file from memory.
func forget(string) {}
