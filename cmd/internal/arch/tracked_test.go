package arch

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// topFiles are the files and folders at the root besides those for Go and dot-files.
var topFiles = []string{"LICENSE", "Makefile", "README.md", "go.mod", "go.sum"}

// maxTracked is the size in bytes of the largest file that git may track. Pictures
// and lock files are smaller; what go build makes is not.
const maxTracked = 512 << 10

// TestTrackedFiles refuses what does not belong into the repository: a binary that
// go build left at the root, a large file anywhere.
func TestTrackedFiles(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	out, err := exec.Command("git", "-C", root, "ls-files", "-z").Output()
	if err != nil {
		t.Skipf("a checkout made by git would enable this test: %v", err)
	}
	names := strings.Split(strings.TrimRight(string(out), "\x00"), "\x00")
	if len(names) < 1000 {
		t.Fatalf("git tracks %d files, want all of the repository", len(names))
	}
	for _, name := range names {
		var size int64
		if info, err := os.Lstat(filepath.Join(root, name)); err == nil { // it may be deleted and not yet committed
			size = info.Size()
		}
		if why := misplaced(name, size); why != "" {
			t.Error(why)
		}
	}
}

// misplaced says why git must not track a file, or nothing.
func misplaced(name string, size int64) string {
	top, _, nested := strings.Cut(name, "/")
	known := strings.HasPrefix(top, ".") || nested && slices.Contains(topLevel, top) || !nested && slices.Contains(topFiles, top)
	switch {
	case !known:
		return name + " does not belong at the root"
	case size > maxTracked:
		return name + " is too large to be tracked"
	}
	return ""
}

func TestMisplaced(t *testing.T) {
	for _, tt := range []struct {
		name string
		size int64
		want bool
	}{
		{"waymark", 56 << 20, true}, {"waymark", 1, true}, {"notes/todo.md", 1, true}, {"cmd", 1, true}, {"cmd/waymark/demo.bin", maxTracked + 1, true},
		{"cmd/waymark/main.go", 900, false}, {".ci/run", 60, false}, {"README.md", 8000, false}, {"ui/package-lock.json", 200_000, false},
	} {
		if got := misplaced(tt.name, tt.size); (got != "") != tt.want {
			t.Errorf("%s of %d bytes: got %q, want refused: %t", tt.name, tt.size, got, tt.want)
		}
	}
}
