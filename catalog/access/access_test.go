package access_test

import (
	"context"
	"encoding/binary"
	"errors"
	"log/slog"
	"testing"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/kv/memkv"
)

func as(roles ...access.Role) context.Context {
	return access.With(context.Background(), access.Caller{User: "ana", Roles: roles, Via: "local"})
}

// newGuard returns a guard with n entries in its audit, and its store.
func newGuard(t *testing.T, n int) (*access.Guard, kv.Store) {
	t.Helper()
	store := memkv.New()
	t.Cleanup(func() { store.Close() })
	g := access.New(store, slog.New(slog.DiscardHandler))
	for range n {
		if err := store.Update(t.Context(), func(w kv.Writer) error { return g.Allow(as(access.Editor), w, access.Edit, "orders") }); err != nil {
			t.Fatal(err)
		}
	}
	return g, store
}

// Who may what: the rows that must never change by accident.
func TestRights(t *testing.T) {
	tests := []struct {
		role   access.Role
		action access.Action
		want   bool
	}{
		{access.Viewer, access.View, true}, {access.Viewer, access.Edit, false},
		{access.Editor, access.Edit, true}, {access.Editor, access.Certify, false},
		{access.Steward, access.Certify, true}, {access.Steward, access.Apply, false},
		{access.Admin, access.Apply, true}, {access.Admin, access.RequestView, false}, {access.Admin, access.RequestApprove, false}, {access.Admin, access.ReadLedger, false},
		{access.PrivacyOfficer, access.RequestExecute, true}, {access.PrivacyOfficer, access.Apply, false},
		{access.Approver, access.RequestApprove, true}, {access.Approver, access.RequestOpen, false}, {access.Approver, access.RequestPlan, false},
		{access.CaseWorker, access.RequestOpen, true}, {access.CaseWorker, access.RequestApprove, false},
		{access.Auditor, access.ReadLedger, true}, {access.Auditor, access.RequestView, false},
	}
	for _, tt := range tests {
		if got := (access.Caller{Roles: []access.Role{tt.role}}).May(tt.action); got != tt.want {
			t.Errorf("%s may %s: got %v want %v", tt.role, tt.action, got, tt.want)
		}
	}
}

func TestNobodyMayNothing(t *testing.T) {
	g, _ := newGuard(t, 0)
	if err := g.Check(context.Background(), access.View, "x"); !errors.Is(err, fault.Denied) {
		t.Errorf("without a caller: got %v want fault.Denied", err)
	}
	if _, err := g.Scope(context.Background()); !errors.Is(err, fault.Denied) {
		t.Errorf("scope without a caller: got %v want fault.Denied", err)
	}
	if _, err := access.ParseRole("system"); !errors.Is(err, fault.Invalid) {
		t.Errorf("the role of the program given to a person: got %v want fault.Invalid", err)
	}
	s, err := g.Scope(as(access.Viewer))
	if err != nil || !s.Hides("source") || s.Hides("dataset") {
		t.Errorf("a viewer's scope: got %+v, %v want recipes hidden, tables not", s, err)
	}
}

// The chain finds what was done to it: an entry edited, removed, or put elsewhere.
func TestTheChainFindsWhatWasDoneToIt(t *testing.T) {
	key := func(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
	tests := map[string]func(w kv.Writer) error{
		"edited": func(w kv.Writer) error {
			line, _, err := w.Get("audit", key(3))
			if err != nil {
				return err
			}
			changed := append([]byte(nil), line...)
			changed[len(changed)-3] ^= 1
			return w.Put("audit", key(3), changed)
		},
		"last one edited": func(w kv.Writer) error { return w.Put("audit", key(5), []byte(`{"n":5}`)) },
		"removed":         func(w kv.Writer) error { return w.Delete("audit", key(2)) },
		"swapped": func(w kv.Writer) error {
			line, _, err := w.Get("audit", key(2))
			if err != nil {
				return err
			}
			return w.Put("audit", key(3), append([]byte(nil), line...))
		},
	}
	for name, spoil := range tests {
		g, store := newGuard(t, 5)
		if n, err := g.VerifyAudit(t.Context()); n != 5 || err != nil {
			t.Fatalf("before: got %d, %v want 5, nil", n, err)
		}
		if err := store.Update(t.Context(), spoil); err != nil {
			t.Fatal(err)
		}
		if _, err := g.VerifyAudit(t.Context()); !errors.Is(err, fault.Corrupt) {
			t.Errorf("%s: got %v want fault.Corrupt", name, err)
		}
	}
}
