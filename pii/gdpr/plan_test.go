package gdpr_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"waymark/pii/gdpr"
)

// The plans of one request over data that does not change are equal: this many of
// this many estates, in this many processes.
const (
	planEstates = 20
	plansEach   = 50
	planRuns    = 3
)

// estate makes the nth of many companies: people under several names, rows that hang
// on them by keys of one and of two columns, nullable or not, rows between two
// people, cells that hold several, and copies.
func estate(n int) *world {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	w := newWorld()
	w.shuffle = true
	null := func() string { return []string{"", " null"}[r.IntN(2)] }
	people := []string{"customers", "accounts", "kunden", "members"}[r.IntN(4)]
	s := w.table("app."+people, "id integer pk", "email text =user.contact.email", "full_name text null =user.name", "phone text null =user.contact.phone_number", "boss integer null")
	mails := []string{maryLow, bob, zed, rosemary, "ann@example.com", "kim@example.com"}
	for i, m := range mails {
		s.row(fmt.Sprint(i+1), m, "Person "+fmt.Sprint(i), []string{phone, "NULL"}[min(i, 1)], []string{"NULL", "1"}[r.IntN(2)])
	}
	w.refer("app."+people+".boss > app."+people+".id", "restrict")
	w.table("app.orgs", "id integer pk", "title text").row("1", "x").row("2", "y")
	tables := 3 + r.IntN(5)
	for k := range tables {
		name := fmt.Sprintf("app.t%d", k)
		composite := r.IntN(3) == 0
		key := "id integer pk"
		if composite {
			key = "no integer pk"
		}
		columns := []string{key, "owner integer" + null(), "other integer" + null(), "note text null", "to_email text" + null() + " =user.contact.email", "tags text[]" + null(), "region text"}
		if composite {
			columns[6] = "region text pk"
		}
		s := w.table(name, columns...)
		for i := range 4 + r.IntN(6) {
			s.row(fmt.Sprint(i), fmt.Sprint(1+r.IntN(6)), fmt.Sprint(1+r.IntN(6)), []string{"nothing", "call " + maryLow, "NULL"}[r.IntN(3)],
				mails[r.IntN(len(mails))], "{"+mails[r.IntN(len(mails))]+","+mails[r.IntN(len(mails))]+"}", "r"+fmt.Sprint(i))
		}
		w.refer(name+".owner > app."+people+".id", "restrict")
		if r.IntN(2) == 0 {
			w.refer(name+".other > app."+people+".id", "set null")
		}
		if r.IntN(2) == 0 {
			c := w.table(name+"_lines", "id integer pk", "t integer"+null(), "text text null")
			for i := range 6 {
				c.row(fmt.Sprint(i), fmt.Sprint(r.IntN(4)), "text")
			}
			if !composite {
				w.refer(name+"_lines.t > "+name+".id", "restrict")
			}
		}
		w.table("dwh.copy_"+fmt.Sprint(k), "no integer pk", "owner_id integer null", "mail text null =user.contact.email").row("1", "1", maryLow).row("2", "2", bob)
		w.flow(name+".owner", "dwh.copy_"+fmt.Sprint(k)+".owner_id")
		w.flow("app."+people+".id", "dwh.copy_"+fmt.Sprint(k)+".owner_id")
	}
	return w
}

// TestPlansAreEqual plans each estate many times: all plans are one.
func TestPlansAreEqual(t *testing.T) {
	t.Parallel()
	if runs := os.Getenv("GDPR_PLANS"); runs != "" {
		for n := range planEstates {
			fmt.Printf("plan %d %s\n", n, bare(t, newOffice(t, estate(n))))
		}
		return
	}
	t.Logf("%d plans of each of %d estates, and one each in %d more processes", plansEach, planEstates, planRuns)
	first := make([]string, planEstates)
	for n := range planEstates {
		o := newOffice(t, estate(n))
		id := o.open("email=" + maryLow)
		p := o.plan(id)
		if len(p.Steps) < 3 {
			t.Fatalf("estate %d: got %d steps, want some", n, len(p.Steps))
		}
		for i := 1; i < plansEach; i++ {
			if again := o.plan(id); again.Hash != p.Hash {
				t.Fatalf("estate %d: plan %d differs\n%s\n%s", n, i, text(t, p), text(t, again))
			}
		}
		first[n] = text(t, p)
	}
	for range planRuns {
		c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestPlansAreEqual$", "-test.v")
		c.Env = append(os.Environ(), "GDPR_PLANS=1")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		seen := 0
		for line := range strings.Lines(string(out)) {
			word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			at, plan, _ := strings.Cut(rest, " ")
			if n, err := strconv.Atoi(at); word == "plan" && err == nil {
				if seen++; plan != first[n] {
					t.Errorf("estate %d in another process:\n%s\nwant\n%s", n, plan, first[n])
				}
			}
		}
		if seen != planEstates {
			t.Errorf("got %d plans of another process, want %d", seen, planEstates)
		}
	}
}

// bystanders are the rows with two keys of people that neither point at the subject
// nor name her.
func bystanders(w *world) (out []string) {
	for line := range strings.Lines(w.dump()) {
		f := strings.Fields(line)
		own := strings.Contains(strings.ReplaceAll(line, rosemary, ""), maryLow)
		if len(f) == 8 && strings.HasPrefix(line, "app.t") && f[2] != "1" && f[3] != "1" && !own {
			out = append(out, line)
		}
	}
	return out
}

func bare(t *testing.T, o *office) string { return text(t, o.plan(o.open("email="+maryLow))) }

// text is a plan without what the keys of one privacy store make of it.
func text(t *testing.T, p gdpr.Plan) string {
	t.Helper()
	p.Hash = ""
	for i := range p.Steps {
		p.Steps[i].Token = ""
	}
	out, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestRandomEstates carries each estate's plan out: it runs, it verifies, and rows
// that do not name the subject are as they were.
func TestRandomEstates(t *testing.T) {
	t.Parallel()
	for n := range planEstates {
		w := estate(n)
		o := newOffice(t, w)
		id := o.open("email=" + maryLow)
		before := bystanders(w)
		p := o.plan(id)
		o.approve(id, p.Hash)
		done, err := o.desk.Execute(o.as("sora"), id)
		if err != nil || done.State != gdpr.Executed {
			t.Errorf("estate %d: got %s, %v, %v", n, done.State, done.Outcomes, err)
			continue
		}
		if f := o.verify(id); f.State != gdpr.Verified {
			t.Errorf("estate %d: got %v", n, f.Residuals)
		}
		now := w.dump()
		for _, row := range before {
			if !strings.Contains(now, row) {
				t.Errorf("estate %d: a row of somebody else changed: %s", n, row)
			}
		}
		left := strings.ReplaceAll(now, rosemary, "")
		if strings.Contains(left, maryLow) {
			t.Errorf("estate %d: the subject is there:\n%s", n, left)
		}
	}
}
