package access

import (
	"context"
	"encoding/json"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// The grants, by number, and how far they were told to the ledger.
const bucketGrant kv.Bucket = "grant"

var keyTold = []byte("told")

// The actions under which grants stand in the audit.
const (
	GrantRole    Action = "role.grant"
	WithdrawRole Action = "role.withdraw"
)

// Grant is one act: somebody gave a person a role, or took it away.
type Grant struct {
	N         uint64    `json:"n"`
	At        time.Time `json:"at"`
	By        string    `json:"by"`
	Via       string    `json:"via"`
	System    string    `json:"system,omitempty"`
	To        string    `json:"to"`
	Role      Role      `json:"role"`
	Withdrawn bool      `json:"withdrawn,omitempty"`
}

// Grant records, in the transaction of the act, that the caller of ctx gave the role of
// g to a person or took it away: for itself, and in the audit. To, Role and Withdrawn
// are read. Whether the caller may do so was decided before.
func (g *Guard) Grant(ctx context.Context, w kv.Writer, x Grant) error {
	c, _ := From(ctx)
	x.At, x.By, x.Via, x.System = g.Now().UTC(), c.User, c.Via, c.System
	last, err := lastGrant(w)
	if err != nil {
		return err
	}
	x.N = last + 1
	line, err := json.Marshal(x)
	if err != nil {
		return fault.Internal.Of(err)
	}
	if err := w.Put(bucketGrant, number(x.N), line); err != nil {
		return err
	}
	action := GrantRole
	if x.Withdrawn {
		action = WithdrawRole
	}
	return appendEntry(w, Entry{At: x.At, User: c.User, Via: c.Via, Action: action, Target: string(x.Role) + " of " + x.To, Allowed: true})
}

func lastGrant(r kv.Reader) (n uint64, err error) {
	list, err := readGrants(r)
	if err == nil && len(list) > 0 {
		n = list[len(list)-1].N
	}
	return n, err
}

// Grants returns all grants, oldest first.
func (g *Guard) Grants(ctx context.Context) (out []Grant, err error) {
	err = g.store.View(ctx, func(r kv.Reader) error {
		out, err = readGrants(r)
		return err
	})
	return out, err
}

func readGrants(r kv.Reader) (out []Grant, err error) {
	for p, err := range r.Scan(bucketGrant, nil, nil) {
		if err != nil {
			return nil, err
		}
		if string(p.Key) == string(keyTold) {
			continue
		}
		var x Grant
		if err := json.Unmarshal(p.Val, &x); err != nil {
			return nil, fault.Corrupt.Errorf("a grant of a role cannot be read: %w", err)
		}
		out = append(out, x)
	}
	return out, nil
}

// Untold returns the grants that the ledger was not told yet.
func (g *Guard) Untold(ctx context.Context) (out []Grant, err error) {
	err = g.store.View(ctx, func(r kv.Reader) error {
		var told uint64
		val, ok, err := r.Get(bucketGrant, keyTold)
		if err == nil && ok {
			err = json.Unmarshal(val, &told)
		}
		if err != nil {
			return fault.Corrupt.Of(err)
		}
		all, err := readGrants(r)
		for out = nil; len(all) > 0; all = all[1:] {
			if all[0].N > told {
				out = append(out, all[0])
			}
		}
		return err
	})
	return out, err
}

// Told notes that the ledger knows the grants up to n.
func (g *Guard) Told(ctx context.Context, n uint64) error {
	val, err := json.Marshal(n)
	if err != nil {
		return fault.Internal.Of(err)
	}
	return g.store.Update(ctx, func(w kv.Writer) error { return w.Put(bucketGrant, keyTold, val) })
}
