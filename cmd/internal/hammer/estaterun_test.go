package hammer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/crawler"
	"waymark/pii/gdpr"
)

// verdict is how the erasure in one estate went.
type verdict struct {
	state    string   // of the request at its end, or the step that failed
	stopped  string   // why it could not run
	residual []string // where the subject still is
	untold   []string // those of them that no exception names
	excepted string   // names of the datasets in the request's exceptions
	changed  []string // cells of bystanders that differ
	summary  string
}

// isFalse reports whether the request says more than is so: that all is clean, or
// clean but for exceptions, while the subject is where nothing is said of.
func (v verdict) isFalse() bool {
	return v.state == string(gdpr.Verified) && len(v.residual) > 0 || v.state == string(gdpr.VerifiedExcept) && len(v.untold) > 0
}

// TestEstates erases one person in generated databases on real servers and compares
// full dumps from before and after. WAYMARK_HAMMER=full runs 300 estates,
// WAYMARK_HAMMER_SEED one of them with its details.
func TestEstates(t *testing.T) {
	seeds := estateSeeds(t)
	counts := map[string]int{}
	wrong, changed, stopped := 0, 0, 0
	for _, seed := range seeds {
		kind := []string{"postgres", "mariadb"}[seed%2]
		t.Run(fmt.Sprintf("%d-%s", seed, kind), func(t *testing.T) {
			e, v := eraseEstate(t, seed, kind)
			counts[v.state]++
			about := fmt.Sprintf("seed %d, %s, subject %s\n  %s", seed, kind, strings.Join(e.keys(), " "), strings.Join(e.features, "\n  "))
			if v.isFalse() {
				wrong++
				t.Errorf("false completion:\n  %s\n%s\n%s", strings.Join(v.residual, "\n  "), about, v.summary)
			}
			if len(v.changed) > 0 {
				changed++
				t.Errorf("bystanders changed (%s):\n  %s\n%s\n%s", v.state, strings.Join(v.changed, "\n  "), about, v.summary)
			}
			if v.stopped != "" {
				stopped++
				t.Logf("could not run: %s\n%s\n%s", v.stopped, about, v.summary)
			}
			if len(seeds) == 1 {
				t.Logf("%s\n%s\nstate %s, left %q\n%s", about, strings.Join(append(e.before, e.after...), ";\n"), v.state, v.residual, v.summary)
			}
		})
	}
	t.Logf("estates %d, false completions %d, with bystanders changed %d, could not run %d, by state %v", len(seeds), wrong, changed, stopped, counts)
}

func estateSeeds(t *testing.T) (out []uint64) {
	t.Helper()
	if text := os.Getenv("WAYMARK_HAMMER_SEED"); text != "" {
		for part := range strings.SplitSeq(text, ",") {
			seed, err := strconv.ParseUint(part, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, seed)
		}
		return out
	}
	n := 24
	if os.Getenv("WAYMARK_HAMMER") == "full" {
		n = 300
	}
	for seed := range n {
		out = append(out, uint64(seed))
	}
	return out
}

