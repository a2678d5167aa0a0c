package main

import (
	"context"

	"waymark/catalog"
	"waymark/lineage"
	"waymark/pii/detect"
	"waymark/pii/gdpr"
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

// forms gives requests the ways in which an identity may be stored.
func forms(class, value string) []gdpr.Form {
	list := detect.Forms(class, value)
	out := make([]gdpr.Form, len(list))
	for i, f := range list {
		out[i] = gdpr.Form(f)
	}
	return out
}
