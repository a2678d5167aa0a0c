package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

// A second process on the same folder, or on the same port, fails and leaves the
// address of the first where commands look for it.
func TestSecondServerKeepsTheAddressOfTheFirst(t *testing.T) {
	dir := t.TempDir()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w, err := build(t.Context(), inFolder(dir))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- w.serve(ctx, l) }()
	resp, err := http.Get("http://" + l.Addr().String() + "/healthz") // it answers once the address is written
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	for name, args := range map[string][]string{
		"same port":   {"serve", "--data", t.TempDir(), "--addr", l.Addr().String()},
		"same folder": {"serve", "--data", dir, "--addr", "127.0.0.1:0"},
		"command":     {"fsck", "--data", dir},
	} {
		root, _ := newRoot()
		root.SetArgs(args)
		if err := root.ExecuteContext(t.Context()); err == nil {
			t.Errorf("%s: got no error want one", name)
		}
		if got, err := os.ReadFile(filepath.Join(dir, "server")); err != nil || string(got) != l.Addr().String() {
			t.Errorf("%s: got address %q, %v want %s", name, got, err, l.Addr())
		}
	}
	cancel()
	if err := <-served; err != nil {
		t.Error(err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "server")); !os.IsNotExist(err) {
		t.Errorf("after the stop: got %v want no address", err)
	}
}

func inFolder(dir string) *settings {
	s := newSettings()
	s.v.Set("data", dir)
	return s
}