// startEstate makes the estate of a seed on a server of its kind and crawls it.
func startEstate(t *testing.T, seed uint64, kind string) (*estate, *server, *house) {
	t.Helper()
	start := onPostgres
	if kind == "mariadb" {
		start = onMariaDB
	}
	s := start(t)
	e := newEstate(seed, kind)
	for _, text := range e.before {
		if _, err := s.run(strings.ReplaceAll(text, "{reader}", s.reader)); err != nil {
			t.Fatalf("%.300s: %v", text, err)
		}
	}
	if kind == "mariadb" {
		s.grant("select, update, delete on *", true)
	}
	h := newHouse(t)
	recipe := strings.Replace(s.recipe(), "erase:", e.config+"erase:", 1)
	r, err := crawler.ParseRecipe([]byte(recipe))
	if err != nil {
		t.Fatal(err)
	}
	ctx := access.With(t.Context(), access.System("test"))
	if _, err := h.runner.Crawl(ctx, r, crawler.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, sync := range []func(context.Context) error{h.graph.Sync, h.graph.Signals, h.personal.Sync, h.graph.Sync} {
		if err := sync(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for _, text := range e.after {
		if _, err := s.run(text); err != nil {
			t.Fatalf("%.300s: %v", text, err)
		}
	}
	return e, s, h
}

// eraseEstate goes the whole way with the estate of a seed.
func eraseEstate(t *testing.T, seed uint64, kind string) (*estate, verdict) {
	t.Helper()
	e, s, h := startEstate(t, seed, kind)
	before := e.dump(t, s)
	v := h.wholeWay(t.Context(), e)
	after := e.dump(t, s)
	v.changed = e.compare(before, after)
	v.residual = append(e.search(after), h.inCatalog(t, e)...)
	v.untold = slices.DeleteFunc(slices.Clone(v.residual), func(x string) bool {
		return strings.Contains(x, "] the catalog: ") && strings.Contains(v.excepted, "in Waymark's catalog")
	})
	for _, r := range e.relations {
		if bare := strings.NewReplacer(`"`, "", "`", "").Replace(r.name); strings.Contains(v.excepted, bare+"\n") {
			v.untold = slices.DeleteFunc(v.untold, func(x string) bool { return strings.Contains(x, "] "+r.name+".") })
		}
	}
	return e, v
}

// wholeWay opens, plans, approves, executes and verifies a request.
func (h *house) wholeWay(ctx context.Context, e *estate) (v verdict) {
	officer := as(ctx, "sora")
	r, err := h.requests.Create(as(ctx, "carl"), gdpr.Opening{Kind: gdpr.Erasure, Subject: e.keys()})
	if err != nil {
		return verdict{state: "create", stopped: err.Error()}
	}
	p, err := h.requests.Plan(officer, r.ID, gdpr.PlanOptions{})
	if err != nil {
		return verdict{state: "plan", stopped: err.Error()}
	}
	for _, s := range p.Steps {
		v.summary += fmt.Sprintf("step %d %s %s %v rows %d %s %s\n", s.Order, s.Action, s.Dataset.Name(), s.Columns, s.Rows, s.Related, s.Reached)
	}
	v.summary += fmt.Sprintf("unreachable %v\nnotes %q\n", p.Unreachable, p.Notes)
	for _, who := range []string{"nora", "daeun"} {
		if _, err := h.requests.Approve(as(ctx, who), r.ID, p.Hash); err != nil {
			v.state, v.stopped = "approve", err.Error()
			return v
		}
	}
	done, err := h.requests.Execute(officer, r.ID)
	if err == nil && done.State != gdpr.Executed {
		err = errors.New(string(done.State))
	}
	for _, o := range done.Outcomes {
		v.summary += fmt.Sprintf("outcome %s %s %d %s\n", o.Dataset.Name(), o.Outcome, o.Rows, o.Detail)
	}
	if err != nil {
		v.state, v.stopped = "execute", err.Error()
		return v
	}
	f, err := h.requests.Verify(officer, r.ID)
	if err != nil {
		v.state, v.stopped = "verify", err.Error()
		return v
	}
	for _, x := range f.Exceptions {
		v.excepted += strings.ReplaceAll(x.Dataset.Name(), `"`, "") + "\n" + x.Reason + "\n"
	}
	text, _ := json.Marshal(f) // marshals: plain values only
	v.state, v.summary = string(f.State), v.summary+string(text)
	return v
}

// inCatalog looks for the subject in what the catalog itself says.
func (h *house) inCatalog(t *testing.T, e *estate) (out []string) {
	t.Helper()
	for a, err := range h.cat.List(access.With(t.Context(), access.System("test")), catalog.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(strings.ToLower(string(text)), e.subject.email) && strings.Contains(string(text), "ask "+e.subject.email) {
			out = append(out, "[comment] the catalog: "+string(a.URN))
		}
	}
	return out
}

// cells is a row by column; dump is all rows by relation and serial.
type (
	cells map[string]string
	dump  map[string]map[string][]cells
)

// dump reads every relation in full, as its owner.
func (e *estate) dump(t *testing.T, s *server) dump {
	t.Helper()
	out := dump{}
	for _, r := range e.relations {
		list := []string{r.serial}
		for _, c := range r.columns {
			list = append(list, e.asText(e.q(c)))
		}
		c, err := s.run(fmt.Sprintf("select %s from %s", strings.Join(list, ", "), r.name))
		if err != nil {
			t.Fatalf("dump %s: %v", r.name, err)
		}
		out[r.name] = map[string][]cells{}
		for _, line := range c.lines {
			f := strings.Split(line, cell)
			one := cells{}
			for i, name := range r.columns {
				one[name] = f[i+1]
			}
			out[r.name][f[0]] = append(out[r.name][f[0]], one)
		}
	}
	return out
}

func (e *estate) asText(column string) string {
	if e.postgres() {
		// bytes as text, so that what they say is seen
		return fmt.Sprintf("coalesce(case when pg_typeof(%[1]s)::text = 'bytea' then encode(%[1]s::text::bytea, 'escape') else %[1]s::text end, '<null>')", column)
	}
	return fmt.Sprintf("coalesce(convert(%s using utf8mb4), '<null>')", column)
}

// compare lists cells of others that changed.
func (e *estate) compare(before, after dump) (out []string) {
	for _, r := range e.relations {
		for serial, rows := range before[r.name] {
			n, _ := strconv.Atoi(serial)
			known := e.rows[n]
			if known.owner == ofSubject {
				continue
			}
			now := after[r.name][serial]
			if len(now) != len(rows) {
				out = append(out, fmt.Sprintf("[%s] %s row %s: %d of %d rows left", r.kind, r.name, serial, len(now), len(rows)))
				continue
			}
			for i := range rows {
				out = append(out, known.differences(fmt.Sprintf("[%s] %s row %s", r.kind, r.name, serial), rows[i], now[i])...)
			}
		}
	}
	slices.Sort(out)
	return out
}

func (k row) differences(where string, was, is cells) (out []string) {
	for column, v := range was {
		if !slices.Contains(k.allow, column) {
			if is[column] != v {
				out = append(out, fmt.Sprintf("%s.%s: %q is now %q", where, column, v, is[column]))
			}
			continue
		}
		for _, text := range k.remain {
			if !strings.Contains(is[column], text) {
				out = append(out, fmt.Sprintf("%s.%s: %q is gone with the subject: %q is now %q", where, column, text, v, is[column]))
			}
		}
	}
	return out
}

// search looks for every planted text in every row that is not a bystander's.
func (e *estate) search(d dump) (out []string) {
	for _, r := range e.relations {
		for serial, rows := range d[r.name] {
			n, _ := strconv.Atoi(serial)
			if e.rows[n].owner == ofBystander && n > 0 {
				continue
			}
			for _, one := range rows {
				for column, v := range one {
					if f := e.found(v); f != "" {
						out = append(out, fmt.Sprintf("[%s] %s.%s row %s: %q as %q", r.kind, r.name, column, serial, f, v))
					}
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// found returns a planted text that stands in v as a word of its own.
func (e *estate) found(v string) string {
	for f := range e.forms {
		for at := 0; ; {
			i := strings.Index(v[at:], f)
			if i < 0 {
				break
			}
			at += i + len(f)
			if !joins(v[:at-len(f)], true) && !joins(v[at:], false) {
				return f
			}
		}
	}
	return ""
}

// joins reports whether the text beside a word makes it part of a longer one.
func joins(beside string, before bool) bool {
	word := func(b byte) bool { return b == '_' || b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z' }
	switch {
	case beside == "":
		return false
	case before:
		last := beside[len(beside)-1]
		return word(last) || strings.ContainsRune(".+-", rune(last)) && len(beside) > 1 && word(beside[len(beside)-2])
	default:
		return word(beside[0]) || strings.ContainsRune(".-", rune(beside[0])) && len(beside) > 1 && word(beside[1])
	}
}

// TestPlansAreEqual plans the same request again and again over unchanged data.
// WAYMARK_HAMMER=full makes 50 plans of each of 20 estates.
func TestPlansAreEqual(t *testing.T) {
	estates, plans := 4, 3
	if os.Getenv("WAYMARK_HAMMER") == "full" {
		estates, plans = 20, 50
	}
	differing := 0
	for seed := range estates {
		kind := []string{"postgres", "mariadb"}[seed%2]
		t.Run(fmt.Sprintf("%d-%s", seed, kind), func(t *testing.T) {
			e, _, h := startEstate(t, uint64(seed), kind)
			id, first := h.plan(t, e.keys()...)
			for range plans - 1 {
				p, err := h.requests.Plan(as(t.Context(), "sora"), id, gdpr.PlanOptions{})
				if err != nil {
					t.Fatal(err)
				}
				if p.Hash != first.Hash {
					differing++
					t.Fatalf("another plan of the same data (-first +now):\n%s", cmp.Diff(first, p))
				}
			}
		})
	}
	t.Logf("estates %d, plans of each %d, estates whose plans differ %d", estates, plans, differing)
}
