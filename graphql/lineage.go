package graphql

import (
	"context"
	"fmt"
	"slices"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage"
)

// Lineage is a graph around an asset.
type Lineage struct {
	Root      ID
	Nodes     []LineageNode
	Edges     []*edge
	Columns   []ColumnEdge
	More      int32
	Truncated bool
}

// LineageNode is one asset in a graph; Asset is nil for one that the caller may not
// see, and for one that is gone.
type LineageNode struct {
	Asset                          *asset
	ID                             ID
	Name                           string
	Hidden, FeedsItself            bool
	Depth, MoreUp, MoreDown, Cycle int32
}

// maxNodes is what one answer holds at most: some 5 MB. The UI shows 200.
const maxNodes = 10_000

// Lineage answers the query of the same name.
func (r *root) Lineage(ctx context.Context, args struct {
	ID        string
	Column    *string
	Direction string
	Depth     int32
	Columns   bool
	First     int32
	AsOf      *gql.Time
	Stale     bool
	Refuted   bool

	ThroughViews bool
}) (*Lineage, error) {
	u, err := r.resolve(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	trace := r.Graph.Trace
	if args.ThroughViews {
		trace = r.Graph.Through
	}
	t, err := trace(ctx, lineage.Request{
		Bare: !asks(ctx, "edges.first", "edges.last", "edges.count", "edges.evidence", "columns.expression"),
		Root: u, Column: text(args.Column), Direction: directions[args.Direction], Depth: int(args.Depth), Limit: min(int(args.First), maxNodes), Columns: args.Columns,
		Which: lineage.Which{AsOf: instant(args.AsOf), Fresh: !args.Stale, Refuted: args.Refuted},
	})
	if err != nil {
		return nil, err
	}
	return r.lineage(ctx, u, t)
}

// asks reports whether a query wants one of some fields of what is being resolved.
func asks(ctx context.Context, fields ...string) bool {
	return slices.ContainsFunc(fields, func(f string) bool { return gql.HasSelectedField(ctx, f) })
}

var directions = map[string]lineage.Direction{"UP": lineage.Up, "DOWN": lineage.Down, "BOTH": lineage.Both}

// LineagePath answers the query of the same name.
func (r *root) LineagePath(ctx context.Context, args struct {
	From, To         string
	Column, ToColumn *string
	AsOf             *gql.Time
}) (*Lineage, error) {
	from, err := r.resolve(ctx, args.From)
	if err != nil {
		return nil, err
	}
	to, err := r.resolve(ctx, args.To)
	if err != nil {
		return nil, err
	}
	t, err := r.Graph.Path(ctx, lineage.Between{From: from, To: to, Column: text(args.Column), ToColumn: text(args.ToColumn), Which: lineage.Which{AsOf: instant(args.AsOf)}})
	if err != nil {
		return nil, err
	}
	return r.lineage(ctx, from, t)
}

func (p *Parts) lineage(ctx context.Context, rootURN urn.URN, t lineage.Trace) (*Lineage, error) {
	named := asks(ctx, "nodes.asset", "nodes.name") // ten thousand assets are not read for their numbers
	list := make([]urn.URN, 0, len(t.Nodes))
	for _, n := range t.Nodes {
		if !n.Hidden && named {
			list = append(list, n.URN)
		}
	}
	found, err := p.many(ctx, list)
	if err != nil {
		return nil, err
	}
	assets := make(map[urn.URN]*asset, len(found))
	for _, a := range found {
		assets[a.a.URN] = a
	}
	out := &Lineage{Root: ID(rootURN), Nodes: []LineageNode{}, Edges: []*edge{}, Columns: []ColumnEdge{}, More: int32(t.More), Truncated: t.Truncated}
	for _, n := range t.Nodes {
		out.Nodes = append(out.Nodes, lineageNode(n, assets[n.URN]))
	}
	for _, e := range t.Edges {
		out.Edges = append(out.Edges, &edge{p: p, e: e})
	}
	for _, c := range t.Pairs {
		out.Columns = append(out.Columns, columnEdge(c))
	}
	return out, nil
}

func lineageNode(n lineage.Node, a *asset) LineageNode {
	out := LineageNode{
		Asset: a, ID: ID(n.URN), Hidden: n.Hidden, FeedsItself: n.FeedsItself,
		Depth: int32(n.Depth), MoreUp: int32(n.MoreUp), MoreDown: int32(n.MoreDown), Cycle: int32(n.Cycle),
	}
	switch {
	case a != nil:
		out.Name = a.Name()
	case !n.Hidden:
		out.Name = n.URN.Name()
	}
	return out
}

// ColumnEdge says that one column goes into another.
type ColumnEdge struct {
	From, To                  ColumnRef
	Type, Subtype, Expression string
	Masking, Candidate        bool
}

func columnEdge(c lineage.Pair) ColumnEdge {
	out := ColumnEdge{
		From: reference(catalog.ColumnRef{Dataset: c.Up, Column: c.UpColumn}), To: reference(catalog.ColumnRef{Dataset: c.Down, Column: c.DownColumn}),
		Type: "DIRECT", Subtype: c.Subtype, Expression: c.Expression, Masking: c.Masking, Candidate: c.Candidate,
	}
	if c.Indirect {
		out.Type = "INDIRECT"
	}
	return out
}

// edge resolves the type LineageEdge.
type edge struct {
	p *Parts
	e lineage.Edge
}

func (e *edge) From() ID            { return ID(e.e.Up) }
func (e *edge) To() ID              { return ID(e.e.Down) }
func (e *edge) Confidence() float64 { return e.e.Confidence }
func (e *edge) First() *gql.Time    { return moment(e.e.First) }
func (e *edge) Last() *gql.Time     { return moment(e.e.Last) }
func (e *edge) Count() Long         { return Long(e.e.Count) }
func (e *edge) Stale() bool         { return e.e.Stale }
func (e *edge) Disputed() bool      { return e.e.Disputed }

func (e *edge) Origins() []string {
	out := []string{}
	for _, o := range e.e.Origins {
		out = append(out, string(o))
	}
	return out
}

// Refutation is a person's word that an edge is wrong.
type Refutation struct {
	By, Reason string
	At         gql.Time
}

// Refuted looks up who says that the edge is wrong.
func (e *edge) Refuted(ctx context.Context) (*Refutation, error) {
	if !e.e.Refuted {
		return nil, nil
	}
	a, err := e.p.find(ctx, e.e.Down)
	if err != nil || a == nil {
		return nil, err
	}
	at := a.a.Refuted.At(e.e.Up)
	if at < 0 {
		return nil, nil
	}
	r := a.a.Refuted.Edges[at]
	return &Refutation{By: r.By, Reason: r.Reason, At: gql.Time{Time: r.At}}, nil
}

// Evidence is a statement that proves an edge.
type Evidence struct {
	SQL    string
	ID     ID
	Origin string
	Users  []string
	Count  Long
	Last   *gql.Time
}

// maxEvidence is how many statements one edge shows; their number stays exact in the count.
const maxEvidence = 16

func (e *edge) Evidence(ctx context.Context) ([]Evidence, error) { return e.p.said(ctx, e.e.By) }

// said shows what contributors said, the most frequent first.
func (p *Parts) said(ctx context.Context, list []urn.URN) ([]Evidence, error) {
	by, err := p.many(ctx, top(list, maxEvidence))
	if err != nil {
		return nil, err
	}
	out := []Evidence{}
	for _, a := range by {
		out = append(out, p.evidence(a))
	}
	slices.SortStableFunc(out, func(a, b Evidence) int { return int(b.Count - a.Count) })
	return out, nil
}

// evidence shows what a contributor said: its statement, or its definition.
func (p *Parts) evidence(a *asset) Evidence {
	ev := Evidence{ID: a.ID(), Origin: string(lineage.FromImport), Users: []string{}}
	switch {
	case a.a.Statement != nil:
		r := p.Graph.Ran(a.a.URN)
		ev.SQL, ev.Origin, ev.Count, ev.Last = a.a.Statement.Text, string(lineage.FromLog), Long(r.Runs), moment(r.Last)
		for _, u := range r.Users {
			ev.Users = append(ev.Users, u.Actor)
		}
	case a.a.Definition != nil:
		ev.SQL, ev.Origin = a.a.Definition.SQL, string(lineage.FromDefinition)
	}
	return ev
}

// Impact is what a change would touch.
type Impact struct {
	Items []ImpactItem
	Total int32
}

// ImpactItem is one asset that a change would touch.
type ImpactItem struct {
	Asset              *asset
	Depth              int32
	Severity           string
	Why, Path, Columns []string
}

// Impact answers the query of the same name.
func (r *root) Impact(ctx context.Context, args struct {
	ID     string
	Column *string
	Change string
	Depth  int32
	First  int32
}) (*Impact, error) {
	u, err := r.resolve(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	column := ""
	if args.Column != nil {
		column = *args.Column
	}
	list, total, err := r.Graph.Impact(ctx, u, column, happenings[args.Change], int(args.Depth), min(int(args.First), maxNodes))
	if err != nil {
		return nil, err
	}
	return r.impact(ctx, list, total)
}

var happenings = map[string]lineage.Happening{"GONE": lineage.Gone, "ALTERED": lineage.Altered}

// shown is the name of an asset on a way.
func shown(u urn.URN) string {
	if n := lineage.ElidedAssets(u); n > 0 {
		return fmt.Sprintf("… %d more …", n)
	}
	if !urn.Is(string(u)) {
		return "hidden"
	}
	return u.Name()
}

func (p *Parts) impact(ctx context.Context, list []lineage.Affected, total int) (*Impact, error) {
	out := &Impact{Items: []ImpactItem{}, Total: int32(total)}
	names := make([]urn.URN, len(list))
	for i, x := range list {
		names[i] = x.URN
	}
	found, err := p.many(ctx, names)
	if err != nil {
		return nil, err
	}
	assets := make(map[urn.URN]*asset, len(found))
	for _, a := range found {
		assets[a.a.URN] = a
	}
	for _, x := range list {
		a := assets[x.URN]
		if a == nil {
			continue
		}
		item := ImpactItem{Asset: a, Depth: int32(x.Depth), Severity: x.Severity, Why: some(x.Why), Path: []string{}, Columns: some(x.Columns)}
		for _, u := range x.Path {
			item.Path = append(item.Path, shown(u))
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}
