package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// hostileQuery is a document that tries to cost more than it should.
type hostileQuery struct {
	name, text string
	vars       map[string]any
}

func times(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i))
	}
	return b.String()
}

func repeated(text string, n int) string { return strings.Repeat(text, n) }

// hostileQueries are at least 110 documents of some twenty kinds and several sizes.
func hostileQueries() (out []hostileQuery) {
	add := func(name, text string, vars map[string]any) { out = append(out, hostileQuery{name, text, vars}) }
	for _, n := range []int{29, 500, 1900, 6000, 20000} {
		sized := func(name, text string) { add(fmt.Sprintf("%s %d", name, n), text, nil) }
		sized("repeated field", "{ "+repeated("me{user}", n)+" }")
		sized("repeated scalar", "{ me { "+repeated("user ", n)+"} }")
		sized("aliases", "{ "+times(n, func(i int) string { return fmt.Sprintf("a%d:me{user}", i) })+" }")
		sized("costly aliases", "{ "+times(n, func(i int) string { return fmt.Sprintf(`a%d:search(query:"t",first:50){hits{asset{name}}}`, i) })+" }")
		sized("conflicting aliases", "{ "+times(n, func(i int) string { return fmt.Sprintf(`a:runs(first:%d){id}`, i) })+" }")
		sized("inline fragments", "{ "+repeated("...{me{user}}", n)+" }")
		sized("inline fragments, nested", "{ "+repeated("...{", n)+"me{user}"+repeated("}", n)+" }")
		sized("spreads", "{ "+repeated("...F ", n)+" } fragment F on Query { me { user } }")
		sized("fragments", "{ "+times(n, func(i int) string { return fmt.Sprintf("...F%d ", i) })+" }"+times(n, func(i int) string { return fmt.Sprintf(" fragment F%d on Query{me{user}}", i) }))
		sized("unused fragments", "{ me { user } }"+times(n, func(i int) string { return fmt.Sprintf(" fragment F%d on Query{me{user}me{user}}", i) }))
		sized("chain of fragments", "{ ...F0 }"+times(n, func(i int) string { return fmt.Sprintf(" fragment F%d on Query{...F%d}", i, i+1) })+fmt.Sprintf(" fragment F%d on Query{me{user}}", n))
		sized("doubling fragments", "{ ...F0 }"+times(n, func(i int) string { return fmt.Sprintf(" fragment F%d on Query{...F%d ...F%d}", i, i+1, i+1) })+fmt.Sprintf(" fragment F%d on Query{me{user}}", n))
		sized("fragment cycle", "{ ...F0 }"+times(n, func(i int) string { return fmt.Sprintf(" fragment F%d on Query{...F%d me{user}}", i, (i+1)%n) }))
		sized("directives", "{ me { user "+repeated("@include(if: true) ", n)+"} }")
		sized("unknown directives", "{ "+times(n, func(i int) string { return fmt.Sprintf("me @d%d { user } ", i) })+"}")
		sized("unknown fields", "{ "+times(n, func(i int) string { return fmt.Sprintf("unknownField%d ", i) })+"}")
		sized("arguments", "{ me("+times(n, func(i int) string { return fmt.Sprintf("a%d:%d ", i, i) })+") { user } }")
		sized("list", `{ rankPeers(queries: [`+repeated(`"t",`, n)+`], first: 10) { name } }`)
		sized("nested list", `{ rankPeers(queries: `+repeated("[", n)+repeated("]", n)+`, first: 10) { name } }`)
		sized("nested object", `{ search(query: "t", filters: `+repeated("{a:", n)+"1"+repeated("}", n)+`) { total } }`)
		sized("operations", times(n, func(i int) string { return fmt.Sprintf("query Q%d{me{user}} ", i) }))
		sized("variables", "query Q("+times(n, func(i int) string { return fmt.Sprintf("$v%d:Int ", i) })+") { me { user } }")
		sized("undefined variables", "{ "+times(n, func(i int) string { return fmt.Sprintf("runs(first:$v%d){id} ", i) })+"}")
		sized("text", `{ search(query: "`+repeated("a ", n)+`") { total } }`)
		sized("operators", `{ search(query: "`+repeated("a OR (b ", n)+`") { total } }`)
		sized("quotes", `{ search(query: "`+repeated(`\"`, n)+`") { total } }`)
		sized("wildcards", `{ search(query: "`+repeated("*t", n)+`") { total } }`)
		sized("block string", `{ search(query: """`+repeated("é", n)+`""") { total } }`)
		sized("digits", "{ runs(first: "+repeated("9", n)+") { id } }")
		sized("name", "{ "+repeated("n", n)+" }")
		sized("prefix", `{ suggest(prefix: "`+repeated("t", n)+`") { name } }`)
		add(fmt.Sprintf("variable list %d", n), `query ($q: [String!]!) { rankPeers(queries: $q, first: 10) { name } }`, map[string]any{"q": make([]string, n)})
		add(fmt.Sprintf("unknown members %d", n), `query ($f: [FilterInput!]) { search(query: "t", filters: $f) { total } }`, map[string]any{"f": []any{members(n)}})
		add(fmt.Sprintf("filters %d", n), `query ($f: [FilterInput!]) { search(query: "t", filters: $f) { total } }`, map[string]any{"f": filters(n)})
	}
	for _, text := range []string{
		"", " ", "{", "}", "{}", "{ }", "query", "{ me { } }", "\x00", "{ me { user \x00 } }", "\ufeff{ me { user } }", "{ mé { user } }", "{ me { \u202euser } }", `{ search(query: "\ud83d") { total } }`,
		`{ search(query: "\u{10FFFF}") { total } }`, `{ search(query: "\x") { total } }`, `{ asset(id: "\u0000") { name } }`, "subscription { me { user } }", "mutation { me { user } }", "query A { me { user } } query A { me { user } }",
		"{ runs(first: 9223372036854775808) { id } }", "{ runs(first: 2147483648) { id } }", "{ runs(first: 1e400) { id } }", "{ runs(first: \"1\") { id } }", "{ runs(first: null) { id } }", "{ runs(first: [1]) { id } }",
		"{ __typename @skip(if: $x) }", `{ __type(name: "Asset") { fields { type { fields { type { fields { type { fields { name } } } } } } } } }`,
		"{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }", "{ __schema { types { fields { args { type { fields { args { type { fields { name } } } } } } } } } }",
		`{ glossary(first: 10000) { members(first: 10000) { members(first: 10000) { name } } } }`, `{ search(query: "t", first: 10000) { hits { asset { columns { name asset { columns { name } } } } } } }`,
		`{ lineage(id: "shop.s0.t0", depth: 10000, first: 10000) { nodes { asset { name description } } edges { from { id } to { id } } } }`,
		`{ search(query: "t", first: 10000, offset: 1000000) { total } }`, `{ impact(id: "shop.s0.t0", depth: 10000, first: 10000) { total } }`,
	} {
		add(fmt.Sprintf("%.60q", text), text, nil)
	}
	return out
}

