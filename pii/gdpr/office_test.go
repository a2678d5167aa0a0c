package gdpr_test

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv/memkv"
	"waymark/pii/gdpr"
	"waymark/pii/ledger"
	"waymark/pii/vault"
)

// office is a desk with its people, over stores in memory.
type office struct {
	t      *testing.T
	desk   *gdpr.Desk
	world  *world
	ledger *ledger.Ledger
	clock  *clock
	rec    *recorder
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// recorder is the ledger with a fault on demand.
type recorder struct {
	gdpr.Recorder
	fail func(act string) error
}

func (r *recorder) Append(ctx context.Context, e ledger.Entry) (int64, error) {
	if r.fail != nil {
		if err := r.fail(e.Act); err != nil {
			return 0, err
		}
	}
	return r.Recorder.Append(ctx, e)
}

func newOffice(t *testing.T, w *world) *office {
	t.Helper()
	dir := t.TempDir()
	o := &office{t: t, world: w, clock: &clock{now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}}
	v, err := vault.Open(t.Context(), memkv.New(), filepath.Join(dir, "privacy.key"))
	if err != nil {
		t.Fatal(err)
	}
	if o.ledger, err = ledger.Open(t.Context(), memkv.New(), filepath.Join(dir, "ledger.key")); err != nil {
		t.Fatal(err)
	}
	v.Now, o.ledger.Now = o.clock.Now, o.clock.Now
	o.rec = &recorder{Recorder: o.ledger}
	log := slog.New(slog.DiscardHandler)
	o.desk = gdpr.New(gdpr.Deps{
		Guard: access.New(memkv.New(), log), Marks: w, Vault: v, Ledger: o.rec, Graph: w, Reach: w, Forms: forms, Log: log,
	})
	o.desk.Now = o.clock.Now
	return o
}

// as is a context in which one of the office's people calls.
func (o *office) as(user string) context.Context {
	roles := map[string][]access.Role{
		"sora": {access.PrivacyOfficer}, "lena": {access.PrivacyOfficer}, "nora": {access.Approver}, "daeun": {access.Approver},
		"carl": {access.CaseWorker}, "cleo": {access.CaseWorker}, "adam": {access.Admin}, "vera": {access.Viewer}, "audrey": {access.Auditor},
	}[user]
	return access.With(o.t.Context(), access.Caller{User: user, Roles: roles, Via: "local"})
}

// forms is a small stand-in for the detector's canonical forms.
func forms(class, value string) []gdpr.Form {
	out := []gdpr.Form{{Kind: "raw", Value: value}}
	add := func(v string) {
		if v != value && v != "" {
			out = append(out, gdpr.Form{Kind: "folded", Value: v})
		}
	}
	add(strings.ToLower(strings.TrimSpace(value)))
	if class == "user.contact.phone_number" {
		add(strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, value))
	}
	for _, f := range out[:len(out):len(out)] {
		m, s := md5.Sum([]byte(f.Value)), sha256.Sum256([]byte(f.Value))
		out = append(out, gdpr.Form{Kind: "hashed", Value: hex.EncodeToString(m[:])}, gdpr.Form{Kind: "hashed", Value: hex.EncodeToString(s[:])})
	}
	return out
}

func sha(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// open opens an erasure request as the case worker.
func (o *office) open(subject ...string) string {
	o.t.Helper()
	r, err := o.desk.Create(o.as("carl"), gdpr.Opening{Kind: gdpr.Erasure, Law: "gdpr", Subject: subject})
	if err != nil {
		o.t.Fatal(err)
	}
	return r.ID
}

func (o *office) plan(id string, keep ...gdpr.Retention) gdpr.Plan {
	o.t.Helper()
	p, err := o.desk.Plan(o.as("sora"), id, gdpr.PlanOptions{Retain: keep})
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

func (o *office) approve(id, hash string) {
	o.t.Helper()
	for _, who := range []string{"nora", "daeun"} {
		if _, err := o.desk.Approve(o.as(who), id, hash); err != nil {
			o.t.Fatal(err)
		}
	}
}

func (o *office) execute(id string) gdpr.Done {
	o.t.Helper()
	done, err := o.desk.Execute(o.as("sora"), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return done
}

func (o *office) verify(id string) gdpr.Finding {
	o.t.Helper()
	f, err := o.desk.Verify(o.as("sora"), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return f
}

// erase goes from plan to a clean first look.
func (o *office) erase(id string) gdpr.Done {
	o.t.Helper()
	p := o.plan(id)
	o.approve(id, p.Hash)
	done := o.execute(id)
	if done.State != gdpr.Executed {
		o.t.Fatalf("got %s, %v, want executed", done.State, done.Outcomes)
	}
	if f := o.verify(id); f.State != gdpr.Verified {
		o.t.Fatalf("got %v left, want a clean look", f.Residuals)
	}
	return done
}

func (o *office) find(id string) gdpr.Request {
	o.t.Helper()
	r, err := o.desk.Find(o.as("sora"), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

// failOnce makes a fault that happens the first time it is asked.
func failOnce(kind fault.Kind) func(string) error {
	var once sync.Once
	return func(string) (err error) {
		once.Do(func() { err = kind.Errorf("the connection was cut") })
		return err
	}
}
