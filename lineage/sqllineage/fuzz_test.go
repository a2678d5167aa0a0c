package sqllineage

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// seeds adds the statements of all goldens to a fuzz corpus.
func seeds(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		f.Fatalf("got %d golden files, %v; want some", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range parseArchive(string(data)).files {
			if part.name == "query.sql" {
				f.Add(part.data)
			}
		}
	}
	for _, s := range []string{"", ";", "''", "'", "\"", "`", "[", "$$", "$a$", "/*", "--", "{{", "{%", "q'[", "((((", "))))", "SELECT", "CASE CASE CASE", "a.b.c.d.e.f",
		"SELECT * FROM", "WITH a AS (", "\x00\xff", "BEGIN BEGIN BEGIN", "IF IF IF", "DELIMITER //", "GO\nGO", "@", ":", "?::?.", "1..2", "0x", "1e", "SELECT a FROM t WHERE x = 'it''s' AND y = \"q\""} {
		f.Add(s)
	}
}

// slow is far above what any text of a fuzzer's size may take.
const slow = time.Second

func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, sql string) {
		for _, d := range append(Dialects(), "") {
			start := time.Now()
			s, err := Parse(d, sql, Options{Schemas: Static(map[string][]string{"t": {"a", "b"}, "db.s": {"id"}})})
			if err != nil {
				t.Fatalf("%s: got error %v for %q; want none", d, err, sql)
			}
			if took := time.Since(start); took > slow {
				t.Fatalf("%s: got %v for %d bytes; want less than %v", d, took, len(sql), slow)
			}
			checkScript(t, d, sql, &s)
		}
	})
}

// checkScript checks what holds of every answer.
func checkScript(t *testing.T, d Dialect, sql string, s *Script) {
	t.Helper()
	for i := range s.Statements {
		st := &s.Statements[i]
		if st.Start < 0 || st.End < st.Start || st.End > len(sql) {
			t.Fatalf("%s: got span %d to %d of statement %d in %d bytes of %q", d, st.Start, st.End, i, len(sql), sql)
		}
		if st.Index != i {
			t.Fatalf("%s: got index %d of statement %d in %q", d, st.Index, i, sql)
		}
		if st.Inputs == nil || st.Outputs == nil || st.Columns == nil || st.Reads == nil {
			t.Fatalf("%s: got a nil list in statement %d of %q; want empty ones", d, i, sql)
		}
		for _, c := range st.Columns {
			if c.Start < 0 || c.End < c.Start || c.End > len(sql) || c.Inputs == nil {
				t.Fatalf("%s: got column %+v in %d bytes of %q", d, c, len(sql), sql)
			}
		}
		for _, diag := range st.Diagnostics {
			if diag.Code == InternalError {
				t.Fatalf("%s: got an internal error for %q", d, sql)
			}
			if diag.Start < 0 || diag.End < diag.Start || diag.End > len(sql) {
				t.Fatalf("%s: got diagnostic %+v in %d bytes of %q", d, diag, len(sql), sql)
			}
		}
	}
}

// FuzzLex checks that tokens follow each other inside the text, and that what
// stands between them is no word unless a comment, a template or the rows of a
// COPY begin there.
func FuzzLex(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, sql string) {
		for _, d := range Dialects() {
			tokens, _ := lex(traitsOf(d), sql, nil, maxTokens)
			end := 0
			for _, tok := range tokens {
				start := int(tok.start)
				if start < end || tok.end < tok.start || int(tok.end) > len(sql) || tok.end == tok.start && tok.kind != tEOF {
					t.Fatalf("%s: got token %+v behind %d in %d bytes of %q", d, tok, end, len(sql), sql)
				}
				if gap := sql[end:start]; strings.ContainsFunc(gap, isWordRune) && !containsAny(gap, "--", "/*", "#", "//", "*/", "{%", "%}") && !strings.Contains(strings.ToLower(sql), "stdin") {
					t.Fatalf("%s: got no token for %q of %q", d, gap, sql)
				}
				end = int(tok.end)
			}
			if last := tokens[len(tokens)-1]; last.kind != tEOF || int(last.start) != len(sql) {
				t.Fatalf("%s: got last token %+v of %d bytes; want the end of the text", d, last, len(sql))
			}
		}
	})
}

func isWordRune(r rune) bool { return r < 0x80 && isWordByte(byte(r)) }

func containsAny(text string, marks ...string) bool {
	return slices.ContainsFunc(marks, func(mark string) bool { return strings.Contains(text, mark) })
}

func FuzzSplit(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, sql string) {
		for _, d := range Dialects() {
			end := 0
			covered := map[int]bool{}
			for _, s := range Split(d, sql) {
				if s.Start < end || s.End < s.Start || s.End > len(sql) {
					t.Fatalf("%s: got span %v behind %d in %d bytes of %q", d, s, end, len(sql), sql)
				}
				end = s.End
				for i := s.Start; i < s.End; i++ {
					covered[i] = true
				}
			}
			tokens, _ := lex(traitsOf(d), sql, nil, maxTokens)
			for _, tok := range tokens[:len(tokens)-1] {
				if tok.kind == tString && !covered[int(tok.start)] && !strings.Contains(strings.ToLower(sql), "delimiter") {
					t.Fatalf("%s: got string at %d in no span of %q", d, tok.start, sql)
				}
			}
		}
	})
}

func FuzzRedact(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, sql string) {
		for _, d := range Dialects() {
			once := Redact(d, sql)
			if twice := Redact(d, once); twice != once {
				t.Fatalf("%s: got %q, then %q from %q; want it unchanged", d, once, twice, sql)
			}
		}
	})
}

func FuzzFingerprint(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, sql string) {
		for _, d := range Dialects() {
			if got, want := Fingerprint(d, Redact(d, sql)), Fingerprint(d, sql); got != want {
				t.Fatalf("%s: got %s for the redacted text %q; want %s as for %q", d, got, Redact(d, sql), want, sql)
			}
		}
	})
}