func members(n int) map[string]any {
	m := map[string]any{}
	for i := range n {
		m[fmt.Sprintf("fielt%d", i)] = i
	}
	return m
}

func filters(n int) []any {
	out := make([]any, n)
	for i := range out {
		out[i] = map[string]any{"field": "zone", "values": []string{fmt.Sprint("z", i)}}
	}
	return out
}

// No document takes long or much memory, and each is answered in JSON or refused.
func TestHostileQueriesAreBounded(t *testing.T) {
	p := startServer(t, estate(3000, 10))
	p.ask(t, `{ search(query: "t", first: 50) { hits { asset { name } } } }`, nil)
	list := hostileQueries()
	var slowest, largest string
	var most time.Duration
	memory := -1
	for _, q := range list {
		var status int
		var answer string
		start, worked := time.Now(), p.busy(t)
		grew := p.grown(t, func() { status, answer = p.ask(t, q.text, q.vars) })
		took := time.Since(start)
		worked = p.busy(t) - worked
		if worked > 500*time.Millisecond {
			t.Logf("%s: %v, %v of the processors", q.name, took, worked)
		}
		if worked > most {
			most, slowest = worked, q.name
		}
		if grew > memory {
			memory, largest = grew, q.name
		}
		if worked > 3*time.Second || grew > 200 {
			t.Errorf("%s: took %v, %v of the processors and %d MB; 1 s and 200 MB are the aim", q.name, took, worked, grew)
		}
		if status != 200 && status != 413 && status != 400 || status == 200 && !json.Valid([]byte(answer)) || strings.Contains(answer, "INTERNAL") {
			t.Errorf("%s: got %d %.300s", q.name, status, answer)
		}
	}
	if len(list) < 110 {
		t.Errorf("got %d documents want at least 110", len(list))
	}
	t.Logf("%d documents; most processor time %v (%s), most memory %d MB (%s)", len(list), most, slowest, memory, largest)
}

