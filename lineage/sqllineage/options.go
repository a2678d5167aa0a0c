package sqllineage

import "strings"

// Options tell Parse what the text alone does not.
type Options struct {
	// DefaultDB and DefaultSchema qualify names that lack parts.
	DefaultDB     string
	DefaultSchema string
	// Schemas may be nil: then stars are carried and bare columns guessed.
	Schemas Schemas
	Policy  Policy
	Limits  Limits
	// Dot is what a dot inside a quoted part of a table's name becomes, in the answer
	// and in what Schemas is asked, so that the parts can be told apart. "" keeps it.
	Dot string
}

// Schemas knows tables. Table finds one by one to three name parts, folded as
// the dialect folds them; it must be safe to call again with the same parts.
type Schemas interface {
	Table(parts []string) (Table, bool)
}

// Table is a table or view as a schema describes it.
type Table struct {
	Name    []string // canonical parts
	Columns []string // in order
	Types   []string // beside Columns; may be empty
	SQL     string   // the text of a view, else ""
	Kind    string   // "table", "view", …; may be empty
}

// Policy settles questions on which consumers differ. The zero value is the
// behaviour that the manual describes.
type Policy struct {
	// Ambiguous says what becomes of a column that several tables may have.
	Ambiguous Ambiguous
	// DropIntermediates leaves out of the request's view every persistent
	// table that the same request makes and reads.
	DropIntermediates bool
}

// Ambiguous is a choice for columns that several tables may have.
type Ambiguous int

// The choices.
const (
	AmbiguousList Ambiguous = iota // list every candidate, marked as such
	AmbiguousAll                   // treat every candidate as certain
	AmbiguousNone                  // leave the column without inputs
)

// Limits bound the work for one request. A zero field means its default.
type Limits struct {
	Bytes         int // length of the text; default 5 MiB
	Tokens        int // default 2,000,000
	Depth         int // nesting; default 2,000
	StepsPerToken int // resolver steps per token of a statement; default 50
	Edges         int // column edges of a statement; default 200,000
	Columns       int // that stars and the like make in a statement; default 100,000; of a request four times that
}

func (l Limits) withDefaults() Limits {
	set := func(v *int, def int) {
		if *v <= 0 {
			*v = def
		}
	}
	set(&l.Bytes, 5<<20+1<<10)
	set(&l.Tokens, 2_000_000)
	set(&l.Depth, 2_000)
	set(&l.StepsPerToken, 50)
	set(&l.Edges, 200_000)
	set(&l.Columns, 100_000)
	return l
}

// Static is a Schemas held in memory. Keys have one to three parts joined by
// dots; a lookup finds the most specific key that agrees with the parts asked
// for, ignoring letter case.
func Static(tables map[string][]string) Schemas {
	s := static{}
	for key, columns := range tables {
		s.add(strings.Split(key, "."), Table{Columns: columns})
	}
	return s
}

// StaticTables is Static for tables that carry more than their column names.
func StaticTables(tables []Table) Schemas {
	s := static{}
	for _, t := range tables {
		s.add(t.Name, t)
	}
	return s
}

// static maps the lower-cased last part of a name to the tables so called.
type static map[string][]Table

func (s static) add(parts []string, t Table) {
	if len(parts) == 0 {
		return
	}
	t.Name = parts
	last := strings.ToLower(parts[len(parts)-1])
	s[last] = append(s[last], t)
}

// Table finds the table whose name agrees with parts from the right. A longer
// agreement wins, then a name of the same length; two equally good ones are no
// answer.
func (s static) Table(parts []string) (Table, bool) {
	if len(parts) == 0 {
		return Table{}, false
	}
	var best Table
	length, ties := 0, 0
	for _, t := range s[strings.ToLower(parts[len(parts)-1])] {
		n := 2 * agreement(t.Name, parts)
		if n > 0 && len(t.Name) == len(parts) {
			n++
		}
		switch {
		case n > length:
			best, length, ties = t, n, 0
		case n == length:
			ties++
		}
	}
	return best, length > 0 && ties == 0
}

// agreement counts the parts that a and b share from the right, or 0 when a
// part that both have differs.
func agreement(a, b []string) int {
	n := min(len(a), len(b))
	for i := 1; i <= n; i++ {
		if !strings.EqualFold(a[len(a)-i], b[len(b)-i]) {
			return 0
		}
	}
	return n
}
