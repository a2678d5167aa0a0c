package access

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// Guard is the only place that decides. It is safe for concurrent use.
type Guard struct {
	store kv.Store
	log   *slog.Logger

	// Now tells the time of audit entries; tests set it before the first call.
	Now func() time.Time
}

// New returns a Guard that keeps its audit in store.
func New(store kv.Store, log *slog.Logger) *Guard {
	return &Guard{store: store, log: log, Now: time.Now}
}

// Check says whether the caller of ctx may do action to target, and nothing more:
// nil, or fault.Denied. It is for acts whose record is kept elsewhere.
func (g *Guard) Check(ctx context.Context, action Action, target string) error {
	c, ok := From(ctx)
	if !ok {
		return fault.Denied.Errorf("nobody is calling: %s needs a caller", action)
	}
	if !c.May(action) {
		return fault.Denied.Errorf("%s may not %s: it takes the role %s", c.User, phrase(action), who(action))
	}
	return nil
}

// Allow checks action on target for the caller of ctx and, if it may go on, writes
// the audit entry into w, in the transaction of the act. A refusal is recorded in
// a transaction of its own and returned as fault.Denied.
func (g *Guard) Allow(ctx context.Context, w kv.Writer, action Action, target string) error {
	if err := g.Check(ctx, action, target); err != nil {
		return err
	}
	c, _ := From(ctx)
	return appendEntry(w, Entry{At: g.Now(), User: c.User, Via: c.Via, Action: action, Target: target, Allowed: true})
}

// Refused records a refusal. The domain calls it after the transaction of the act
// was dropped; a failure to record is returned.
func (g *Guard) Refused(ctx context.Context, action Action, target string) error {
	c, _ := From(ctx)
	return g.store.Update(ctx, func(w kv.Writer) error {
		return appendEntry(w, Entry{At: g.Now(), User: c.User, Via: c.Via, Action: action, Target: target})
	})
}

// Scope is what a caller may see: the filter of every list, count and suggestion.
type Scope struct{ recipes bool }

// Hides reports whether assets of a type are not to be seen, named or counted.
func (s Scope) Hides(assetType string) bool { return slices.Contains(s.Hidden(), assetType) }

// Hidden lists the types of assets that are not to be seen, named or counted.
func (s Scope) Hidden() []string {
	if s.recipes {
		return nil
	}
	return []string{"source"}
}

// Scope returns what the caller of ctx may see, or fault.Denied without one.
func (g *Guard) Scope(ctx context.Context) (Scope, error) {
	if err := g.Check(ctx, View, ""); err != nil {
		return Scope{}, err
	}
	c, _ := From(ctx)
	return Scope{recipes: c.May(Manage)}, nil
}

// phrase turns an action into words that follow "may not".
func phrase(a Action) string {
	switch a {
	case Apply:
		return "write to the catalog"
	case Manage:
		return "manage sources and people"
	case ReadSearches:
		return "read the search log"
	case Classify:
		return "decide what is personal data"
	}
	if verb, ok := strings.CutPrefix(string(a), "request."); ok {
		return verb + " data-subject requests"
	}
	return strings.ReplaceAll(string(a), ".", " ")
}

// who names the roles that allow an action.
func who(a Action) string {
	var names []string
	for _, r := range AllRoles() {
		if (Caller{Roles: []Role{r}}).May(a) {
			names = append(names, strings.ReplaceAll(string(r), "_", " "))
		}
	}
	return strings.Join(names, " or ")
}
