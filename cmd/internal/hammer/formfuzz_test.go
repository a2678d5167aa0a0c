package hammer

import (
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/urn"
	"waymark/pii/gdpr"
)

// written is one cell of the fuzz and whether it has the identity.
type written struct {
	text string
	mine bool
}

// identities that are written in random ways, each with others that look alike.
var identities = []struct {
	key     string
	forms   []string
	strange []string
	plain   bool // its letters may be wrapped in text and encoded
}{
	{"email=mary.ellis@example.org", []string{"mary.ellis@example.org", "MARY.ELLIS@EXAMPLE.ORG", "mary.ellis+news@example.org"},
		[]string{"rosemary.ellis@example.org", "bob+mary.ellis@example.org", "mary.ellis@example.org.uk", "mary.ellis@example.organic", "maryellis@example.org", "mary.ellis@example.com"}, true},
	{"email=Zoë.O'Brien@bücher.example", []string{"Zoë.O'Brien@bücher.example", "zoë.o'brien@bücher.example", norm.NFD.String("zoë.o'brien@bücher.example")},
		[]string{"zoe.o'brien@bücher.example", "zoë.brien@bücher.example", "zoë.o'brien@bücher.examples"}, true},
	{"phone=+442079460958", []string{"+442079460958", "00442079460958", "020 7946 0958", "(020) 7946-0958", "+44 (0)20 7946 0958", "+44.20.7946.0958", "+44\u201120\u20117946\u20110958", "tel:+44-20-7946-0958", "020 7946 0958 ext. 12"},
		[]string{"+44 20 7946 0959", "+442079460958123", "+1 207 946 0958", "0044 20 7946 0001", "4420 7946 0958 1234"}, false},
	{"username=김민수_77", []string{"김민수_77", norm.NFD.String("김민수_77")}, []string{"김민서_77", "김민수_78", "김민수_770"}, false},
	{"username=Мария.П", []string{"Мария.П", "МАРИЯ.П", "мария.п"}, []string{"Марина.П", "Мария.К"}, false},
}

// blanks are what files and forms leave at the ends of a value.
var blanks = []string{"\r\n", "\n", "\t", " ", "\u00a0", "\u2003", "\u3000", "\u200b", "\ufeff", "\r", "\u2028"}

// variant writes a form in a random way that keeps what it says.
func variant(r *rand.Rand, form string, plain bool) string {
	switch r.IntN(6) {
	case 0:
		form = strings.Map(func(c rune) rune {
			if r.IntN(2) == 0 {
				return wide(c)
			}
			return c
		}, form)
	case 1:
		at := r.IntN(len([]rune(form)))
		form = string([]rune(form)[:at]) + pick(r, "\u200b", "\u2060", "\u00ad", "\ufeff") + string([]rune(form)[at:])
	case 2:
		if plain {
			form = encode(r, form)
		}
	case 3:
		form = norm.NFD.String(form)
	}
	if plain && r.IntN(3) == 0 {
		around := pick(r, [2]string{"write to ", ", please"}, [2]string{`{"m":"`, `","n":1}`}, [2]string{"<", ">"}, [2]string{"a;", ";b"}, [2]string{"\n", "\r\nbye"}, [2]string{"see (", ")"})
		form = around[0] + form + around[1]
	}
	for range r.IntN(3) {
		b := pick(r, blanks...)
		if r.IntN(2) == 0 {
			form = b + form
		} else {
			form += b
		}
	}
	return form
}

