package catalog

import (
	"time"

	"waymark/catalog/access"
	"waymark/catalog/kv"
)

// editor writes the facts of one author inside one transaction and numbers them.
type editor struct {
	w      kv.Writer
	author Author
	run    string
	caller access.Caller
	now    time.Time
	seq    Seq
	note   string // why a person did it
	grants []access.Grant
}

// asset stores one statement: facts, head, change entry and history.
func (e *editor) asset(s statement, d *Diff) (err error) {
	h, known, err := readHead(e.w, s.key)
	if err != nil {
		return err
	}
	if !news(&h, s, e.author) {
		d.Unchanged++
		return nil
	}
	if s.concernsRoles() {
		was, err := rolesOf(e.w, s.urn)
		if err != nil {
			return err
		}
		defer func() {
			if err == nil {
				err = e.granted(s.urn, was)
			}
		}()
	}
	old, created := h, !known || h.Removed
	e.seq++
	ev := Event{Seq: e.seq, At: e.now.UTC(), Author: e.author, User: e.caller.User, Run: e.run, Note: e.note}
	if err := e.facts(&h, s, &ev); err != nil {
		return err
	}
	e.settle(&h, s)
	if err := e.move(s, &h, old.Seq); err != nil {
		return err
	}
	switch {
	case h.Removed:
		d.Removed++
		ev.Kind = EventRemoved
	case created && h.Type == Incident:
		d.Created++
		ev.Kind = EventOpened
	case created:
		d.Created++
		return nil // the head tells when; a first load of a million assets writes no history
	default:
		d.Changed++
		if err := e.lost(s, &ev); err != nil {
			return err
		}
	}
	return e.remember(s, ev)
}

// lost tells of an asset that crawls no longer find as of one that was removed, though
// its head stays: what others said of it is kept.
func (e *editor) lost(s statement, ev *Event) error {
	if !ev.gone {
		return nil
	}
	a, ok, err := readAsset(e.w, s.urn)
	if err == nil && ok && a.Status != nil && !a.Status.Removed.IsZero() {
		ev.Kind = EventRemoved
	}
	return err
}

// settle brings the head level with its facts.
func (e *editor) settle(h *head, s statement) {
	if h.Created == 0 {
		h.Created = e.now.Unix()
	}
	if s.typ != "" && (h.Type == "" || e.author.rank() < 3) {
		h.Type = s.typ
	}
	if string(s.key) != string(s.urn) {
		h.URN = s.urn
	}
	h.Seq = e.seq
	h.Removed = len(h.Facts) == 0 || s.removed && !h.vouched()
}

// facts stores what s says and drops what it retracts, noting both in ev.
func (e *editor) facts(h *head, s statement, ev *Event) error {
	if s.removed {
		return e.retract(h, s, ev)
	}
	seen := false
	for _, x := range s.says {
		seen = seen || x.aspect == AspectStatus
		if !differs(h, x, e.author) {
			continue
		}
		if err := e.fact(h, s.key, x, ev); err != nil {
			return err
		}
	}
	if i := h.fact(AspectStatus, e.author); i >= 0 && !seen && e.author.rank() < 3 { // a follower sees nothing itself: its stubs stay
		return e.fact(h, s.key, said{aspect: AspectStatus}, ev)
	}
	return nil
}

func (e *editor) retract(h *head, s statement, ev *Event) error {
	for i := len(h.Facts) - 1; i >= 0; i-- {
		if h.Facts[i].Author != e.author {
			continue
		}
		if err := e.fact(h, s.key, said{aspect: h.Facts[i].Aspect}, ev); err != nil {
			return err
		}
	}
	return nil
}

// fact stores one value, or deletes it when it is empty.
func (e *editor) fact(h *head, key []byte, x said, ev *Event) error {
	k, i := factKey(key, x.aspect, e.author), h.fact(x.aspect, e.author)
	if i >= 0 || e.author == People { // what an author says for the first time changes nothing that was said
		if err := ev.describe(e.w, k, x); err != nil {
			return err
		}
	}
	f := factHead{Aspect: x.aspect, Author: e.author, Digest: x.digest, Seq: e.seq}
	switch {
	case len(x.val) == 0 && i < 0:
		return nil
	case len(x.val) == 0:
		h.Facts = append(h.Facts[:i], h.Facts[i+1:]...)
		return e.w.Delete(bucketFact, k)
	case i < 0:
		h.Facts = append(h.Facts, f)
	default:
		h.Facts[i] = f
	}
	return putParts(e.w, bucketFact, k, x.val)
}

// move puts the asset at the end of the change log.
func (e *editor) move(s statement, h *head, old Seq) error {
	if old > 0 {
		if err := e.w.Delete(bucketChange, seqKey(old)); err != nil {
			return err
		}
	}
	if err := e.w.Put(bucketChange, seqKey(e.seq), []byte(s.urn)); err != nil {
		return err
	}
	b, err := encoding.Marshal(h)
	if err != nil {
		return err
	}
	return e.w.Put(bucketAsset, s.key, b)
}

// remember keeps the event for people, unless only a follower moved a signal. Of an
// incident every word is news.
func (e *editor) remember(s statement, ev Event) error {
	signal := e.author.rank() == 3 && ev.Kind != EventRemoved || len(ev.Aspects) == 0
	if signal && s.typ != Incident {
		return nil
	}
	if ev.Kind == "" {
		ev.Kind = EventChanged
	}
	b, err := encoding.Marshal(ev)
	if err != nil {
		return err
	}
	k := append(append(append([]byte(nil), s.key...), 0), seqKey(e.seq)...)
	if err := e.w.Put(bucketHistory, k, b); err != nil {
		return err
	}
	return e.w.Put(bucketFeed, seqKey(e.seq), []byte(s.urn))
}
