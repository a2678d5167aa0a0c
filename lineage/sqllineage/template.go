package sqllineage

import (
	"slices"
	"strings"
)

// A template of Jinja or Liquid stands for several texts: the branches of an
// {% if %} are alternatives. They are read one at a time, with the other
// branches blanked out, so that byte offsets stay those of the template.

// maxVariants bounds the texts that are read for one template.
const maxVariants = 24

// templateNode is a stretch of text, or a tag with what it encloses.
type templateNode struct {
	start, end int // of everything
	test       string
	branches   [][]templateNode // of an if: alternatives; of any other tag: one
	inner      [][2]int         // the span of each branch
	separate   bool             // the enclosed text is no part of the statement around it
	name       string           // of a macro; what is separate and has a name is read only if that is called
}

// templateReader finds the tags of a template.
type templateReader struct {
	sql string
	pos int
}

// parseTemplate reads the text of one request that may hold template tags.
func parseTemplate(d Dialect, sql string, o Options) Script {
	r := templateReader{sql: sql}
	nodes := r.nodes()
	for r.pos < len(sql) { // an end without a beginning
		if _, r.pos, _ = r.tag(r.pos); r.pos < 0 {
			break
		}
		nodes = append(nodes, r.nodes()...)
	}
	v := variants{sql: sql}
	texts, complete := v.all(nodes)
	answer := parseText(d, texts[0], o)
	for _, text := range texts[1:] {
		answer.merge(parseText(d, text, o))
	}
	if !complete {
		answer.incompleteTemplate()
	}
	return answer
}

// incompleteTemplate lowers the outcome of a template with more alternatives
// than were read.
func (a *Script) incompleteTemplate() {
	a.Diagnostics = append(a.Diagnostics, Diagnostic{Code: Template, Severity: Warning, Line: 1, Column: 1, Words: "alternatives"})
	if a.Outcome == Parsed {
		a.Outcome, a.Reason = Partial, string(Template)+": more alternatives than are read"
	}
}

// isTemplate reports whether sql holds tags that parseTemplate reads, or the
// escapes of white space with which Power Query stores a statement.
func isTemplate(sql string) bool {
	return strings.Contains(sql, "{%") || strings.Contains(sql, "#(")
}

// nodes reads up to the end of the text or a tag that ends an enclosing one.
func (r *templateReader) nodes() []templateNode {
	var list []templateNode
	for {
		start, end, words := r.tag(r.pos)
		if start < 0 {
			r.pos = len(r.sql)
			return list
		}
		if closesTag(words[0]) {
			return list
		}
		r.pos = end
		if n, ok := r.enclosing(start, words); ok {
			list = append(list, n)
		}
	}
}

// enclosing reads a tag that has an end tag; others are single.
func (r *templateReader) enclosing(start int, words []string) (templateNode, bool) {
	n := templateNode{start: start, test: strings.Join(words[1:], " ")}
	if !slices.Contains(enclosingTags, words[0]) {
		return n, false
	}
	switch words[0] {
	case "set":
		if strings.Contains(n.test, "=") {
			return n, false
		}
		n.separate = true
	case "call":
		n.separate = true
	case "macro", "test", "materialization":
		n.separate, n.name = true, "\x00" // nothing can call it but by its name
		if len(words) > 1 {
			n.name, _, _ = strings.Cut(words[1], "(")
		}
	case "comment", "docs", "raw":
		return r.verbatim(n, words[0]), true
	}
	end := "end" + words[0]
	alternatives := words[0] == "if" || words[0] == "unless" || words[0] == "case"
	for from := r.pos; ; {
		children := r.nodes()
		tagStart, tagEnd, tag := r.tag(r.pos)
		if tagStart < 0 {
			tagStart, tagEnd = len(r.sql), len(r.sql)
		}
		n.branches = append(n.branches, children)
		n.inner = append(n.inner, [2]int{from, tagStart})
		r.pos, from = tagEnd, tagEnd
		if tag == nil || tag[0] == end || strings.HasPrefix(tag[0], "end") {
			n.end = tagEnd
			n.dropEmpty(r.sql, words[0] == "case")
			return n, true
		}
		if !alternatives && tag[0] != "else" {
			continue
		}
	}
}

// dropEmpty leaves out what stands before the first WHEN of a case.
func (n *templateNode) dropEmpty(sql string, isCase bool) {
	if isCase && len(n.inner) > 1 && strings.TrimSpace(sql[n.inner[0][0]:n.inner[0][1]]) == "" {
		n.branches, n.inner = n.branches[1:], n.inner[1:]
	}
}

// closesTag reports whether a tag ends a branch of the one around it.
func closesTag(word string) bool {
	switch word {
	case "else", "elif", "elsif", "when":
		return true
	}
	name, ok := strings.CutPrefix(word, "end")
	return ok && slices.Contains(enclosingTags, name)
}

// enclosingTags have an end tag. An end of any other tag ends nothing that is known.
var enclosingTags = []string{"if", "unless", "case", "set", "call", "macro", "test", "materialization", "comment", "docs", "raw", "for", "snapshot", "filter", "block", "condition", "tablerow"}

// verbatim moves behind a tag whose inside holds no tags: of raw it is text, of the
// others it is none.
func (r *templateReader) verbatim(n templateNode, name string) templateNode {
	from := r.pos
	for pos := r.pos; ; {
		start, end, words := r.tag(pos)
		if start < 0 {
			start, end = len(r.sql), len(r.sql)
		} else if pos = end; words[0] != "end"+name {
			continue
		}
		r.pos, n.end = end, end
		n.branches, n.inner = [][]templateNode{nil}, [][2]int{{from, start}}
		if name != "raw" {
			n.separate, n.name = true, "\x00"
		}
		return n
	}
}

// tag finds the next {% … %} from pos on, with its words; comments of the
// template are passed over. A start below zero means that there is none.
func (r *templateReader) tag(pos int) (start, end int, words []string) {
	for pos < len(r.sql) {
		i := strings.IndexByte(r.sql[pos:], '{')
		if i < 0 || pos+i+1 >= len(r.sql) {
			break
		}
		pos += i
		switch r.sql[pos+1] {
		case '#':
			close := strings.Index(r.sql[pos:], "#}")
			if close < 0 {
				return -1, -1, nil
			}
			pos += close + 2
		case '%':
			end := templateEnd(r.sql, pos+2, "%}")
			if end < 0 {
				return -1, -1, nil
			}
			words := strings.Fields(strings.Trim(r.sql[pos+2:end-2], "-+ \t\r\n"))
			if len(words) > 0 {
				return pos, end, words
			}
			pos = end
		default:
			pos++
		}
	}
	return -1, -1, nil
}

// templateEnd is the place behind the closing mark of a tag whose inside begins
// at pos. Marks inside of strings do not count. It is below zero without one.
func templateEnd(sql string, pos int, closing string) int {
	depth := 0
	quote := byte(0)
	for i := pos; i < len(sql); i++ {
		c := sql[i]
		switch {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case depth == 0 && strings.HasPrefix(sql[i:], closing):
			return i + len(closing)
		case c == '{':
			depth++
		case c == '}' && depth > 0:
			depth--
		}
	}
	if i := strings.Index(sql[pos:], closing); i >= 0 { // a quote that is not closed
		return pos + i + len(closing)
	}
	return -1
}
