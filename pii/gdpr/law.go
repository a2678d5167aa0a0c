package gdpr

import (
	_ "embed"
	"encoding/json"
	"slices"

	"waymark/catalog/fault"
)

//go:embed law.json
var lawPack []byte

// Law is one entry of the law pack. Unchecked entries were taken from secondary
// text; nobody has read the law itself yet, and every answer says so.
type Law struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Version string        `json:"version"`
	Source  string        `json:"source"`
	Checked bool          `json:"checked"`
	Roll    bool          `json:"roll,omitempty"`   // a last day on a weekend or holiday moves to the next working day
	Pauses  bool          `json:"pauses,omitempty"` // the clock stops while the subject is asked
	Ack     *Span         `json:"ack,omitempty"`    // receipt is to be confirmed by then
	Terms   map[Kind]Term `json:"terms"`
	Grounds []string      `json:"grounds,omitempty"` // on which data may be kept
}

// Term is when one kind of request is to be answered.
type Term struct {
	Article string `json:"article"`
	Span
	Extension *Span `json:"extension,omitempty"`
	Unchecked bool  `json:"unchecked,omitempty"`
}

// Span is a length of time as laws count it.
type Span struct {
	N    int    `json:"n"`
	Unit string `json:"unit"` // month, day, business_day
}

// officeDays is when an office answers where its law gives the right no term.
const officeDays = 30

// Laws returns the law pack.
func Laws() []Law {
	var laws []Law
	if err := json.Unmarshal(lawPack, &laws); err != nil {
		panic("the embedded law pack: " + err.Error()) // a test reads it
	}
	return laws
}

// DefaultLaw is the law of a request that names none. It is a checked one.
const DefaultLaw = "gdpr"

func findLaw(id string) (Law, error) {
	laws := Laws()
	i := slices.IndexFunc(laws, func(l Law) bool { return l.ID == id })
	if i < 0 {
		return Law{}, fault.Invalid.Errorf("there is no law %q; laws are gdpr, uk_gdpr, ccpa, pipa_kr, hipaa and lgpd", id)
	}
	return laws[i], nil
}

// term returns the term of kind, and whether the law gives that right at all.
func (l Law) term(k Kind) (Term, bool) {
	if t, ok := l.Terms[k]; ok {
		return t, true
	}
	return Term{Article: "office term", Span: Span{officeDays, unitDay}}, false
}
