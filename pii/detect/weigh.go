package detect

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// weighing is one table on its way: what each column claims to be.
type weighing struct {
	d        *Detector
	table    Table
	contexts []context
	claims   [][]claim
	strays   [][]Finding
	basis    []Basis
	names    []byte // hash of the table and the names in it
}

// weigh runs the passes: each column by itself, then each beside its neighbours.
func (d *Detector) weigh(t Table) *weighing {
	w := &weighing{d: d, table: t, contexts: make([]context, len(t.Columns)), claims: make([][]claim, len(t.Columns)), strays: make([][]Finding, len(t.Columns)), basis: make([]Basis, len(t.Columns)), names: beginning(t)}
	for i, c := range t.Columns {
		w.column(i, c)
	}
	w.neighbours()
	return w
}

func (w *weighing) column(i int, c Column) {
	x := w.d.names.surroundings(w.table, c)
	w.contexts[i] = x
	claims := w.d.names.names(x)
	claims = w.d.names.comments(claims, c.Comment)
	claims = w.d.names.reference(claims, c.References)
	if c.PrimaryKey {
		claims = w.d.names.subjectKey(claims, w.table.Name)
	}
	s := newSample(c.Sample)
	if len(s.values) > 0 {
		tallies := w.d.tallies(s, datatypeOf(c.Type))
		claims = w.d.values(claims, s, tallies)
		w.strays[i] = w.contaminations(s, tallies)
		if keys := s.keys(); len(keys) > 0 {
			w.keyed(i, newSample(keys), "keys in its documents")
		}
	}
	if s.unread > 0 && s.unread*2 >= s.unread+len(s.values) {
		find(&claims, classUser).add(ByValue, "value.unread", 3.5, fmt.Sprintf("%d distinct values are no UTF-8 and could not be judged", s.unread))
	}
	for j := range claims {
		claims[j].byType(c.Type)
	}
	w.claims[i] = claims
	w.basis[i] = Basis{Detector: Version, Metadata: w.metadata(c), Sampled: s.read, Distinct: len(s.values) + s.more, Unread: s.unread}
	for j := range w.strays[i] {
		w.strays[i][j].Basis = w.basis[i]
	}
}

// metadata hashes what the column is called and how it is described, its table, and its neighbours' names.
func (w *weighing) metadata(c Column) string {
	b := w.names
	for _, s := range [...]string{c.Name, c.Path, c.Type, c.Comment, c.References} {
		b = append(append(b, s...), 0)
	}
	if c.PrimaryKey {
		b = append(b, 1)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// beginning is the part of the hash that the columns of a table share.
func beginning(t Table) []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q\n", t.Dataset, t.Name)
	for _, n := range t.Columns {
		fmt.Fprintf(h, "%q\n", n.Name)
	}
	return slices.Clip(h.Sum(nil))
}

// comments weighs the words of a description: for a claim of the same class, or as a claim of their own.
func (l *lexicon) comments(claims []claim, comment string) []claim {
	if comment == "" {
		return claims
	}
	for _, h := range l.hits(l.words(comment)) {
		if h.strength != strong && h.strength != middling {
			continue
		}
		c := find(&claims, h.class)
		if !c.has(ByComment) {
			c.add(ByComment, "comment."+h.class, nameWeight[h.strength]*0.65, fmt.Sprintf("words %q", h.pattern))
		}
	}
	return claims
}

// reference weighs a foreign key: a column that points to people holds their keys.
func (l *lexicon) reference(claims []claim, table string) []claim {
	if table == "" {
		return claims
	}
	if whose, noun, sure := l.ownerIn(l.words(lastStep(table))); whose == somebody {
		find(&claims, classUserID).add(ByPath, "path.reference", 4.5*sure, fmt.Sprintf("refers to %q", noun))
	}
	return claims
}

// subjectKey weighs the primary key of a table of people: the number that they are known by elsewhere.
func (l *lexicon) subjectKey(claims []claim, table string) []claim {
	if whose, noun, sure := l.ownerIn(l.words(lastStep(table))); whose == somebody && sure == 1 {
		find(&claims, classUserID).add(ByPath, "path.key", 3.6, fmt.Sprintf("the key of %q", noun))
	}
	return claims
}

// find returns the claim of class, made if there is none.
func find(claims *[]claim, class string) *claim {
	for i := range *claims {
		if (*claims)[i].class == class {
			return &(*claims)[i]
		}
	}
	*claims = append(*claims, claim{class: class})
	return &(*claims)[len(*claims)-1]
}

// findings turns the claims of column i into findings, the best first; of those below the review band only the best stays.
func (w *weighing) findings(i int) []Finding {
	var out []Finding
	for j := range w.claims[i] {
		out = append(out, w.finding(i, &w.claims[i][j]))
	}
	for _, s := range w.strays[i] {
		if !slices.ContainsFunc(out, func(f Finding) bool { return f.Class == s.Class && f.Decision != None }) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(b.Class, a.Class))
	})
	n := 0
	for n < len(out) && (n == 0 || out[n].Decision != None) {
		n++
	}
	return out[:n]
}

func (w *weighing) finding(i int, c *claim) Finding {
	f := Finding{Class: c.class, Format: c.format, Mode: ModeColumn, Score: c.score(), Rate: c.rate, Sensitivity: Describe(c.class).Sensitivity, Evidence: c.evidence, Basis: w.basis[i]}
	switch {
	case f.Score >= TagAt:
		f.Decision = Tag
	case f.Score >= ReviewAt:
		f.Decision = Review
	default:
		f.Decision = None
	}
	return f
}
