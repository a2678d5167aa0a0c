package graphql

import (
	"context"
	"slices"
	"time"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Quality is the quality checks of an asset.
type Quality struct {
	Known            bool
	Passing, Failing int32
	Share            *float64
	Checks           []*check
}

func (a *asset) Quality(ctx context.Context) (*Quality, error) {
	list, err := a.p.Catalog.Checks(ctx, a.a.URN)
	if err != nil {
		return nil, err
	}
	q := &Quality{Known: len(list) > 0, Checks: []*check{}}
	for _, c := range list {
		switch c.Last().Status {
		case catalog.CheckPassed:
			q.Passing++
		case catalog.CheckFailed, catalog.CheckWarned:
			q.Failing++
		}
		q.Checks = append(q.Checks, &check{c: c})
	}
	if s := a.a.Checks; s != nil && s.Total > 0 {
		share := float64(s.Passed) / float64(s.Total)
		q.Share = &share
	}
	return q, nil
}

// check resolves the type Check.
type check struct{ c catalog.Check }

func (c *check) Name() string     { return c.c.Name }
func (c *check) Column() string   { return c.c.Column }
func (c *check) Source() string   { return c.c.Source }
func (c *check) Status() string   { return c.c.Last().Status }
func (c *check) Severity() string { return c.c.Last().Severity }
func (c *check) Message() string  { return c.c.Last().Message }
func (c *check) At() gql.Time     { return gql.Time{Time: c.c.Last().At} }

// CheckRun is one run of a check.
type CheckRun struct {
	At              gql.Time
	Status, Message string
}

func (c *check) Runs(args struct{ First int32 }) []CheckRun {
	out := []CheckRun{}
	for _, r := range slices.Backward(c.c.Runs) {
		out = append(out, CheckRun{At: gql.Time{Time: r.At}, Status: r.Status, Message: r.Message})
	}
	return top(out, args.First)
}

// Volume is how many rows an asset has, and how many were expected.
type Volume struct {
	State, Detail string
	Low, High     *Long
	Sizes         []VolumeSize
}

// VolumeSize is how large an asset was at one look.
type VolumeSize struct {
	At    gql.Time
	Rows  Long
	Bytes *Long
}

func (a *asset) Volume(ctx context.Context) (*Volume, error) {
	sizes, err := a.p.Catalog.Sizes(ctx, a.a.URN)
	if err != nil {
		return nil, err
	}
	v := catalog.VolumeOf(sizes)
	out := &Volume{State: v.State, Detail: v.Detail, Sizes: []VolumeSize{}}
	if v.State != catalog.Unknown {
		out.Low, out.High = long(&v.Low), long(&v.High)
	}
	for _, s := range sizes {
		one := VolumeSize{At: gql.Time{Time: s.At}, Rows: Long(s.Rows)}
		if s.Bytes > 0 {
			one.Bytes = long(&s.Bytes)
		}
		out.Sizes = append(out.Sizes, one)
	}
	return out, nil
}

// Sla is what was promised of an asset and how it is kept.
type Sla struct {
	Text, DueBy, Zone              string
	Weekdays                       []int32
	FreshnessHours, Kept30, Kept90 *float64
	By                             *asset
	Judged                         int32
	Days                           []SlaDay
}

// SlaDay is how a promise went on one day.
type SlaDay struct {
	Day      gql.Time
	State    string
	Due, Met *gql.Time
}

func (a *asset) Sla(ctx context.Context) (*Sla, error) {
	p := a.a.Promise
	if p == nil {
		return nil, nil
	}
	days, err := a.p.Catalog.Promised(ctx, a.a.URN)
	if err != nil {
		return nil, err
	}
	by, err := a.p.find(ctx, p.By)
	if err != nil {
		return nil, err
	}
	out := &Sla{Text: p.String(), DueBy: p.DueBy, Zone: p.Zone, Weekdays: []int32{}, By: by, Days: []SlaDay{}}
	for _, d := range p.Weekdays {
		out.Weekdays = append(out.Weekdays, int32(d))
	}
	if p.Freshness > 0 {
		hours := p.Freshness.Hours()
		out.FreshnessHours = &hours
	}
	out.Kept30, _ = rate(days, a.p.Now().AddDate(0, 0, -30))
	out.Kept90, out.Judged = rate(days, a.p.Now().AddDate(0, 0, -90))
	for _, d := range days {
		out.Days = append(out.Days, SlaDay{Day: gql.Time{Time: d.Day}, State: d.State, Due: moment(d.Due), Met: moment(d.Met)})
	}
	return out, nil
}

func rate(days []catalog.KeptDay, from time.Time) (*float64, int32) {
	share, n := catalog.Rate(days, from)
	if n == 0 {
		return nil, 0
	}
	return &share, int32(n)
}

// SetSla promises something of an asset, or ends the promise.
func (r *root) SetSla(ctx context.Context, args struct {
	ID             string
	DueBy, Zone    *string
	Weekdays       *[]int32
	FreshnessHours *float64
}) (*asset, error) {
	u, err := r.resolve(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	p := catalog.Promise{DueBy: text(args.DueBy), Zone: text(args.Zone)}
	if args.Weekdays != nil {
		for _, d := range *args.Weekdays {
			p.Weekdays = append(p.Weekdays, int(d))
		}
	}
	if args.FreshnessHours != nil {
		p.Freshness = time.Duration(*args.FreshnessHours * float64(time.Hour))
	}
	a, err := r.Catalog.SetPromise(ctx, u, p)
	if err != nil {
		return nil, err
	}
	return r.asset(a), nil
}

// incident resolves the type Incident.
type incident struct {
	p *Parts
	a catalog.Asset
	t catalog.Trouble
}

func (p *Parts) incident(a catalog.Asset) *incident {
	i := &incident{p: p, a: a}
	if a.Trouble != nil {
		i.t = *a.Trouble
	}
	return i
}

func (i *incident) ID() ID                                    { return ID(i.a.URN) }
func (i *incident) Asset(ctx context.Context) (*asset, error) { return i.p.find(ctx, i.t.About) }
func (i *incident) Kind() string                              { return i.t.Kind }
func (i *incident) Severity() string                          { return i.t.Severity }
func (i *incident) Title() string                             { return i.t.Title }
func (i *incident) Detail() string                            { return i.t.Detail }
func (i *incident) Opened() gql.Time                          { return gql.Time{Time: i.t.Opened} }
func (i *incident) Closed() *gql.Time                         { return moment(i.t.Closed) }
func (i *incident) By(ctx context.Context) (*asset, error)    { return i.p.find(ctx, i.t.By) }
func (i *incident) Note() string                              { return i.t.Note }

// IncidentPage is one page of incidents.
type IncidentPage struct {
	Total, Open int32
	Items       []*incident
}

// incidents pages the incidents of an asset, or of all.
func (p *Parts) incidents(ctx context.Context, about urn.URN, open *bool, first, offset int32) (*IncidentPage, error) {
	list, err := p.Catalog.Incidents(ctx, about)
	if err != nil {
		return nil, err
	}
	out := &IncidentPage{Items: []*incident{}}
	for i := range list {
		if list[i].Trouble.Closed.IsZero() {
			out.Open++
		}
	}
	if open != nil {
		list = slices.DeleteFunc(list, func(a catalog.Asset) bool { return a.Trouble.Closed.IsZero() != *open })
	}
	out.Total = int32(len(list))
	for _, a := range page(list, first, offset) {
		out.Items = append(out.Items, p.incident(a))
	}
	return out, nil
}

// Incidents answers the query of the same name.
func (r *root) Incidents(ctx context.Context, args struct {
	Asset         *string
	Open          *bool
	First, Offset int32
}) (*IncidentPage, error) {
	about := urn.URN("")
	if text(args.Asset) != "" {
		var err error
		if about, err = r.resolve(ctx, *args.Asset); err != nil {
			return nil, err
		}
	}
	return r.incidents(ctx, about, args.Open, args.First, args.Offset)
}

func (a *asset) Incidents(ctx context.Context, args struct {
	Open  *bool
	First int32
}) ([]*incident, error) {
	p, err := a.p.incidents(ctx, a.a.URN, args.Open, args.First, 0)
	if err != nil {
		return nil, err
	}
	return p.Items, nil
}

// OpenIncident says that something is wrong with an asset.
func (r *root) OpenIncident(ctx context.Context, args struct {
	ID, Severity, Title string
	Detail              *string
}) (*incident, error) {
	u, err := r.resolve(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	a, err := r.Catalog.OpenIncident(ctx, u, args.Severity, args.Title, text(args.Detail))
	if err != nil {
		return nil, err
	}
	return r.incident(a), nil
}

// CloseIncident says that it is over.
func (r *root) CloseIncident(ctx context.Context, args struct{ ID, Note string }) (*incident, error) {
	a, err := r.Catalog.CloseIncident(ctx, urn.URN(args.ID), args.Note)
	if err != nil {
		return nil, err
	}
	return r.incident(a), nil
}