// encode wraps a form as programs do.
func encode(r *rand.Rand, form string) string {
	switch r.IntN(7) {
	case 0:
		return "https://x.example/?m=" + url.QueryEscape(form) + "&n=1"
	case 1:
		return strings.ReplaceAll(form, "@", `\u0040`)
	case 2:
		return strings.ReplaceAll(html.EscapeString(form), "@", "&#64;")
	case 3:
		return url.QueryEscape(url.QueryEscape(form))
	case 4:
		return base64.StdEncoding.EncodeToString([]byte(pick(r, "", "a ", "to: ") + strings.ToLower(norm.NFC.String(form)) + pick(r, "", " b")))
	case 5:
		return "e30." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"`+strings.ToLower(norm.NFC.String(form))+`"}`)) + ".x"
	}
	if strings.Contains(form, "+") {
		return form // nobody knows the digest of a tag that nobody knows
	}
	sum := sha256.Sum256([]byte(strings.ToLower(norm.NFC.String(form))))
	return pick(r, hex.EncodeToString(sum[:]), strings.ToUpper(hex.EncodeToString(sum[:])), base64.StdEncoding.EncodeToString(sum[:]))
}

// TestFormsAgree writes identities in random ways into text and into bytes of each
// database: the decision in Go knows every one of them and none that looks alike, no
// row that it accepts is left out by the database, and the cells name their rows.
// WAYMARK_HAMMER=full writes 20,000 cells an identity.
func TestFormsAgree(t *testing.T) {
	n := 300
	if os.Getenv("WAYMARK_HAMMER") == "full" {
		n = 20_000
	}
	seed := rand.Uint64()
	for _, engine := range []string{"postgres", "mariadb", "sqlite"} {
		t.Run(engine, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 7))
			run, recipe := fuzzServer(t, engine)
			var all [][]written
			for i, id := range identities {
				var cells []written
				for range n {
					form, mine := pick(r, id.forms...), true
					if r.IntN(3) == 0 {
						form, mine = pick(r, id.strange...), false
					}
					cells = append(cells, written{variant(r, form, id.plain), mine})
				}
				all = append(all, cells)
				fill(t, run, engine, fmt.Sprintf("cells_%d", i), cells)
				sum := sha256.Sum256([]byte(strings.ToLower(norm.NFC.String(id.forms[0]))))
				data := map[bool]string{true: "decode('%x', 'hex')", false: "x'%x'"}[engine == "postgres"]
				run(fmt.Sprintf("insert into cells_%d (id, b) values (-1, "+data+")", i, sum))
			}
			h := newHouse(t)
			h.crawl(t, recipe)
			for i, id := range identities {
				agree(t, h, id.key, fmt.Sprintf("cells_%d", i), all[i])
			}
			t.Logf("%s: %d cells, seed %d", engine, n*len(identities), seed)
		})
	}
}

func fuzzServer(t *testing.T, engine string) (run func(string), recipe string) {
	t.Helper()
	if engine == "sqlite" {
		path := filepath.Join(t.TempDir(), "cells.db")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return func(text string) {
			if _, err := db.Exec(text); err != nil {
				t.Fatalf("%.200s: %v", text, err)
			}
		}, fmt.Sprintf("name: cells\nsource:\n  type: sqlite\n  config: {name: cells, path: %q}\n", path)
	}
	s := map[string]func(*testing.T) *server{"postgres": onPostgres, "mariadb": onMariaDB}[engine](t)
	return func(text string) {
		if _, err := s.run(text); err != nil {
			t.Fatalf("%.200s: %v", text, err)
		}
	}, s.recipe()
}

// fill makes a table of cells, each as text and as bytes.
func fill(t *testing.T, run func(string), engine, table string, cells []written) {
	t.Helper()
	types := map[string][2]string{"postgres": {"text", "bytea"}, "mariadb": {"longtext character set utf8mb4", "longblob"}, "sqlite": {"text", "blob"}}[engine]
	text := map[string]string{"postgres": "convert_from(decode('%[1]s', 'hex'), 'UTF8')", "mariadb": "convert(x'%[1]s' using utf8mb4)", "sqlite": "cast(x'%[1]s' as text)"}[engine]
	data := map[string]string{"postgres": "decode('%[1]s', 'hex')", "mariadb": "x'%[1]s'", "sqlite": "x'%[1]s'"}[engine]
	run(fmt.Sprintf("create table %s (id integer primary key, a %s, b %s)", table, types[0], types[1]))
	for from := 0; from < len(cells); from += 500 {
		var rows []string
		for i, c := range cells[from:min(from+500, len(cells))] {
			rows = append(rows, fmt.Sprintf("(%d, "+strings.ReplaceAll(text, "%[1]s", "%[2]s")+", "+strings.ReplaceAll(data, "%[1]s", "%[2]s")+")", from+i, hex.EncodeToString([]byte(c.text))))
		}
		run("insert into " + table + " values " + strings.Join(rows, ", "))
	}
	if engine == "postgres" {
		run("grant select on " + table + " to public")
	}
}

func agree(t *testing.T, h *house, key, table string, cells []written) {
	t.Helper()
	k, err := gdpr.ParseKey(key)
	if err != nil {
		t.Fatal(err)
	}
	rec := gdpr.NewRecogniser(k, forms)
	ctx := access.With(t.Context(), access.System("test"))
	source, dataset := h.where(t, table)
	found, named := map[string]bool{}, map[string]bool{}
	err = h.runner.Search(ctx, source, rec.Probe(dataset, []string{"id", "a", "b"}), func(row []string) error {
		found[row[0]] = true
		if form, own := rec.Judge(row[2]); row[0] == "-1" {
			if form != "hashed" || !own {
				t.Errorf("%s: its digest as bytes is %q", key, form)
			}
			return nil
		}
		text, _ := rec.Judge(row[1])
		bytes, _ := rec.Judge(row[2])
		if (text != "") != (bytes != "") {
			t.Errorf("%s: %q is %q as text and %q as bytes", key, row[1], text, bytes)
		}
		if text != "" {
			named[strings.Clone(row[1])] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !found["-1"] {
		t.Errorf("%s: its digest is not found as bytes", key)
	}
	want := int64(0)
	for i, c := range cells {
		form, _ := rec.Judge(c.text)
		if (form != "") != c.mine {
			t.Errorf("%s: %q is %q, mine: %t", key, c.text, form, c.mine)
		}
		if form != "" {
			want++
			if !found[fmt.Sprint(i)] {
				t.Errorf("%s: the database leaves out %q (%s)", key, c.text, form)
			}
		}
	}
	for _, column := range []string{"a", "b"} {
		got := int64(0)
		for part := range slices.Chunk(keysOf(named), 500) {
			if column == "b" {
				for i := range part {
					part[i] = `\x` + hex.EncodeToString([]byte(part[i]))
				}
			}
			n, err := h.runner.Count(ctx, []catalog.Rows{{Dataset: dataset, Column: column, How: catalog.Exact, Values: part}})
			if err != nil {
				t.Fatal(err)
			}
			got += n
		}
		if got != want {
			t.Errorf("%s: the cells of %s name %d rows, want %d", key, column, got, want)
		}
	}
}

func keysOf(m map[string]bool) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// where is the source and the URN of a crawled table.
func (h *house) where(t *testing.T, table string) (string, urn.URN) {
	t.Helper()
	ctx := access.With(t.Context(), access.System("test"))
	for a, err := range h.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset}}) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(a.URN.Name(), "."+table) {
			source, _ := h.runner.SourceOf(ctx, a.URN)
			return source, a.URN
		}
	}
	t.Fatalf("no table %s was crawled", table)
	return "", ""
}
