package graphql

import (
	"context"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/lineage"
)

// understandings resolves the type UnderstoodReport.
type understandings struct {
	p *Parts
	u lineage.Understanding
}

// Understood answers the query of the same name.
func (r *root) Understood(ctx context.Context, args struct {
	Source   *string
	From, To *gql.Time
}) (*understandings, error) {
	u, err := r.Graph.Understood(ctx, text(args.Source), instant(args.From), instant(args.To))
	if err != nil {
		return nil, err
	}
	return &understandings{p: r.Parts, u: u}, nil
}

// OutcomeCounts says how many statements ended how; the types of the report embed it.
type OutcomeCounts struct {
	Statements, Parsed, Partial, Failed, Skipped Long
	Share                                        float64
}

func outcomeCounts(u catalog.Understood) OutcomeCounts {
	return OutcomeCounts{
		Statements: Long(u.Parsed + u.Partial + u.Failed + u.Skipped), Share: lineage.Share(u),
		Parsed: Long(u.Parsed), Partial: Long(u.Partial), Failed: Long(u.Failed), Skipped: Long(u.Skipped),
	}
}

func (u *understandings) Total() OutcomeCounts { return outcomeCounts(u.u.Total) }

// ReasonOutcomes is how many statements were not understood for one reason.
type ReasonOutcomes struct {
	Outcome, Code, Reason string
	Count                 Long
}

func (u *understandings) Reasons(args struct{ First int32 }) []ReasonOutcomes {
	out := []ReasonOutcomes{}
	for _, r := range top(u.u.Reasons, args.First) {
		out = append(out, ReasonOutcomes{Outcome: r.Outcome, Code: r.Code, Reason: r.Reason, Count: Long(r.Count)})
	}
	return out
}

// ToolOutcomes is how one tool's statements were understood.
type ToolOutcomes struct {
	Tool  string
	Total OutcomeCounts
}

func (u *understandings) Tools() []ToolOutcomes {
	out := []ToolOutcomes{}
	for _, t := range u.u.Tools {
		out = append(out, ToolOutcomes{Tool: t.Tool, Total: outcomeCounts(t.Total)})
	}
	return out
}

// DayOutcomes is how the statements of one day were understood.
type DayOutcomes struct {
	Day   gql.Time
	Total OutcomeCounts
}

func (u *understandings) Days() []DayOutcomes {
	out := []DayOutcomes{}
	for _, d := range u.u.Days {
		out = append(out, DayOutcomes{Day: gql.Time{Time: d.Day}, Total: outcomeCounts(d.Total)})
	}
	return out
}

// MisreadPage is a page of statements that were not wholly understood.
type MisreadPage struct {
	Items []Misread
	Total int32
	Next  *string
}

// Misread is a statement that was not wholly understood, with the place.
type Misread struct {
	ID                                     ID
	SQL, Outcome, Code, Reason, Words, Now string
	Length                                 int32
	Runs                                   Long
	Users                                  []string
	Line, Column, WordsStart, WordsEnd     *int32
}

// spotted is one statement of the list before its text is read.
type spotted struct {
	reason lineage.ReasonCount
	spot   lineage.Spot
}

func (u *understandings) Statements(ctx context.Context, args struct {
	Outcome, Code *string
	First         int32
	After         *string
}) (*MisreadPage, error) {
	list := u.spotted(text(args.Outcome), text(args.Code))
	page, from := &MisreadPage{Items: []Misread{}, Total: int32(len(list))}, 0
	if args.After != nil {
		var err error
		if from, err = strconv.Atoi(*args.After); err != nil || from < 0 {
			return nil, fault.Invalid.Errorf("after: %q is no place in the list", *args.After)
		}
	}
	from = min(from, len(list))
	shown := top(list[from:], args.First)
	for _, s := range shown {
		m, err := u.p.misread(ctx, s)
		if err != nil {
			return nil, err
		}
		page.Items = append(page.Items, m)
	}
	if to := from + len(shown); to < len(list) {
		next := strconv.Itoa(to)
		page.Next = &next
	}
	return page, nil
}

func (u *understandings) spotted(outcome, code string) (out []spotted) {
	for _, r := range u.u.Reasons {
		if outcome != "" && r.Outcome != outcome || code != "" && r.Code != code {
			continue
		}
		for _, s := range r.Spots {
			out = append(out, spotted{r, s})
		}
	}
	return out
}

// misread reads the text and the runs of one statement; one that is no longer kept
// has an empty text.
func (p *Parts) misread(ctx context.Context, s spotted) (Misread, error) {
	m := Misread{ID: ID(s.spot.Query), Outcome: s.reason.Outcome, Code: s.reason.Code, Reason: s.reason.Reason, Words: s.spot.Words, Users: []string{}}
	a, err := p.find(ctx, s.spot.Query)
	if err != nil || a == nil || a.a.Statement == nil {
		return m, err
	}
	m.SQL, m.Now, m.Length = a.a.Statement.Text, a.a.Statement.Outcome, int32(a.a.Statement.Length)
	ran := p.Graph.Ran(s.spot.Query)
	m.Runs = Long(ran.Runs)
	for _, who := range ran.Users {
		if !slices.Contains(m.Users, who.Actor) {
			m.Users = append(m.Users, who.Actor)
		}
	}
	if spot := s.spot; spot.Line > 0 && spot.End <= len(m.SQL) && spot.Start <= spot.End {
		m.Line, m.Column = whole(spot.Line), whole(spot.Column)
		m.WordsStart, m.WordsEnd = whole(utf8.RuneCountInString(m.SQL[:spot.Start])), whole(utf8.RuneCountInString(m.SQL[:spot.End]))
	}
	return m, nil
}

// instant is the time that an argument gives, or the zero time for none.
func instant(t *gql.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.Time
}

func whole(n int) *int32 {
	i := int32(n)
	return &i
}
