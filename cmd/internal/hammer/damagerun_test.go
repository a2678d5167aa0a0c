package hammer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"waymark/catalog/kv"
	"waymark/catalog/kv/boltkv"
)

// keyFiles lie beside a data folder.
var keyFiles = []string{".privacy-key", ".privacy-key.sign", ".privacy-key.sign.pin"}

// specimen is a sound data folder of the sample company, and what the binary says of
// it.
type specimen struct {
	binary   string
	dir      string
	queries  string
	found    string // by the queries
	exported string
	dumped   string
}

// The subjects and queries of the specimen.
const (
	damageSubjects = "mary.ellis@example.org wei.chen@example.org"
	damageQueries  = "revenue|orders|students by country|churn|who owns enrolments|sales daily|course|email"
)

func newSpecimen(t *testing.T) *specimen {
	t.Helper()
	home := t.TempDir()
	s := &specimen{binary: filepath.Join(home, "waymark"), dir: filepath.Join(home, "data"), queries: filepath.Join(home, "queries.jsonl")}
	build := exec.Command("go", "build", "-o", s.binary, "waymark/cmd/waymark")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the binary: %v\n%s", err, text)
	}
	var lines strings.Builder
	for i, q := range strings.Split(damageQueries, "|") {
		fmt.Fprintf(&lines, "{\"id\":\"%d\",\"query\":%q}\n", i, q)
	}
	if err := os.WriteFile(s.queries, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	c := trial{dir: s.dir}
	s.must(t, c, "", "demo", "--prepare")
	for subject := range strings.FieldsSeq(damageSubjects) {
		s.must(t, c, "email="+subject+"\n", "request", "create", "--kind", "erasure", "--law", "gdpr", "--subject", "-", "--as", "rafael")
	}
	s.must(t, c, `{"type":"dataset","platform":"postgres","name":"late.arrivals.orders"}`+"\n", "import", "-") // a second segment
	s.exported = s.must(t, c, "", "export")
	var err error
	if s.found, err = s.search(c); err != nil || !strings.Contains(s.found, "revenue") {
		t.Fatalf("got answers %q, %v", s.found, err)
	}
	if s.dumped, err = s.dump(s.dir); err != nil || !strings.Contains(s.dumped, "privacy/privacy.db") {
		t.Fatalf("got dump %q, %v", s.dumped, err)
	}
	if got, err := s.fsck(c); got != sound {
		t.Fatalf("the specimen: got %q, %v want it sound", got, err)
	}
	return s
}

func (s *specimen) must(t *testing.T, c trial, stdin string, args ...string) string {
	t.Helper()
	r, err := s.feed(c, stdin, args...)
	if err != nil || r.code != 0 {
		t.Fatalf("%q: got %d, %v, %s", args, r.code, err, r.errs)
	}
	return r.out
}

// files lists the files below a folder of the specimen, but for empty ones.
func (s *specimen) files(t *testing.T, below string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(s.dir, below), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Size() > 0 {
			name, _ := filepath.Rel(s.dir, path)
			out = append(out, name)
		}
		return err
	})
	if err != nil || len(out) < 3 {
		t.Fatalf("got files %q, %v want some", out, err)
	}
	return out
}

// copy copies the specimen, with or without the marks of a clean stop.
func (s *specimen) copy(dir string, clean bool) error {
	if err := copyFolder(s.dir, dir); err != nil {
		return err
	}
	for _, ext := range keyFiles {
		if err := copyFile(s.dir+ext, dir+ext); err != nil {
			return err
		}
	}
	if clean {
		return s.remark(dir)
	}
	for _, path := range []string{"catalog.db.clean", "privacy/privacy.db.clean"} {
		if err := os.Remove(filepath.Join(dir, path)); err != nil {
			return err
		}
	}
	return nil
}

