package graphql

import (
	"context"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Change is one change of one asset, in words.
type Change struct {
	Number   Long
	At       gql.Time
	Asset    *asset
	Kind     string
	Text     string
	By       string
	Breaking bool
	Columns  []ColumnChange
}

// ColumnChange is one way in which a column differs from what it was.
type ColumnChange struct {
	Column, Was, Is, Kind, From, Text string
	Breaking                          bool
}

func columnChange(c catalog.ColumnChange) ColumnChange {
	return ColumnChange{Column: c.Column, Was: c.Was, Is: c.Is, Kind: c.Kind(), From: c.From, Text: c.String(), Breaking: c.Breaking()}
}

func (a *asset) Changes(ctx context.Context, args struct{ First int32 }) ([]Change, error) {
	events, err := a.p.Catalog.History(ctx, a.a.URN, int(args.First))
	if err != nil {
		return nil, err
	}
	return a.p.changes(ctx, events)
}

func (p *Parts) changes(ctx context.Context, events []catalog.Event) ([]Change, error) {
	out := make([]Change, 0, len(events))
	for _, e := range events {
		c, err := p.change(ctx, e)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// change tells one event; an incident's is told of the asset in trouble.
func (p *Parts) change(ctx context.Context, e catalog.Event) (Change, error) {
	on, err := p.find(ctx, e.URN)
	if err != nil {
		return Change{}, err
	}
	by, err := p.author(ctx, e)
	if err != nil {
		return Change{}, err
	}
	c := Change{Number: Long(e.Seq), At: gql.Time{Time: e.At}, Asset: on, Kind: e.Kind, Text: e.What(), By: by, Breaking: e.Breaking(), Columns: []ColumnChange{}}
	if on != nil && on.a.Trouble != nil {
		n := catalog.News{Event: e, Trouble: on.a.Trouble}
		c.Kind, c.Text = n.Turn(), n.What()
		c.Asset, err = p.find(ctx, n.Trouble.About)
		return c, err
	}
	for _, col := range e.Columns {
		c.Columns = append(c.Columns, columnChange(col))
	}
	return c, nil
}

// author names who changed it: a person, or the source that was crawled.
func (p *Parts) author(ctx context.Context, e catalog.Event) (string, error) {
	if name, ok := e.Author.SourceName(); ok {
		return name, nil
	}
	if e.Author != catalog.People {
		return string(e.Author), nil
	}
	who, err := p.find(ctx, urn.User(e.User))
	if err != nil || who == nil {
		return e.User, err
	}
	return who.display(), nil
}
