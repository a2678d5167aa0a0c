package lineage

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage/sqllineage"
)

// maxReasons bounds the reasons that a report keeps; their sum stays exact in the counts.
const maxReasons = 20

// outcomes gathers how the statements of a log were understood while it is read:
// for the report of this reading, and by day for what is stored.
type outcomes struct {
	total   catalog.Understood
	reasons map[string]*catalog.Reason
	days    map[time.Time]map[outcomeKey]*outcomeRow
}

func newOutcomes() *outcomes {
	return &outcomes{reasons: map[string]*catalog.Reason{}, days: map[time.Time]map[outcomeKey]*outcomeRow{}}
}

// outcomeKey is what one stored row counts.
type outcomeKey struct{ tool, outcome, reason string }

// outcomeRow counts the runs of one day that ended alike.
type outcomeRow struct {
	Tool    string `cbor:"1,keyasint,omitempty"`
	Outcome string `cbor:"2,keyasint,omitempty"`
	Reason  string `cbor:"3,keyasint,omitempty"` // code and words, without the place
	Count   int64  `cbor:"4,keyasint,omitempty"`
	Spots   []Spot `cbor:"5,keyasint,omitempty"` // of distinct statements, the first that were seen
}

// Spot is a statement that was not wholly understood, and where: places count in
// its redacted text, so that nothing of the raw text is needed to show them.
type Spot struct {
	Query  urn.URN `cbor:"1,keyasint,omitempty"`
	Start  int     `cbor:"2,keyasint,omitempty"`
	End    int     `cbor:"3,keyasint,omitempty"`
	Line   int     `cbor:"4,keyasint,omitempty"` // 0 when the place is not known
	Column int     `cbor:"5,keyasint,omitempty"`
	Words  string  `cbor:"6,keyasint,omitempty"`
}

// The bounds of what is stored for a day: so many statements of a reason, and so
// many reasons, whose further ones are counted under their code.
const (
	maxSpots = 16
	maxRows  = 500
)

// add counts one statement that the log gave, whatever became of it: also one that
// failed or was rolled back was read.
func (o *outcomes) add(day time.Time, s *shape, st *catalog.Statement) {
	n := max(st.Count, 1)
	outcome := sqllineage.Outcome(s.facts.Outcome)
	switch outcome {
	case sqllineage.Parsed:
		o.total.Parsed += n
	case sqllineage.Skipped:
		o.total.Skipped += n
	case sqllineage.Partial:
		o.total.Partial += n
	default:
		o.total.Failed += n
	}
	row := o.row(day, outcomeKey{tool: st.Tool, outcome: s.facts.Outcome, reason: brief(s.facts.Reason)})
	row.Count += n
	if outcome == sqllineage.Parsed || outcome == sqllineage.Skipped {
		return
	}
	o.reason(s, n)
	if len(row.Spots) < maxSpots && !slices.ContainsFunc(row.Spots, func(x Spot) bool { return x.Query == s.urn }) {
		spot := s.spot
		spot.Query = s.urn
		row.Spots = append(row.Spots, spot)
	}
}

func (o *outcomes) row(day time.Time, k outcomeKey) *outcomeRow {
	rows := o.days[day]
	if rows == nil {
		rows = map[outcomeKey]*outcomeRow{}
		o.days[day] = rows
	}
	r, ok := rows[k]
	if !ok && len(rows) >= maxRows {
		k = outcomeKey{outcome: k.outcome, reason: codeOf(k.reason)}
		r, ok = rows[k]
	}
	if !ok {
		r = &outcomeRow{Tool: k.tool, Outcome: k.outcome, Reason: k.reason}
		rows[k] = r
	}
	return r
}

func (o *outcomes) reason(s *shape, n int64) {
	key := s.facts.Outcome + "\x00" + s.facts.Reason
	r, ok := o.reasons[key]
	if !ok {
		r = &catalog.Reason{Outcome: s.facts.Outcome, Reason: s.facts.Reason, Sample: s.facts.Text, Query: s.urn}
		o.reasons[key] = r
	}
	r.Count += n
}

// report is what the reading came to, with its most frequent reasons.
func (o *outcomes) report() catalog.Understood {
	u := o.total
	for _, r := range o.reasons {
		u.Reasons = append(u.Reasons, *r)
	}
	sortReasons(u.Reasons)
	u.Reasons = u.Reasons[:min(maxReasons, len(u.Reasons))]
	return u
}

func sortReasons(list []catalog.Reason) {
	slices.SortFunc(list, func(a, b catalog.Reason) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Reason, b.Reason))
	})
}

// codeOf is the code of a reason, one of a closed list.
func codeOf(reason string) string {
	code, _, _ := strings.Cut(reason, ":")
	return code
}

// brief is a reason without the place, which differs from statement to statement.
func brief(reason string) string {
	code, rest, ok := strings.Cut(reason, ": ")
	if !ok {
		return reason
	}
	if strings.HasPrefix(rest, "line ") {
		_, rest, ok = strings.Cut(rest, ": ")
	}
	if !ok || rest == "" {
		return code
	}
	return code + ": " + rest
}

// Share returns which part of a log's statements that carry data was understood,
// wholly or in its tables; 1 for none.
func Share(u catalog.Understood) float64 {
	all := u.Parsed + u.Partial + u.Failed
	if all == 0 {
		return 1
	}
	return float64(u.Parsed+u.Partial) / float64(all)
}
