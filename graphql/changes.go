package graphql

import (
	"context"
	"fmt"
	"strings"

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

// ColumnChange is one column that came, went or changed its type.
type ColumnChange struct{ Column, Was, Is string }

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
		on, err := p.find(ctx, e.URN)
		if err != nil {
			return nil, err
		}
		by, err := p.author(ctx, e)
		if err != nil {
			return nil, err
		}
		c := Change{Number: Long(e.Seq), At: gql.Time{Time: e.At}, Asset: on, Kind: e.Kind, Text: tell(e), By: by, Breaking: e.Breaking(), Columns: []ColumnChange{}}
		for _, col := range e.Columns {
			c.Columns = append(c.Columns, ColumnChange(col))
		}
		out = append(out, c)
	}
	return out, nil
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

// tell says in one sentence what an event changed.
func tell(e catalog.Event) string {
	if e.Kind == catalog.EventRemoved {
		return "removed"
	}
	var parts []string
	for _, c := range e.Columns {
		switch {
		case c.Was == "":
			parts = append(parts, fmt.Sprintf("column %s added (%s)", c.Column, c.Is))
		case c.Is == "":
			parts = append(parts, fmt.Sprintf("column %s removed", c.Column))
		default:
			parts = append(parts, fmt.Sprintf("column %s is %s, was %s", c.Column, c.Is, c.Was))
		}
	}
	if len(parts) == 0 {
		for _, a := range e.Aspects {
			parts = append(parts, a.String())
		}
		return strings.Join(parts, ", ") + " changed"
	}
	return strings.Join(parts, "; ")
}
