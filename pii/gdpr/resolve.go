package gdpr

import (
	"context"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/fault"
)

// ours are the subject's rows in one table of people, by primary key.
type ours struct {
	t   *table
	ids []string
	by  []int // the identities that found them
}

// resolve decides which rows of the tables of people are the subject's. It marks
// identities that belong to somebody else too as shared, and returns fault.Conflict
// where only a human with a second key can tell.
func (s *search) resolve(ctx context.Context) ([]ours, error) {
	for {
		before := s.sharing()
		out, err := s.resolveOnce(ctx)
		if err != nil || s.sharing() == before {
			return out, err
		}
		// What was found by an identity that turned out to be shared is looked at again.
	}
}

func (s *search) sharing() (n int) {
	for _, k := range s.keys {
		if k.Shared {
			n++
		}
	}
	return n
}

func (s *search) resolveOnce(ctx context.Context) ([]ours, error) {
	var out []ours
	for _, t := range s.e.tables {
		if !t.person || t.pk == "" || len(s.raw[t]) == 0 {
			continue
		}
		byKey, err := s.peopleBy(ctx, t)
		if err != nil {
			return nil, err
		}
		if t.inferred && s.several(byKey) {
			// Whatever its columns look like, one person has several rows of it.
			t.person, t.inferred = false, false
			continue
		}
		o, err := s.pick(t, byKey)
		if err != nil {
			return nil, err
		}
		if len(o.ids) > 0 {
			out = append(out, o)
		}
	}
	if len(out) == 0 && slices.ContainsFunc(s.keys, func(k Key) bool { return k.Shared }) {
		return nil, fault.Conflict.Errorf("the keys given name different people; nothing is done on a guess, check them with the subject")
	}
	return out, nil
}

// several reports whether one weak identity names more than one row.
func (s *search) several(byKey map[int][]string) bool {
	for i, ids := range byKey {
		if s.keys[i].weak() && len(ids) > 1 {
			return true
		}
	}
	return false
}

// peopleBy returns the primary keys that each identity found in t.
func (s *search) peopleBy(ctx context.Context, t *table) (map[int][]string, error) {
	out := map[int][]string{}
	for _, h := range s.raw[t] {
		if h.related == mentions {
			continue
		}
		rows, ok, err := s.values(ctx, t, []catalog.Rows{h.where}, t.pk)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		for _, r := range rows {
			if !slices.Contains(out[h.key], r[0]) {
				out[h.key] = append(out[h.key], r[0])
			}
		}
	}
	return out, nil
}

// pick chooses the subject's rows of t. Identities of one name are alternatives
// (a person has two addresses), those of different names must agree.
func (s *search) pick(t *table, byKey map[int][]string) (ours, error) {
	o := ours{t: t}
	strong, asked := s.agree(byKey, func(k Key) bool { return !k.weak() && !k.Learned })
	weak, _ := s.agree(byKey, func(k Key) bool { return k.weak() && !k.Learned })
	learned, _ := s.agree(byKey, func(k Key) bool { return k.Learned })
	switch {
	case asked > 0:
		o.ids = strong
	case s.applies(t):
		// A strong key was given, this table has its column, and it names nobody
		// here: whoever else matches is somebody else.
	case weak != nil:
		if len(weak) == 0 {
			return o, fault.Conflict.Errorf("the keys given name different people in %s; check them with the subject", t.urn.Name())
		}
		if err := s.one(t, weak); err != nil {
			return o, err
		}
		o.ids = weak
	case len(learned) == 1:
		o.ids = learned
	}
	for i, ids := range byKey {
		k := &s.keys[i]
		if asked > 0 && len(o.ids) > 0 && !k.Learned && !meet(ids, o.ids) {
			return o, fault.Conflict.Errorf("the keys given name different people in %s; check them with the subject", t.urn.Name())
		}
		if k.weak() && slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(o.ids, id) }) {
			k.Shared = true
		}
		o.by = append(o.by, i)
	}
	slices.Sort(o.by)
	return o, nil
}

// meet reports whether two lists have something in common.
func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// one refuses to choose between several people on one weak identity.
func (s *search) one(t *table, ids []string) error {
	names := map[string]bool{}
	for _, k := range s.keys {
		if !k.Learned {
			names[k.Name] = true
		}
	}
	if len(ids) < 2 || len(names) > 1 {
		return nil
	}
	return fault.Conflict.Errorf("%d people in %s have this identity; give a second key of the subject, for example %s=…", len(ids), t.urn.Name(), t.pk)
}

// applies reports whether a given strong key names a column of t.
func (s *search) applies(t *table) bool {
	return slices.ContainsFunc(s.keys, func(k Key) bool {
		return k.Class == "" && slices.ContainsFunc(t.columns, func(c catalog.Column) bool { return named(t, c.Name, k.Name) })
	})
}

// agree returns the ids that all chosen identities have in common, by name, and how
// many names found something; nil when none did.
func (s *search) agree(byKey map[int][]string, choose func(Key) bool) (ids []string, found int) {
	byName := map[string][]string{}
	for i, list := range byKey {
		if k := s.keys[i]; choose(k) && !k.Shared && len(list) > 0 {
			byName[k.Name] = append(byName[k.Name], list...)
		}
	}
	for _, list := range byName {
		found++
		if found == 1 {
			ids = distinct(list)
			continue
		}
		ids = slices.DeleteFunc(ids, func(id string) bool { return !slices.Contains(list, id) })
		if ids == nil {
			ids = []string{}
		}
	}
	slices.Sort(ids)
	return ids, found
}

