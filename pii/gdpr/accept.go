package gdpr

import (
	"context"
	"slices"
	"strings"

	"waymark/catalog/access"
	"waymark/catalog/fault"
)

// clean reports whether the last look found nothing.
func (s State) clean() bool { return s == Verified || s == VerifiedExcept }

// exceptions are those of the last look.
func (r Request) exceptions() []Exception {
	if len(r.Looks) == 0 {
		return nil
	}
	return r.Looks[len(r.Looks)-1].Exceptions
}

// unaccepted are the exceptions for which nobody answers yet.
func (r Request) unaccepted() []Exception {
	return slices.DeleteFunc(slices.Clone(r.exceptions()), func(e Exception) bool { return e.Accepted != "" })
}

func (e Exception) place() string {
	if e.Column == "" {
		return e.Dataset.Name()
	}
	return e.Dataset.Name() + "." + e.Column
}

// carried keeps the words that were given on the same exceptions of the look before.
func carried(r Request, list []Exception) []Exception {
	out := []Exception{}
	for _, e := range list {
		if i := slices.IndexFunc(r.exceptions(), e.same); i >= 0 {
			was := r.exceptions()[i]
			e.Accepted, e.Because, e.Ledger = was.Accepted, was.Because, was.Ledger
		}
		out = append(out, e)
	}
	return out
}

// wordless leaves out what people wrote, which the ledger does not keep.
func wordless(list []Exception) []Exception {
	out := slices.Clone(list)
	for i := range out {
		out[i].Because = ""
	}
	return out
}

// Acceptance names the exceptions of the last look that somebody answers for.
type Acceptance struct {
	All     bool   // every one that is not accepted yet
	Dataset string // else those of this dataset, by its URN or its name
	Column  string // and of this column, if it is not ""
}

func (a Acceptance) means(e Exception) bool {
	return e.Accepted == "" && (a.All || (string(e.Dataset) == a.Dataset || e.Dataset.Name() == a.Dataset) && (a.Column == "" || a.Column == e.Column))
}

// Accept answers for what a look did not search, with a reason that the receipt
// shows. Only who may plan requests can, and the request stays verified but for it.
func (d *Desk) Accept(ctx context.Context, id string, what Acceptance, reason string) (r Request, err error) {
	defer fault.Wrap(&err, "accept exceptions of request %s", id)
	c, err := d.caller(ctx, access.RequestPlan, id)
	if err != nil {
		return r, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return r, fault.Invalid.Errorf("to accept that something was not searched takes a reason")
	}
	leave, err := d.enter(id)
	if err != nil {
		return r, err
	}
	defer leave()
	if r, err = d.load(ctx, id); err != nil {
		return r, err
	}
	if r.State != VerifiedExcept {
		return r, fault.Conflict.Errorf("the request is %s; exceptions are accepted after a look that found nothing", r.State)
	}
	return d.accept(ctx, c, r, what, reason)
}

func (d *Desk) accept(ctx context.Context, c access.Caller, r Request, what Acceptance, reason string) (Request, error) {
	var meant []Exception
	list := slices.Clone(r.exceptions())
	for _, e := range list {
		if what.means(e) {
			meant = append(meant, e)
		}
	}
	if len(meant) == 0 {
		return r, fault.NotFound.Errorf("no open exception of the last look is meant by that")
	}
	n, err := d.record(ctx, "verify.accepted", &r, r.act(c, reason, map[string]any{"exceptions": meant}))
	if err != nil {
		return r, err
	}
	for i, e := range list {
		if what.means(e) {
			list[i].Accepted, list[i].Because, list[i].Ledger = c.User, reason, n
		}
	}
	next := r
	next.Looks = slices.Clone(r.Looks)
	next.Looks[len(next.Looks)-1].Exceptions = list
	next.Receipt = nil // another one is due, which shows this
	return next, d.save(ctx, &next)
}
