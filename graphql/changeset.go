package graphql

import (
	"context"

	"waymark/lineage"
)

// ChangeReport is what a set of files would do.
type ChangeReport struct {
	Changes []ChangeEffect
	Notes   []string
}

// ChangeEffect is one change to a known asset and what it would touch.
type ChangeEffect struct {
	File            string
	Line            int32
	Change          string
	Asset           *asset
	Column, Was, Is string
	Impact          *Impact
}

// ChangedFile is a file of DDL.
type ChangedFile struct{ Name, Text string }

// Changes answers the query of the same name.
func (r *root) Changes(ctx context.Context, args struct {
	Files           []ChangedFile
	Source, Dialect *string
	Depth           int32
	First           int32
}) (*ChangeReport, error) {
	set := lineage.ChangeSet{Source: text(args.Source), Dialect: text(args.Dialect)}
	for _, f := range args.Files {
		set.Files = append(set.Files, lineage.ChangedFile(f))
	}
	effects, notes, err := r.Graph.Changes(ctx, set, int(args.Depth), min(int(args.First), maxNodes))
	if err != nil {
		return nil, err
	}
	out := &ChangeReport{Changes: []ChangeEffect{}, Notes: some(notes)}
	for _, e := range effects {
		x, err := r.effect(ctx, e)
		if err != nil {
			return nil, err
		}
		out.Changes = append(out.Changes, x)
	}
	return out, nil
}

func (p *Parts) effect(ctx context.Context, e lineage.Effect) (ChangeEffect, error) {
	x := ChangeEffect{File: e.File, Line: int32(e.Line), Change: e.Change, Column: e.Column, Was: e.Was, Is: e.Is}
	var err error
	if x.Asset, err = p.find(ctx, e.Asset); err != nil {
		return x, err
	}
	x.Impact, err = p.impact(ctx, e.Items, e.Total)
	return x, err
}
