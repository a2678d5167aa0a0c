package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/lineage/sqllineage"
)

// TestSQLAnswerIsWhatItsTagsSay compares the hand-written encoder with the
// reflection over the struct tags, which are what the interface documents.
func TestSQLAnswerIsWhatItsTagsSay(t *testing.T) {
	for _, sql := range []string{
		"select a.x, case when b.y > 1 then lower(a.z) else '<\\u2028>' end from a join b on a.id = b.id",
		"create table t as select * from u; insert into \"O'dd\\\"\" select md5(m) from s.t",
		"create procedure p() as $$ begin insert into a select x from b; end $$ language plpgsql",
		"select doc->'a'->>'b', x from j1, j2 where )",
		"selec nothing", "", "set x = 1",
	} {
		script, err := sqllineage.Parse(sqllineage.Postgres, sql, sqllineage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		a := sqlAnswer{ID: json.RawMessage(`"q<1>"`), Script: script}
		got, err := a.encode()
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		tagged := struct {
			ID json.RawMessage `json:"id,omitempty"`
			sqllineage.Script
		}{a.ID, script}
		if err := printJSON(&want, tagged); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), string(got)); diff != "" {
			t.Errorf("%q: (-reflection +encoder):\n%s", sql, diff)
		}
	}
}

func TestSQLRequestDecodes(t *testing.T) {
	var known schemaCache
	var r sqlRequest
	line := `{"id":[1,"x"],"sql":"select \u0061 from t","later":{"x":[1]},"dialect":null,"schemas":{"s.t":{"b":"int","a":{"of":1}},"u":["c"]},"default_db":"d"}`
	if err := r.decode([]byte(line), &known); err != nil {
		t.Fatal(err)
	}
	if string(r.ID) != `[1,"x"]` || r.SQL != "select a from t" || r.DefaultDB != "d" {
		t.Errorf("got id %s, sql %q, db %q", r.ID, r.SQL, r.DefaultDB)
	}
	got, ok := r.Schemas.Table([]string{"s", "t"})
	if diff := cmp.Diff([]string{"b", "a"}, got.Columns); !ok || diff != "" {
		t.Errorf("columns in the order of the text (-want +got):\n%s", diff)
	}
	first := r.Schemas
	if err := r.decode([]byte(strings.Replace(line, "select", "SELECT", 1)), &known); err != nil || fmt.Sprintf("%p", r.Schemas) != fmt.Sprintf("%p", first) {
		t.Errorf("got other schemas, %v; want those of the first request, which has the same text", err)
	}
}

func TestSQLRequestRefuses(t *testing.T) {
	for _, line := range []string{"", "[]", "{", `{"sql":1}`, `{"sql":"it's 'secret"`, `{"id":{"a" 1},"sql":"x"}`, `{"sql":"x"} trailing`, `{"schemas":{"t":1}}`, `{"schemas":[]}`} {
		var r sqlRequest
		err := r.decode([]byte(line), &schemaCache{})
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: got %v, want an error without the text", line, err)
		}
	}
}

// TestSQLBatchKeepsTheOrder sends many requests of very different length through
// the workers.
func TestSQLBatchKeepsTheOrder(t *testing.T) {
	const n = 500
	var in strings.Builder
	for i := range n {
		fmt.Fprintf(&in, "{\"id\":%d,\"sql\":\"select %sa from t\"}\n\n", i, strings.Repeat("a, ", i%7*200))
	}
	out := runSQLBatch(t, in.String(), "")
	for i, line := range strings.Split(strings.TrimSpace(out), "\n") {
		if want := fmt.Sprintf(`{"id":%d,`, i); !strings.HasPrefix(line, want) {
			t.Fatalf("answer %d: got %.40s want %s", i, line, want)
		}
	}
	if got := strings.Count(out, "\n"); got != n {
		t.Errorf("got %d answers want %d", got, n)
	}
}

func TestSQLBatchEndsAtTheFirstBadLine(t *testing.T) {
	out := runSQLBatch(t, "{\"id\":1,\"sql\":\"select 1\"}\n{\"sql\":\n{\"id\":3,\"sql\":\"select 3\"}\n", "line 2")
	if !strings.HasPrefix(out, `{"id":1,`) || strings.Count(out, "\n") != 1 {
		t.Errorf("got %q, want the answer of line 1 alone", out)
	}
}

// TestSQLBatchAnswersAtOnce is a program that sends one request and waits.
func TestSQLBatchAnswersAtOnce(t *testing.T) {
	in, send := io.Pipe()
	got, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		w := bufio.NewWriter(out)
		b := sqlBatch{out: w, name: "test"}
		ended <- b.run(in)
	}()
	answers := bufio.NewReader(got)
	for i := range 3 {
		if _, err := fmt.Fprintf(send, "{\"id\":%d,\"sql\":\"select 1\"}\n", i); err != nil {
			t.Fatal(err)
		}
		if line, err := answers.ReadString('\n'); err != nil || !strings.HasPrefix(line, fmt.Sprintf(`{"id":%d,`, i)) {
			t.Fatalf("got %q, %v", line, err)
		}
	}
	if err := send.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// runSQLBatch returns what a batch prints; want is what its error must hold.
func runSQLBatch(t *testing.T, in, want string) string {
	t.Helper()
	var out bytes.Buffer
	b := sqlBatch{out: bufio.NewWriter(&out), name: "test"}
	err := b.run(strings.NewReader(in))
	if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
		t.Fatalf("got error %v, want %q", err, want)
	}
	if err := b.out.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// BenchmarkSQLBatch is requests with schemas, from text to text.
func BenchmarkSQLBatch(b *testing.B) {
	columns := strings.Repeat(`"a_column_of_the_table":"character varying(20)",`, 80)
	line := `{"id":"r","dialect":"postgres","sql":"select t.id, sum(u.amount) as total from s.t join s.u on u.id = t.id where t.day > current_date group by t.id","schemas":{"s.t":{` +
		columns + `"id":"int"},"s.u":{"id":"int","amount":"numeric"}}}` + "\n"
	in := strings.Repeat(line, 1000)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		batch := sqlBatch{out: bufio.NewWriter(io.Discard), name: "bench"}
		if err := batch.run(strings.NewReader(in)); err != nil {
			b.Fatal(err)
		}
	}
}
