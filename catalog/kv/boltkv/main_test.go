package boltkv

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// childEnv names the part that this test binary plays when a test starts it once
// more, as the process that is killed or that runs out of room.
const childEnv = "BOLTKV_CHILD"

func TestMain(m *testing.M) {
	parts := map[string]func(path string) error{"writer": childWriter, "full": childFull}
	part, ok := parts[os.Getenv(childEnv)]
	if !ok {
		os.Exit(m.Run())
	}
	if err := part(os.Args[1]); err != nil {
		fmt.Println("child:", err)
		os.Exit(1)
	}
}

func child(t *testing.T, part, path string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, path)
	cmd.Env = append(os.Environ(), childEnv+"="+part)
	return cmd
}
