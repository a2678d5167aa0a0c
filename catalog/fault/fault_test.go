package fault

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestKindOf(t *testing.T) {
	cause := errors.New("disk on fire")
	tests := []struct {
		name string
		err  error
		want Kind
	}{
		{"nil", nil, ""},
		{"made", NotFound.Errorf("no %s", "orders"), NotFound},
		{"wrapped", fmt.Errorf("open: %w", Denied.Errorf("no")), Denied},
		{"given", Unavailable.Of(cause), Unavailable},
		{"outer wins", Conflict.Errorf("again: %w", NotFound.Errorf("gone")), Conflict},
		{"bare kind", fmt.Errorf("x: %w", Corrupt), Corrupt},
		{"cancelled", fmt.Errorf("x: %w", context.Canceled), Unavailable},
		{"foreign", cause, Internal},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := KindOf(tt.err); got != tt.want {
				t.Errorf("KindOf(%v): got %q want %q", tt.err, got, tt.want)
			}
			if tt.want != "" && tt.want != Internal && tt.name != "cancelled" && !errors.Is(tt.err, tt.want) {
				t.Errorf("errors.Is(%v, %v): got false want true", tt.err, tt.want)
			}
		})
	}
}

func TestWrapNamesThePlaceOnce(t *testing.T) {
	do := func(fail error) (err error) {
		defer Wrap(&err, "open %s", "orders")
		return fail
	}
	if err := do(nil); err != nil {
		t.Errorf("got %v want nil", err)
	}
	err := do(Invalid.Errorf("bad name"))
	if got, want := err.Error(), "open orders: bad name"; got != want {
		t.Errorf("got %q want %q", got, want)
	}
	if !errors.Is(err, Invalid) {
		t.Errorf("the kind was lost in %v", err)
	}
}
