package catalog

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Trouble is what is wrong with an asset, from when to when. An incident is an
// asset of its own, so that it has a history and people can be told of it.
type Trouble struct {
	About    urn.URN   `cbor:"1,keyasint,omitempty"`
	Kind     string    `cbor:"2,keyasint,omitempty"` // check, volume, freshness, promise, report
	Severity string    `cbor:"3,keyasint,omitempty"`
	Title    string    `cbor:"4,keyasint,omitempty"`
	Detail   string    `cbor:"5,keyasint,omitempty"` // a fact with its numbers
	Opened   time.Time `cbor:"6,keyasint,omitzero"`
	Closed   time.Time `cbor:"7,keyasint,omitzero"`
	By       urn.URN   `cbor:"8,keyasint,omitempty"` // the person who opened it; "" is a rule
	Note     string    `cbor:"9,keyasint,omitempty"` // what was done about it
}

// The kinds of incidents by what opens them.
const (
	FromCheck     = "check"     // a critical check fails
	FromVolume    = "volume"    // far more or fewer rows than learned
	FromFreshness = "freshness" // three of its own intervals without a write
	FromPromise   = "promise"   // a promised time was missed
	FromPerson    = "report"    // somebody saw it
)

// bucketIncident is asset, incident -> the rule that opened it, for as long as the
// rule holds; "" for those of people and of rules that no longer hold.
const bucketIncident kv.Bucket = "incident"

func incidentKey(about, incident urn.URN) []byte {
	return append(append(urnKey(about), 0), urnKey(incident)...)
}

// incidentURN is the same for the same rule, asset and moment, so that a rule that
// is run twice opens one incident.
func incidentURN(about urn.URN, rule string, at time.Time) urn.URN {
	sum := sha256.Sum256([]byte(string(about) + "\x00" + rule))
	return urn.Incident(hex.EncodeToString(sum[:6]) + "-" + strconv.FormatInt(at.Unix(), 36))
}

// OpenIncident lets a person say that something is wrong with an asset.
func (c *Catalog) OpenIncident(ctx context.Context, about urn.URN, severity, title, detail string) (out Asset, err error) {
	defer fault.Wrap(&err, "open an incident of %s", about)
	if err := c.allowed(ctx, access.Edit, string(about)); err != nil {
		return out, err
	}
	if severity != Critical && severity != Warning || title == "" {
		return out, fault.Invalid.Errorf("an incident needs a title, and the severity critical or warning")
	}
	if _, err := c.Find(ctx, about); err != nil {
		return out, err
	}
	who, _ := access.From(ctx)
	t := Trouble{About: about, Kind: FromPerson, Severity: severity, Title: title, Detail: detail, Opened: c.Now().UTC(), By: who.URN()}
	id := incidentURN(about, title+who.User, t.Opened)
	err = c.store.Update(ctx, func(w kv.Writer) error {
		if err := c.putIncident(ctx, w, People, id, t, ""); err != nil {
			return err
		}
		if err := c.settleChecks(ctx, w, about); err != nil {
			return err
		}
		return c.guard.Allow(ctx, w, access.Edit, string(about))
	})
	if err != nil {
		return out, err
	}
	return c.Find(ctx, id)
}

// CloseIncident lets a person say that it is over, and what was done. The rule that
// opened it stays quiet until it was well in between.
func (c *Catalog) CloseIncident(ctx context.Context, id urn.URN, note string) (out Asset, err error) {
	defer fault.Wrap(&err, "close %s", id)
	if err := c.allowed(ctx, access.Edit, string(id)); err != nil {
		return out, err
	}
	a, err := c.Find(ctx, id)
	if err != nil {
		return out, err
	}
	if a.Trouble == nil || !a.Trouble.Closed.IsZero() {
		return out, fault.Conflict.Errorf("it is closed already")
	}
	t := *a.Trouble
	t.Closed, t.Note = c.Now().UTC(), note
	err = c.store.Update(ctx, func(w kv.Writer) error {
		rule, _, err := w.Get(bucketIncident, incidentKey(t.About, id))
		if err != nil {
			return err
		}
		if err := c.putIncident(ctx, w, People, id, t, string(rule)); err != nil {
			return err
		}
		if err := c.settleChecks(ctx, w, t.About); err != nil {
			return err
		}
		return c.guard.Allow(ctx, w, access.Edit, string(id))
	})
	if err != nil {
		return out, err
	}
	return c.Find(ctx, id)
}

// Incidents returns the incidents of an asset, or of all for "", the open ones
// first and then the newest; the caller sees those of assets that may be seen.
func (c *Catalog) Incidents(ctx context.Context, about urn.URN) (out []Asset, err error) {
	scope, err := c.guard.Scope(ctx)
	if err != nil {
		return nil, err
	}
	var from []byte
	if about != "" {
		from = append(urnKey(about), 0)
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		out = out[:0]
		for p, err := range r.Scan(bucketIncident, from, kv.After(from)) {
			if err != nil {
				return err
			}
			a, ok, err := readAsset(r, incidentOf(p.Key))
			if err != nil {
				return err
			}
			if !ok || a.Trouble == nil {
				continue
			}
			if h, _, err := readHead(r, urnKey(a.Trouble.About)); err != nil || h.Removed || scope.Hides(string(h.Type)) {
				if err != nil {
					return err
				}
				continue
			}
			out = append(out, a)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Asset) int {
		x, y := a.Trouble, b.Trouble
		if x.Closed.IsZero() != y.Closed.IsZero() {
			if x.Closed.IsZero() {
				return -1
			}
			return 1
		}
		return cmp.Or(y.Opened.Compare(x.Opened), cmp.Compare(a.URN, b.URN))
	})
	return out, err
}

