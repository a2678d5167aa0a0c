package login_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"slices"
	"testing"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/cmd/internal/login"
)

func people(_ context.Context, name string) ([]access.Role, bool, error) {
	if name == "mina" {
		return []access.Role{access.Viewer}, true, nil
	}
	return nil, true, nil
}

func TestAs(t *testing.T) {
	l := login.Local{People: people}
	if c, err := l.As(t.Context(), "mina"); err != nil || !slices.Equal(c.Roles, []access.Role{access.Viewer}) {
		t.Errorf("mina: got %+v, %v want her role alone", c, err)
	}
	if c, err := l.As(t.Context(), "minna"); !errors.Is(err, fault.NotFound) {
		t.Errorf("a name that nobody has: got %+v, %v want fault.NotFound", c, err)
	}
	fresh := login.Local{People: func(context.Context, string) ([]access.Role, bool, error) { return nil, false, nil }}
	if c, err := fresh.As(t.Context(), "alice"); err != nil || !c.May(access.RequestApprove) {
		t.Errorf("where nobody has a role yet: got %+v, %v want all roles", c, err)
	}
	if c, err := l.As(t.Context(), ""); err != nil || c.User != login.Name() || !c.May(access.Manage) {
		t.Errorf("whoever runs this: got %+v, %v want all roles", c, err)
	}
}

func TestBeingAnotherIsForTheDemo(t *testing.T) {
	r := httptest.NewRequest("POST", "/graphql", nil)
	r.Header.Set(login.HeaderAs, "mina")
	if _, err := (login.Local{People: people}).Recognise(r); !errors.Is(err, fault.Denied) {
		t.Errorf("outside of the demo: got %v want fault.Denied", err)
	}
	if c, err := (login.Local{People: people, Demo: "sora"}).Recognise(r); err != nil || c.User != "mina" {
		t.Errorf("in the demo: got %+v, %v want mina", c, err)
	}
}

func TestLoopback(t *testing.T) {
	for addr, want := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:1": true, "[::1]:8080": true, "127.9.9.9:1": true,
		"0.0.0.0:8080": false, ":8080": false, "10.0.0.1:80": false, "example.org:80": false, "127.0.0.1": false,
	} {
		if got := login.Loopback(addr); got != want {
			t.Errorf("Loopback(%q): got %v want %v", addr, got, want)
		}
	}
}