// remark writes the inode of each copy into its mark, as its own stop had done.
func (s *specimen) remark(dir string) error {
	for _, path := range []string{"catalog.db", "privacy/privacy.db"} {
		was, err := os.Stat(filepath.Join(s.dir, path))
		if err != nil {
			return err
		}
		is, err := os.Stat(filepath.Join(dir, path))
		if err != nil {
			return err
		}
		mark, err := os.ReadFile(filepath.Join(dir, path+".clean"))
		if err != nil {
			return err
		}
		inode := func(i os.FileInfo) []byte { return fmt.Appendf(nil, "inode %d ", i.Sys().(*syscall.Stat_t).Ino) }
		if !bytes.Contains(mark, inode(was)) {
			return fmt.Errorf("%s: the mark %q has another inode", path, mark)
		}
		if err := os.WriteFile(filepath.Join(dir, path+".clean"), bytes.Replace(mark, inode(was), inode(is), 1), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// copyFolder copies what a data folder of Waymark holds; the files of the sample
// company beside it are left out.
func copyFolder(from, to string) error {
	for _, path := range []string{"catalog.db", "catalog.db.clean"} {
		if err := copyFile(filepath.Join(from, path), filepath.Join(to, path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return errors.Join(
		os.CopyFS(filepath.Join(to, "index"), os.DirFS(filepath.Join(from, "index"))),
		os.CopyFS(filepath.Join(to, "privacy"), os.DirFS(filepath.Join(from, "privacy"))))
}

func copyFile(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o600)
}

// said is what one run of the binary said.
type said struct {
	out, errs string
	code      int
}

// longestRun is beyond what any command needs: more is a hang.
const longestRun = 2 * time.Minute

func (s *specimen) waymark(c trial, args ...string) (said, error) { return s.feed(c, "", args...) }

// feed runs the binary on a copy. That it panics, dies by a signal or hangs is the
// error.
func (s *specimen) feed(c trial, stdin string, args ...string) (said, error) {
	ctx, cancel := context.WithTimeout(context.Background(), longestRun)
	defer cancel()
	cmd := exec.CommandContext(ctx, s.binary, append(args, "--data", c.dir)...)
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &errs
	err := cmd.Run()
	r := said{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return r, fmt.Errorf("%q hangs", args)
	case r.code < 0 || crashed(r.errs):
		return r, fmt.Errorf("%q crashes: %s", args, r.errs)
	case err != nil && !errors.As(err, &exit):
		return r, err
	}
	return r, nil
}

func crashed(text string) bool {
	return strings.Contains(text, "goroutine ") || strings.Contains(text, "panic:") || strings.Contains(text, "fatal error:")
}

const sound = "sound"

// fsck returns sound, or what is damaged.
func (s *specimen) fsck(c trial) (string, error) {
	r, err := s.waymark(c, "fsck")
	if err != nil || r.code == 0 {
		return sound, err
	}
	if r.code != 1 || !strings.Contains(r.errs, "damage") && !strings.Contains(r.errs, "damaged") {
		return "", fmt.Errorf("fsck ends with %d and says %q", r.code, r.errs)
	}
	return r.out, nil
}

// search asks the queries in one process.
func (s *specimen) search(c trial) (string, error) {
	return found(s.waymark(c, "search", "--batch", s.queries, "--json"))
}

// found keeps of answers what does not move with the clock: totals, names, order.
func found(r said, err error) (string, error) {
	if err != nil || r.code != 0 {
		return "", errors.Join(err, fmt.Errorf("search ends with %d: %s", r.code, r.errs))
	}
	var out strings.Builder
	for line := range strings.Lines(r.out) {
		var a struct {
			ID, Note string
			Total    int
			Hits     []struct{ URN, Stage string }
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			return "", err
		}
		fmt.Fprintln(&out, a.ID, a.Total, a.Note, a.Hits)
	}
	return out.String(), nil
}

// searchServed asks them of a server, once it says that it is ready.
func (s *specimen) searchServed(c trial) (out string, err error) {
	cmd := exec.Command(s.binary, "serve", "--addr", "127.0.0.1:0", "--data", c.dir)
	var errs bytes.Buffer
	from, err := cmd.StderrPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	address := make(chan string, 1)
	read := make(chan struct{})
	go func() {
		defer close(read)
		buf := make([]byte, 4096)
		for {
			n, err := from.Read(buf)
			errs.Write(buf[:n])
			if _, rest, ok := strings.Cut(errs.String(), "Waymark answers on "); ok && strings.Contains(rest, "\n") && len(address) == 0 {
				line, _, _ := strings.Cut(rest, "\n")
				address <- line
			}
			if err != nil {
				return
			}
		}
	}()
	defer func() {
		stopped := time.AfterFunc(longestRun, func() { _ = cmd.Process.Kill() })
		defer stopped.Stop()
		bad := cmd.Process.Signal(syscall.SIGTERM)
		<-read
		if err = errors.Join(err, bad, cmd.Wait()); crashed(errs.String()) {
			err = fmt.Errorf("the server crashes: %s", errs.String())
		}
	}()
	select {
	case url := <-address:
		if err := ready(url); err != nil {
			return "", err
		}
		return found(s.waymark(c, "search", "--batch", s.queries, "--json", "--server", url))
	case <-time.After(longestRun):
		return "", errors.New("the server does not start")
	}
}

// ready waits until a server has rebuilt its index.
func ready(url string) error {
	last := ""
	for until := time.Now().Add(longestRun); time.Now().Before(until); {
		resp, err := http.Get(url + "/readyz")
		if err != nil {
			return err
		}
		text, err := io.ReadAll(resp.Body)
		if err := errors.Join(err, resp.Body.Close()); err != nil {
			return err
		}
		if last = string(text); strings.HasPrefix(last, "ready\n") {
			return nil
		}
	}
	return fmt.Errorf("the server does not become ready: %s", last)
}

// dump is a digest of every record of both stores, as it is stored. It is made in
// another process, for a damaged store may end it.
func (s *specimen) dump(dir string) (string, error) {
	cmd := exec.Command(os.Args[0], "-test.run", "^TestDumpOfStores$")
	cmd.Env = append(os.Environ(), dumpOf+"="+dir)
	text, err := cmd.Output()
	out, _, _ := strings.Cut(string(text), "end of dump")
	return out, err
}

const dumpOf = "WAYMARK_HAMMER_DUMP"

// TestDumpOfStores is the other process.
func TestDumpOfStores(t *testing.T) {
	dir := os.Getenv(dumpOf)
	if dir == "" {
		return // nobody asked
	}
	for _, path := range []string{"catalog.db", "privacy/privacy.db"} {
		sum, err := digest(filepath.Join(dir, path))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("%s %s\n", path, sum)
	}
	fmt.Println("end of dump")
}

func digest(path string) (string, error) {
	h := sha256.New()
	n, err := eachRecord(path, func(b kv.Bucket, p kv.Pair) { fmt.Fprintf(h, "%q %x %x\n", b, p.Key, p.Val) })
	return fmt.Sprintf("%d %x", n, h.Sum(nil)), err
}

// eachRecord shows every record as it is stored and returns how many there are.
func eachRecord(path string, show func(kv.Bucket, kv.Pair)) (n int, err error) {
	store, err := boltkv.Open(path, boltkv.Options{ReadOnly: true})
	if err != nil {
		return 0, err
	}
	err = store.View(context.Background(), func(r kv.Reader) error {
		buckets := []kv.Bucket{"tally"}
		for p, err := range r.Scan("tally", nil, nil) {
			if err != nil {
				return err
			}
			if b := kv.Bucket(p.Key); b != "tally" {
				buckets = append(buckets, b)
			}
		}
		for _, b := range buckets {
			for p, err := range r.Scan(b, nil, nil) {
				if err != nil {
					return err
				}
				n++
				show(b, p)
			}
		}
		return nil
	})
	return n, errors.Join(err, store.Close())
}