// learnable are the classes whose values, found beside the subject, find more.
var learnable = []string{classEmail, classPhone, classUsername, "user.government_id.national_identification_number"}

// learn reads further identities from the subject's rows. Where two tables agree on
// a number but know different e-mails under it, the number is counted anew in each
// and names different people: fault.Conflict.
func (s *search) learn(ctx context.Context, people []ours) error {
	var mails []string
	for _, k := range s.keys {
		if k.Class == classEmail && !k.Learned {
			mails = append(mails, mailbox(k.Value))
		}
	}
	for _, o := range people {
		own, err := s.learnFrom(ctx, o)
		if err != nil {
			return err
		}
		if len(mails) > 0 && len(own) > 0 && !meet(mails, own) {
			return fault.Conflict.Errorf("the keys given name one person in %s and another in %s; add a key that both know, such as the e-mail", people[0].t.urn.Name(), o.t.urn.Name())
		}
		mails = append(mails, own...)
	}
	return nil
}

// learnFrom reads the identities in the subject's rows of one table and returns the
// e-mails among them.
func (s *search) learnFrom(ctx context.Context, o ours) (mails []string, err error) {
	where := exact(o.t, o.t.pk, o.ids)
	for _, c := range o.t.columns {
		class := learns(o.t, c)
		if class == "" {
			continue
		}
		rows, ok, err := s.values(ctx, o.t, []catalog.Rows{where}, c.Name)
		if err != nil {
			return nil, err
		}
		for i := 0; ok && i < len(rows); i++ {
			value := strings.TrimSpace(rows[i][0])
			s.remember(class, value)
			if class == classEmail && address(value) {
				mails = append(mails, mailbox(value))
			}
		}
	}
	return mails, nil
}

// address reports whether value is one plain e-mail address, and not a document or
// a list in which one stands.
func address(value string) bool {
	local, host, ok := strings.Cut(value, "@")
	return ok && local != "" && strings.Contains(host, ".") && !strings.ContainsAny(value, " \t\r\n{}[]<>\",;:") && !strings.Contains(host, "@")
}

// learns returns the class of a column from which identities are learned: what is
// known of it, or its very name.
func learns(t *table, c catalog.Column) string {
	class := t.classes[c.Name]
	if class == "" {
		if class = shortNames[strings.ToLower(c.Name)]; class != classEmail && class != classPhone {
			return ""
		}
	}
	if !slices.Contains(learnable, class) || !textual(c.Type) {
		return ""
	}
	return class
}

// remember adds an identity unless it is known in another form, or is a place holder.
func (s *search) remember(class, value string) {
	if len(value) < 5 || class == classEmail && !address(value) || class == classPhone && len(digits(value)) < 7 {
		return
	}
	for i, k := range s.keys {
		if k.Class == class && s.matcher(i).judge(value).own {
			return
		}
	}
	name := class
	for short, c := range shortNames {
		if c == class && (name == class || short < name) {
			name = short
		}
	}
	s.keys = append(s.keys, Key{Name: name, Class: class, Value: value, Learned: true})
}

// seed turns what the identities found into finds, now that it is known whose the
// rows are.
func (s *search) seed(ctx context.Context, people []ours) error {
	for _, o := range people {
		i := slices.IndexFunc(o.by, func(i int) bool { return !s.keys[i].Shared })
		h := hit{where: exact(o.t, o.t.pk, o.ids), rows: int64(len(o.ids)), how: byIdentity, related: about, key: -1}
		h.path = []string{o.t.urn.Name() + "." + o.t.pk}
		if i >= 0 {
			h.key = o.by[i]
			h.path = []string{s.keys[h.key].Name + " in " + o.t.urn.Name()}
		}
		s.found(o.t, h)
	}
	for _, t := range s.e.tables {
		for _, h := range s.raw[t] {
			if err := s.seedTable(ctx, t, h); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *search) seedTable(ctx context.Context, t *table, h hit) error {
	k := s.keys[h.key]
	h.path = []string{k.Name + " in " + t.urn.Name() + "." + h.where.Column}
	switch {
	case k.Shared:
		s.note("The %s of the subject is somebody else's as well, so it was not used to find rows; %s in %s have it.", k.Name, count(int(h.rows), "row"), t.urn.Name())
		return nil
	case t.person && t.pk != "" && h.related != mentions:
		return nil // resolved
	case k.Class == "":
		return s.arrive(ctx, t, h.where.Column, h.where.Values, step{how: byIdentity, path: h.path, key: h.key})
	case h.related == "":
		h.related = s.roleOf(t, h.where.Column)
	}
	if h.related == mentions && s.asked(t.urn) {
		h.related = about // a person took these rows in
	}
	if h.related == mentions {
		if h.columns == nil {
			h.columns = []string{h.where.Column}
		}
		s.found(t, h)
		return nil
	}
	return s.split(ctx, t, h)
}

// others are words in the name of a column that holds somebody whom a row mentions
// and is not about.
var others = set("sender from by agent assigned assignee approver approved created updated modified manager instructor teacher author editor reviewer referrer referred invited inviter cc bcc emergency guardian parent spouse seller vendor supervisor")

// roleOf says what an identity in a column makes of the row.
func (s *search) roleOf(t *table, column string) relatedness {
	if t.person {
		return about
	}
	if direct(column) && t.describes() {
		return about
	}
	if slices.ContainsFunc(words(column), func(w string) bool { return others[w] }) {
		return mentions
	}
	// Other tables hang on rows of this one: it is a thing with a contact, not a
	// record of the contact.
	if len(s.e.to[t.urn]) > 0 {
		return mentions
	}
	return about
}
