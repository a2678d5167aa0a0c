package sqllineage

import "strings"

// wordSet is a set of lower-case words, asked without regard to letter case.
type wordSet map[string]struct{}

func set(words ...string) wordSet {
	s := make(wordSet, len(words))
	for _, w := range words {
		s[w] = struct{}{}
	}
	return s
}

// has looks s up without copying it.
func (s wordSet) has(w string) bool {
	var buf [48]byte
	if len(w) == 0 || len(w) > len(buf) {
		return false
	}
	for i := range len(w) {
		buf[i] = lower[w[i]]
	}
	_, ok := s[string(buf[:len(w)])]
	return ok
}

// fold is the form of an identifier in which names are compared and printed.
func (t *traits) fold(f folding, id ident) string {
	switch f {
	case foldLower:
		if id.quoted && !t.quotedFoldsToo {
			return id.text
		}
	case foldUpper:
		if id.quoted && hasLower(id.text) {
			return id.text
		}
	case foldNone:
		return id.text
	}
	return toLower(id.text)
}

func (t *traits) foldTable(id ident) string {
	name := t.fold(t.tables, id)
	if t.dot != "" && id.quoted && strings.Contains(name, ".") {
		return strings.ReplaceAll(name, ".", t.dot)
	}
	return name
}

func (t *traits) foldColumn(id ident) string { return t.fold(t.columns, id) }

// stored is the form of a name that a schema gives. A schema of an
// upper-folding engine may spell ordinary names in either case.
func (t *traits) stored(name string) string {
	switch t.columns {
	case foldAll:
		return toLower(name)
	case foldUpper:
		if !hasLower(name) {
			return toLower(name)
		}
	}
	return name
}

func hasLower(s string) bool {
	for i := range len(s) {
		if 'a' <= s[i] && s[i] <= 'z' {
			return true
		}
	}
	return false
}

// toLower lowers s, without a copy where nothing is to be lowered.
func toLower(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return strings.ToLower(s)
		}
	}
	return s
}

// joinName prints the parts of a name, leaving out empty ones.
func joinName(parts []string) string {
	n := 0
	for _, p := range parts {
		if p != "" {
			n++
		}
	}
	if n == len(parts) {
		if n == 1 {
			return parts[0]
		}
		return strings.Join(parts, ".")
	}
	kept := make([]string, 0, n)
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ".")
}
