package gdpr

import (
	"cmp"
	"context"
	"slices"

	"waymark/catalog"
)

// hanging makes exceptions of rows that a declared key binds to a row which only
// mentions the subject, and that nothing else led to. Such a row may be a thing with a
// contact, whose rows are many people's, or the subject under a name that says
// nothing: a person decides that.
func (s *search) hanging(ctx context.Context) error {
	for _, t := range s.order {
		for _, h := range s.finds[t] {
			if h.related != mentions || h.how == byContained || !direct(h.where.Column) || len(s.othersIn(t, h.where.Column)) > 0 {
				continue // a key says whose the row is
			}
			for _, r := range s.e.to[t.urn] {
				if err := s.hangingBy(ctx, t, h, r); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (s *search) hangingBy(ctx context.Context, t *table, h hit, r relation) error {
	u := s.e.byURN[r.from]
	if u == nil || u.source == "" || u.gone || s.skipped(u) {
		return nil
	}
	rows, ok, err := s.values(ctx, t, []catalog.Rows{h.where}, r.targets[0])
	values := distinct(first(rows))
	if err != nil || !ok || len(values) == 0 {
		return err
	}
	column := cmp.Or(u.pk, r.columns[0])
	bound, ok, err := s.values(ctx, u, []catalog.Rows{exact(u, r.columns[0], values)}, column)
	if err != nil || !ok {
		return err
	}
	own := s.ids[string(u.urn)+"\x00"+column]
	left := slices.DeleteFunc(first(bound), func(v string) bool { return own[v] })
	if len(left) > 0 {
		s.except(Exception{Dataset: u.urn, Column: r.columns[0], Reason: notFollowed,
			Detail: "rows of it may hang on a row of " + t.urn.Name() + " with the subject's identity; if that row is the subject's own, add " + t.urn.Name() + " to the plan"})
	}
	return nil
}

// unfollowed are the exceptions that only a plan can see: what led there is gone after it.
func (p Plan) unfollowed() (out []Exception) {
	for _, e := range p.Exceptions {
		if e.Reason == notFollowed {
			out = append(out, e)
		}
	}
	return out
}
