package main

import (
	"context"
	"strings"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/cmd/internal/notify"
	"waymark/crawler"
	"waymark/lineage"
	"waymark/pii/detect"
	"waymark/pii/gdpr"
	"waymark/pii/ledger"
)

// derivations gives requests the lineage in their own words.
type derivations struct{ g *lineage.Graph }

// Derived returns the columns that the values of the given ones flow into.
func (d derivations) Derived(ctx context.Context, from []catalog.ColumnRef) ([]gdpr.Derivation, error) {
	list, err := d.g.Derived(ctx, from)
	out := make([]gdpr.Derivation, len(list))
	for i, x := range list {
		out[i] = gdpr.Derivation{Column: x.Column, From: x.From, Path: x.Path, Masked: x.Masked, Aggregated: x.Aggregated, Direct: true}
	}
	return out, err
}

// noLedger is the ledger of a store whose signing key is missing: nothing that must
// be recorded can be done, and each try says why.
type noLedger struct{ err error }

// Append refuses.
func (n noLedger) Append(context.Context, ledger.Entry) (int64, error) { return 0, n.err }

// Seal refuses.
func (n noLedger) Seal(context.Context, string, string, any) (ledger.Sealed, int64, error) {
	return ledger.Sealed{}, 0, n.err
}

// Of refuses.
func (n noLedger) Of(context.Context, string) ([]ledger.Record, error) { return nil, n.err }

// forms gives requests the ways in which an identity may be stored.
func forms(class, value string) []gdpr.Form {
	list := detect.Forms(class, value)
	out := make([]gdpr.Form, len(list))
	for i, f := range list {
		out[i] = gdpr.Form(f)
	}
	return out
}

// mailer is what tells subscribers, with the rights that they have at that moment.
func (w *waymark) mailer(s *settings) (*notify.Post, error) {
	password, err := crawler.Expand(s.text("notify.password"))
	if err != nil {
		return nil, fault.Invalid.Errorf("notify.password: %w", err)
	}
	return notify.New(w.cat, notify.Options{
		Mail:     notify.Mail{Server: s.text("notify.mail"), Password: password, From: s.text("notify.from")},
		Link:     s.text("notify.link"),
		Networks: strings.FieldsFunc(s.text("notify.networks"), func(r rune) bool { return r == ',' }),
		Reveal:   crawler.Expand,
		Caller:   w.local.As,
		Touched: func(ctx context.Context, e catalog.Event) (int, error) {
			list, err := w.graph.Broken(ctx, e)
			return len(list), err
		},
	}, w.log)
}
