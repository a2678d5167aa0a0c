package ui

import (
	"io/fs"
	"testing"
)

func TestBuiltAgreesWithFS(t *testing.T) {
	_, err := fs.Stat(FS(), "index.html")
	if got, want := Built(), err == nil; got != want {
		t.Errorf("got Built() = %v, want %v (stat of index.html: %v)", got, want, err)
	}
}

func TestFSOpensTheRoot(t *testing.T) {
	if _, err := fs.ReadDir(FS(), "."); err != nil {
		t.Fatalf("read the embedded files: %v", err)
	}
}