// Every whole number that one may ask for is answered or refused, never a defect.
func TestNoPageIsTooLargeOrNegative(t *testing.T) {
	p := startServer(t, estate(50, 3))
	asset := func(field string) string { return `query ($n: Int) { asset(id: "shop.s0.t0") { ` + field + ` } }` }
	queries := map[string]string{
		"runs": `query ($n: Int) { runs(first: $n) { id } }`, "search": `query ($n: Int) { search(query: "t", first: $n) { total } }`, "offset": `query ($n: Int) { search(query: "t", offset: $n) { total } }`,
		"glossary": `query ($n: Int) { glossary(first: $n) { id } }`, "directory": `query ($n: Int) { directory(type: "user", first: $n) { id } }`, "recent": `query ($n: Int) { recentSearches(first: $n) { query } }`,
		"report": `query ($n: Int) { searchReport(first: $n) { searches } }`, "days": `query ($n: Int) { searchReport(days: $n) { searches } }`, "peers": `query ($n: Int) { rankPeers(queries: ["t"], first: $n) { name } }`,
		"suggest": `query ($n: Int) { suggest(prefix: "t", first: $n) { text } }`, "lineage": `query ($n: Int) { lineage(id: "shop.s0.t0", first: $n) { nodes { asset { id } } } }`, "depth": `query ($n: Int) { lineage(id: "shop.s0.t0", depth: $n) { nodes { asset { id } } } }`,
		"diff": `query ($n: Int) { lineageDiff(from: "2020-01-01T00:00:00Z", first: $n) { total } }`, "impact": `query ($n: Int) { impact(id: "shop.s0.t0", first: $n) { total } }`, "impact depth": `query ($n: Int) { impact(id: "shop.s0.t0", depth: $n) { total } }`,
		"findings": `query ($n: Int) { findings(first: $n) { total } }`, "requests": `query ($n: Int) { requests(first: $n) { id } }`, "feed": `query ($n: Int) { feed(first: $n) { total } }`, "incidents": `query ($n: Int) { incidents(first: $n) { total } }`, "incidents offset": `query ($n: Int) { incidents(offset: $n) { total } }`,
		"used": `query ($n: Int) { discovery { mostUsed(first: $n, offset: $n) { total } rising(first: $n, offset: $n) { total } unused(first: $n, offset: $n) { total } } }`, "morning": `query ($n: Int) { discovery { morning(first: $n) { by } } }`,
		"understood": `query ($n: Int) { understood { reasons(first: $n) { count } statements(first: $n) { total } } }`, "queries": asset(`queries(first: $n) { id }`), "members": asset(`members(first: $n) { id }`), "changes": asset(`changes(first: $n) { text }`),
		"asset incidents": asset(`incidents(first: $n) { id }`), "breaks": asset(`upstreamBreaks(days: $n) { depth }`), "users": asset(`usage { users(first: $n) { user } }`), "check runs": asset(`quality { checks { runs(first: $n) { at } } }`),
	}
	for name, query := range queries {
		for _, n := range []int{-1 << 31, -1, 0, 1, 10_000, 10_001, 1<<31 - 1} {
			for _, vars := range []map[string]any{{"n": n}, nil} {
				text := query
				if vars == nil {
					text = strings.ReplaceAll(strings.ReplaceAll(query, "query ($n: Int) ", ""), "$n", fmt.Sprint(n))
				}
				status, answer := p.ask(t, text, vars)
				if status != 200 || strings.Contains(answer, "INTERNAL") || strings.Contains(answer, "Cannot query") || strings.Contains(answer, "Unknown argument") {
					t.Errorf("%s of %d: got %d %.300s", name, n, status, answer)
				}
				if n < 0 && !strings.Contains(answer, `"INVALID"`) {
					t.Errorf("%s of %d: got %.300s want it refused", name, n, answer)
				}
			}
		}
	}
}

// One asset with very many columns or owners takes time and memory in proportion.
func TestVeryLargeAssets(t *testing.T) {
	columns := times(50_000, func(i int) string { return fmt.Sprintf(`,{"name":"column_%d","type":"text","description":"d"}`, i) })
	owners := times(300_000, func(i int) string { return fmt.Sprintf(`,{"user":"u%d","kind":"technical"}`, i) })
	p := startServer(t, estate(10, 3))
	for name, line := range map[string]string{
		"columns": `{"type":"dataset","platform":"postgres","name":"shop.s.columns","columns":[` + columns[1:] + `]}`,
		"owners":  `{"type":"dataset","platform":"postgres","name":"shop.s.owners","description":"d","owners":[` + owners[1:] + `]}`,
	} {
		for range 2 {
			worked := p.busy(t)
			var status int
			var answer string
			grew := p.grown(t, func() { status, answer = p.post(t, "/api/v1/import", "application/x-ndjson", []byte(line+"\n")) })
			if status != 200 || !strings.Contains(answer, `"failed":0`) {
				t.Fatalf("%s: got %d %.300s", name, status, answer)
			}
			_, page := p.ask(t, `{ asset(id: "shop.s.`+name+`") { name columns { name } owners { kind } } search(query: "`+name+`") { total } }`, nil)
			worked = p.busy(t) - worked
			t.Logf("%s: %d bytes, %v of the processors, %d MB; page of %d bytes", name, len(line), worked, grew, len(page))
			if worked > 30*time.Second || grew > 1000 {
				t.Errorf("%s: took %v of the processors and %d MB", name, worked, grew)
			}
		}
	}
}
