package sqllineage

import (
	"bytes"
	"strings"
)

// variants makes the texts that a template stands for.
type variants struct {
	sql      string
	texts    []string
	separate []templateNode
	chosen   map[string]int // by test: equal tests choose alike
}

// all is the text with the first branch everywhere, then one for each other
// branch, then the texts that are statements of their own. It reports whether
// there were no more of them than are read.
func (v *variants) all(nodes []templateNode) (texts []string, complete bool) {
	v.chosen = map[string]int{}
	v.add(nodes)
	complete = v.others(nodes, nodes)
	for _, n := range v.separate {
		if n.name != "" && strings.Count(v.sql, n.name+"(") < 2 { // nobody calls the macro
			continue
		}
		if len(v.texts) == maxVariants {
			return v.texts, false
		}
		v.addSeparate(n)
	}
	return v.texts, complete
}

// others adds a text for each branch below nodes that no text has shown.
func (v *variants) others(root, nodes []templateNode) bool {
	for _, n := range nodes {
		was := v.chosen[n.test]
		for j := range n.branches {
			if len(n.branches) > 1 {
				v.chosen[n.test] = j
			}
			if j > was {
				if len(v.texts) == maxVariants {
					return false
				}
				v.add(root)
			}
			if !v.others(root, n.branches[j]) {
				return false
			}
		}
		v.chosen[n.test] = was
	}
	return true
}

// add makes the text of the branches that are chosen.
func (v *variants) add(nodes []templateNode) {
	text := []byte(v.sql)
	first := len(v.texts) == 0
	v.show(text, nodes, first)
	v.finish(text)
}

// addSeparate makes the text of one enclosed statement alone.
func (v *variants) addSeparate(n templateNode) {
	text := bytes.Repeat([]byte{' '}, len(v.sql))
	copy(text[n.inner[0][0]:n.inner[0][1]], v.sql[n.inner[0][0]:n.inner[0][1]])
	v.show(text, n.branches[0], false)
	v.finish(text)
}

// finish takes the tags themselves out of a text and adds it, if it is new.
func (v *variants) finish(text []byte) {
	s := unescapeSpace(parameters(string(text)))
	for _, have := range v.texts {
		if have == s {
			return
		}
	}
	v.texts = append(v.texts, s)
}

// show blanks what is not chosen out of text.
func (v *variants) show(text []byte, nodes []templateNode, collect bool) {
	for _, n := range nodes {
		if n.separate {
			blank(text, n.start, n.end)
			if collect {
				v.separate = append(v.separate, n)
			}
			continue
		}
		choice := min(v.chosen[n.test], len(n.branches)-1)
		at := n.start
		for j, span := range n.inner {
			blank(text, at, span[0])
			if at = span[1]; j != choice {
				blank(text, span[0], span[1])
				continue
			}
			v.show(text, n.branches[j], collect)
		}
		blank(text, at, n.end)
	}
}

// blank puts spaces in the place of a stretch of text; lines stay.
func blank(text []byte, from, to int) {
	for i := from; i < to; i++ {
		if text[i] != '\n' {
			text[i] = ' '
		}
	}
}

// parameters puts NULL in the place of Liquid's {% parameter x %}, which stands
// for a value.
func parameters(sql string) string {
	r := templateReader{sql: sql}
	for start, end, words := r.tag(0); start >= 0; start, end, words = r.tag(end) {
		if words[0] != "parameter" {
			continue
		}
		text := []byte(sql)
		blank(text, start, end)
		copy(text[start:], "NULL")
		sql = string(text)
		r.sql = sql
	}
	return sql
}

// spaceEscapes are the white space that Power Query writes as escapes.
var spaceEscapes = [...]string{"#(cr,lf)", "#(lf)", "#(cr)", "#(tab)"}

// unescapeSpace puts white space in the place of those escapes.
func unescapeSpace(sql string) string {
	if !strings.Contains(sql, "#(") {
		return sql
	}
	for _, escape := range spaceEscapes {
		sql = strings.ReplaceAll(sql, escape, "\n"+strings.Repeat(" ", len(escape)-1))
	}
	return sql
}
