package ledger

import (
	"context"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// actRepinned is the act of an entry that says from where the keepers begin anew.
const actRepinned = "ledger.repinned"

type repinned struct {
	By      string   `json:"by"`
	Entries int64    `json:"entries"`
	Lost    []string `json:"differences"`
}

// Repin records that a person takes the ledger as it is, for example after a backup
// was put back or a lost ledger was begun anew, lists what the keepers knew otherwise, and tells them the new head.
// Heads that were exported before go on showing what was lost.
func Repin(ctx context.Context, store kv.Store, keyPath, by string, keepers ...Keeper) (lost []string, err error) {
	defer fault.Wrap(&err, "pin the ledger anew")
	l, err := Open(ctx, store, keyPath) // a new one where the store has none and the key was moved away
	if err != nil {
		return nil, err
	}
	for _, k := range keepers {
		if bad := l.lost(ctx, k); bad != "" {
			lost = append(lost, k.Name()+": "+bad)
		}
	}
	h, err := l.Head(ctx)
	if err != nil || len(lost) == 0 {
		return nil, err
	}
	if _, err := l.Append(ctx, Entry{Act: actRepinned, Body: repinned{By: by, Entries: h.Size, Lost: lost}}); err != nil {
		return nil, err
	}
	if h, err = l.Head(ctx); err != nil {
		return nil, err
	}
	for _, k := range keepers {
		if err := k.Keep(ctx, Pin{Key: l.public, Head: h}); err != nil {
			return nil, err
		}
	}
	return lost, nil
}

// lost says how the ledger differs from what k keeps.
func (l *Ledger) lost(ctx context.Context, k Keeper) (bad string) {
	pin, err := k.Kept(ctx)
	if err != nil {
		return err.Error()
	}
	err = l.store.View(ctx, func(r kv.Reader) error {
		h, err := readHead(r, l.public)
		if err == nil {
			bad = differs(r, l.public, h, pin)
		}
		return err
	})
	if err != nil {
		bad = err.Error()
	}
	return bad
}
