package oracletest

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"
)

// asChild names the oracle that this process is to be.
const asChild = "WAYMARK_ORACLE_CHILD"

// patience is how long a child may think about one statement: a thousand times
// what it needs.
const patience = 5 * time.Second

func TestMain(m *testing.M) {
	name := os.Getenv(asChild)
	for _, o := range oracles() {
		if o.name == name {
			serve(o, os.Stdin, os.Stdout)
			return
		}
	}
	os.Exit(m.Run())
}

// answer is what a child says of one statement.
type answer struct {
	Tables map[string]bool
	OK     bool
}

// serve reads statements and answers each.
func serve(o oracle, in io.Reader, out io.Writer) {
	texts, answers := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var text string
		if texts.Decode(&text) != nil {
			return
		}
		var a answer
		a.Tables, a.OK = o.read(text)
		if answers.Encode(a) != nil {
			return
		}
	}
}

// child asks a process of its own, which is replaced when it does not answer.
func child(t *testing.T, name string) func(text string) (map[string]bool, bool) {
	t.Helper()
	var ask func(string) (answer, bool)
	return func(text string) (map[string]bool, bool) {
		if ask == nil {
			ask = start(t, name)
		}
		a, alive := ask(text)
		if !alive {
			t.Logf("%s did not answer for %s", name, text)
			ask = nil
		}
		return a.Tables, a.OK
	}
}

// start runs this program as a child. The second result of asking it is false
// once it is dead.
func start(t *testing.T, name string) func(text string) (answer, bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asChild+"="+name)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()
	})
	texts, answers := json.NewEncoder(in), json.NewDecoder(bufio.NewReader(out))
	return func(text string) (answer, bool) {
		watchdog := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
		defer watchdog.Stop()
		var a answer
		if err := texts.Encode(text); err != nil {
			return a, false
		}
		err := answers.Decode(&a)
		return a, err == nil
	}
}
