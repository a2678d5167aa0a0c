package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// process is a server that runs as a process of its own, so that its memory is its own.
type process struct {
	url, data string
	pid       int
}

// startServer serves a catalog of the given lines and stops with the test.
func startServer(t *testing.T, lines string, flags ...string) *process {
	t.Helper()
	p := &process{data: filepath.Join(t.TempDir(), "data")}
	load := exec.Command("waymark", "import", "--data", p.data, "-")
	load.Stdin = strings.NewReader(lines)
	if out, err := load.CombinedOutput(); err != nil {
		t.Fatalf("import: %v\n%.2000s", err, out)
	}
	cmd := exec.Command("waymark", append([]string{"serve", "--data", p.data, "--addr", "127.0.0.1:0"}, flags...)...)
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.pid = cmd.Process.Pid
	t.Cleanup(func() {
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	buf := make([]byte, 4096)
	for text := ""; p.url == ""; {
		n, err := said.Read(buf)
		if text += string(buf[:n]); err != nil {
			t.Fatalf("serve: %v: %s", err, text)
		}
		if _, rest, ok := strings.Cut(text, "http://"); ok && strings.Contains(rest, "\n") {
			p.url = "http://" + strings.TrimSpace(strings.SplitN(rest, "\n", 2)[0])
		}
	}
	go io.Copy(io.Discard, said)
	for range 600 {
		if resp, err := http.Get(p.url + "/readyz"); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				break
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return p
}

// memory returns a line of the process's status in MB.
func (p *process) memory(t *testing.T, line string) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid))
	if err != nil {
		t.Skipf("the memory of another process is read from /proc: %v", err)
	}
	_, rest, _ := strings.Cut(string(text), line+":")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kb >> 10
}

// busy returns how much processor time the process has used.
func (p *process) busy(t *testing.T) time.Duration {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid))
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')'):])) // user and system time are the 14th and 15th, in hundredths
	user, err1 := strconv.Atoi(fields[12])
	system, err2 := strconv.Atoi(fields[13])
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	return time.Duration(user+system) * 10 * time.Millisecond
}

// grown runs f and returns by how many MB the process's memory rose at most above
// what it held before.
func (p *process) grown(t *testing.T, f func()) int {
	t.Helper()
	if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.pid), []byte("5"), 0); err != nil {
		t.Skipf("the peak of memory is reset in /proc: %v", err)
	}
	before := p.memory(t, "VmRSS")
	f()
	return p.memory(t, "VmHWM") - before
}

// post sends a body and returns the answer's status and text.
func (p *process) post(t *testing.T, path, kind string, body []byte) (int, string) {
	t.Helper()
	resp, err := http.Post(p.url+path, kind, bytes.NewReader(body))
	if err != nil {
		t.Fatalf("%s with %.80q: %v", path, body, err)
	}
	defer resp.Body.Close()
	out, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(out)
}

func (p *process) ask(t *testing.T, query string, vars map[string]any) (int, string) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		t.Fatal(err)
	}
	return p.post(t, "/graphql", "application/json", body)
}

// estate is a catalog as JSON Lines: n tables, each fed by the one before.
func estate(n, columns int) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	for i := range n {
		line := map[string]any{"type": "dataset", "platform": "postgres", "name": fmt.Sprintf("shop.s%d.t%d", i%20, i), "description": strings.Repeat("What this table holds. ", 20)}
		var cols []map[string]any
		for c := range columns {
			cols = append(cols, map[string]any{"name": fmt.Sprintf("c%d", c), "type": "text"})
		}
		line["columns"] = cols
		if i > 0 {
			line["upstreams"] = []map[string]any{{"dataset": fmt.Sprintf("shop.s%d.t%d", (i-1)%20, i-1)}}
		}
		if err := enc.Encode(line); err != nil {
			return ""
		}
	}
	return b.String()
}
