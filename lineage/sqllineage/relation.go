package sqllineage

// column is one column of a relation with what it stems from.
type column struct {
	name       string
	set        []origin
	start, end int32    // of its expression
	star       bool     // stands for all columns of tables that are not known
	implied    bool     // the name is that of a field; no other item sees it
	except     []string // of a star
	fields     []column // of a struct made in the text
	typ        string   // of a column of a table, where it has fields
}

// result is the columns of a query, a table or a function.
type result struct {
	columns []column
	index   []int32 // hash table of name -> column + 1, built when large
	stars   int
	indexed bool
	any     bool // any other name is a column too, and stems from anySet
	anySet  []origin
	fields  bool        // and is a field below it
	unnamed bool        // the names are made up: of VALUES
	visible []*relation // that names may be qualified by outside of the query
}

// add appends a column.
func (r *result) add(c column) {
	r.columns = append(r.columns, c)
	r.indexed = false
	if c.star {
		r.stars++
	}
}

const indexFrom = 8 // below that a walk is faster

// find is the first column called name, or nil.
func (r *result) find(name string) *column {
	if len(r.columns) < indexFrom {
		for i := range r.columns {
			if r.columns[i].name == name && !r.columns[i].star {
				return &r.columns[i]
			}
		}
		return nil
	}
	if !r.indexed {
		r.buildIndex()
	}
	mask := uint32(len(r.index) - 1)
	for slot := wordHash(name) & mask; r.index[slot] != 0; slot = (slot + 1) & mask {
		if c := &r.columns[r.index[slot]-1]; c.name == name {
			return c
		}
	}
	return nil
}

// buildIndex makes an open-addressed table, at most half full.
func (r *result) buildIndex() {
	size := 16
	for size < 2*len(r.columns) {
		size *= 2
	}
	if cap(r.index) >= size {
		r.index = r.index[:size]
		clear(r.index)
	} else {
		r.index = make([]int32, size)
	}
	r.indexed = true
	mask := uint32(size - 1)
	for i := range r.columns {
		c := &r.columns[i]
		if c.star {
			continue
		}
		slot := wordHash(c.name) & mask
		for r.index[slot] != 0 && r.columns[r.index[slot]-1].name != c.name {
			slot = (slot + 1) & mask
		}
		if r.index[slot] == 0 { // of columns with one name the first counts
			r.index[slot] = int32(i + 1)
		}
	}
}

// relation is one item of a FROM list as names see it.
type relation struct {
	alias  string   // what qualifies its columns
	parts  []string // the full name of a base table without an alias
	result *result
	table  int32 // of a base table, else -1
	hidden bool  // the right side of a semi join: no part of *
}

// merged is a column that USING or NATURAL made one of two.
type merged struct {
	name string
	set  []origin
}

// scope is what a name may mean at one place.
type scope struct {
	parent    *scope
	relations []*relation
	merges    []merged
	mergeAt   map[string]int // name -> place in merges, as far as they were seen
	ctes      *commonTables
	outputs   *result // select aliases, as far as they are seen
	aliases   bool    // outputs are seen by any expression
	aliasWins bool    // and before the columns of FROM
	own       bool    // while a clause is read that sees every output
	windows   []namedWindow
	lambda    []string
	selected  []item
	inner     []item // named inside of expressions
	grouped   []clause
}

// mergedAt is the place of a merged column, or -1.
func (s *scope) mergedAt(name string) int {
	if s.mergeAt == nil || len(s.mergeAt) > len(s.merges) {
		s.mergeAt = make(map[string]int, len(s.merges))
	}
	for i := len(s.mergeAt); i < len(s.merges); i++ { // names are unique
		s.mergeAt[s.merges[i].name] = i
	}
	if i, ok := s.mergeAt[name]; ok {
		return i
	}
	return -1
}

// commonTables is a chain of names that WITH defines.
type commonTables struct {
	parent *commonTables
	name   string
	result *result
	value  *expr // ClickHouse: an expression, not a query
	busy   bool  // value is being read
	used   bool
}

// findCTE looks a name up through every WITH around.
func (s *scope) findCTE(name string) *commonTables {
	for ; s != nil; s = s.parent {
		for c := s.ctes; c != nil; c = c.parent {
			if c.name == name {
				return c
			}
		}
	}
	return nil
}

// bound reports whether name is a parameter of a lambda around.
func (s *scope) bound(name string) bool {
	for ; s != nil; s = s.parent {
		for _, l := range s.lambda {
			if l == name {
				return true
			}
		}
	}
	return false
}