func incidentOf(key []byte) urn.URN {
	return urn.URN(key[slices.Index(key, 0)+1:])
}

// putIncident stores an incident as author's word, with its place under the asset.
func (c *Catalog) putIncident(ctx context.Context, w kv.Writer, author Author, id urn.URN, t Trouble, rule string) error {
	if err := c.say(ctx, w, author, Asset{URN: id, Type: Incident, Profile: &Profile{Name: t.Title}, Trouble: &t}, t.Note); err != nil {
		return err
	}
	return w.Put(bucketIncident, incidentKey(t.About, id), []byte(rule))
}

// say stores what author says of one asset inside a transaction.
func (c *Catalog) say(ctx context.Context, w kv.Writer, author Author, a Asset, note string) error {
	says, err := express(&a)
	if err != nil {
		return err
	}
	before, err := readSeq(w, bucketMeta, keyHead)
	if err != nil {
		return err
	}
	e := &editor{w: w, author: author, now: c.Now(), seq: before, note: note}
	e.caller, _ = access.From(ctx)
	var d Diff
	if err := e.asset(statement{urn: a.URN, key: urnKey(a.URN), typ: a.Type, says: says}, &d); err != nil || e.seq == before {
		return err
	}
	return w.Put(bucketMeta, keyHead, seqKey(e.seq))
}

// openRules returns the incidents of an asset whose rules still held at the last look.
func openRules(r kv.Reader, about urn.URN) (map[string]urn.URN, error) {
	out := map[string]urn.URN{}
	from := append(urnKey(about), 0)
	for p, err := range r.Scan(bucketIncident, from, kv.After(from)) {
		if err != nil {
			return nil, err
		}
		if len(p.Val) > 0 {
			out[string(p.Val)] = incidentOf(p.Key)
		}
	}
	return out, nil
}

// enforce brings the incidents of one kind of rule level with the rules that hold
// now: it opens what is new and closes what no longer holds.
func (c *Catalog) enforce(ctx context.Context, w kv.Writer, about urn.URN, kind string, hold map[string]Trouble) error {
	open, err := openRules(w, about)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(hold)) {
		rule, t := kind+"/"+name, hold[name]
		if _, is := open[rule]; is {
			continue
		}
		t.About, t.Kind, t.Opened = about, kind, c.Now().UTC()
		if err := c.putIncident(ctx, w, Watch, incidentURN(about, rule, t.Opened), t, rule); err != nil {
			return err
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(open)) {
		name, of := strings.CutPrefix(rule, kind+"/")
		if _, still := hold[name]; !of || still {
			continue
		}
		if err := c.endRule(ctx, w, open[rule]); err != nil {
			return err
		}
	}
	return nil
}

// endRule closes an incident whose rule no longer holds, unless a person did.
func (c *Catalog) endRule(ctx context.Context, w kv.Writer, id urn.URN) error {
	a, ok, err := readAsset(w, id)
	if err != nil || !ok || a.Trouble == nil {
		return err
	}
	t := *a.Trouble
	if !t.Closed.IsZero() {
		return w.Put(bucketIncident, incidentKey(t.About, id), nil)
	}
	t.Closed = c.Now().UTC()
	return c.putIncident(ctx, w, Watch, id, t, "")
}

// settleChecks brings the incidents of failing checks and the signal of an asset
// level with its results and its open incidents.
func (c *Catalog) settleChecks(ctx context.Context, w kv.Writer, u urn.URN) error {
	h, known, err := readHead(w, urnKey(u))
	if err != nil || !known || h.Removed {
		return err // results may come before the asset; the next look settles them
	}
	list, err := checks(w, u, c.Now())
	if err != nil {
		return err
	}
	hold := map[string]Trouble{}
	for _, k := range list {
		if failing(k) {
			name := strings.TrimPrefix(k.Column+"."+k.Name, ".")
			hold[k.Source+"/"+name] = Trouble{Severity: Critical, Title: "check " + name + " fails", Detail: k.Last().Message}
		}
	}
	if err := c.enforce(ctx, w, u, FromCheck, hold); err != nil {
		return err
	}
	s := judged(list, c.Now())
	if s.Trouble, err = troubled(w, u); err != nil {
		return err
	}
	if s == (Checks{}) && h.fact(AspectChecks, Watch) < 0 {
		return nil
	}
	return c.say(ctx, w, Watch, Asset{URN: u, Type: h.Type, Checks: &s}, "")
}

// troubled reports whether a critical incident is open that no check opened: a
// failing check is told apart.
func troubled(r kv.Reader, about urn.URN) (bool, error) {
	from := append(urnKey(about), 0)
	for p, err := range r.Scan(bucketIncident, from, kv.After(from)) {
		if err != nil {
			return false, err
		}
		a, ok, err := readAsset(r, incidentOf(p.Key))
		if err != nil {
			return false, err
		}
		if t := a.Trouble; ok && t != nil && t.Closed.IsZero() && t.Severity == Critical && t.Kind != FromCheck {
			return true, nil
		}
	}
	return false, nil
}
