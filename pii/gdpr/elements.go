package gdpr

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// remainder is what is left of a cell that holds several things when what is the
// subject's is taken out of it.
type remainder struct {
	text   string
	others bool // something of others is left
	kind   cellKind
}

type cellKind int

const (
	plainCell cellKind = iota
	jsonCell
	arrayCell
	listCell
	proseCell
)

var addressIn = regexp.MustCompile(`[\pL\pN._%+\-]+@[\pL\pN.\-]+\.\pL{2,}`)

// without takes the subject out of a cell. isMine tells the subject's identities.
// JSON, arrays and lists of addresses are taken apart; in prose that names others the
// subject's addresses alone are covered.
func without(cell string, isMine func(string) bool) remainder {
	trim := strings.TrimSpace(cell)
	switch {
	case trim == "":
	case trim[0] == '{' || trim[0] == '[':
		if r, ok := withoutJSON(trim, isMine); ok {
			return r
		}
		if r, ok := withoutArray(trim, isMine); ok {
			return r
		}
	case strings.ContainsAny(trim, ",;"):
		if r, ok := withoutList(cell, isMine); ok {
			return r
		}
	}
	if text, ok := covered(cell, isMine); ok {
		return remainder{text: text, others: true, kind: proseCell}
	}
	return remainder{others: othersNamed(cell, isMine)}
}

// covered replaces the subject's addresses in prose that names others too, and
// reports whether nothing of the subject's is left in it.
func covered(text string, isMine func(string) bool) (string, bool) {
	if !othersNamed(text, isMine) {
		return "", false
	}
	out := addressIn.ReplaceAllStringFunc(text, func(a string) string {
		if isMine(a) {
			return "[erased]"
		}
		return a
	})
	return out, out != text && !isMine(out)
}

// othersNamed reports whether text holds an address that is not the subject's.
func othersNamed(text string, isMine func(string) bool) bool {
	return slices.ContainsFunc(addressIn.FindAllString(text, -1), func(a string) bool { return !isMine(a) })
}

func withoutJSON(text string, isMine func(string) bool) (remainder, bool) {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var doc any
	if dec.Decode(&doc) != nil || dec.More() {
		return remainder{}, false
	}
	left, gone := prune(doc, isMine)
	if gone {
		return remainder{kind: jsonCell}, true
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(left) != nil {
		return remainder{}, false
	}
	return remainder{text: strings.TrimSuffix(b.String(), "\n"), others: true, kind: jsonCell}, true
}

// prune takes the subject out of a JSON value. An object that names the subject and
// nobody else is the subject's as a whole; of an array only the elements are.
func prune(v any, isMine func(string) bool) (left any, gone bool) {
	switch x := v.(type) {
	case string:
		if out, ok := covered(x, isMine); ok {
			return out, false
		}
		return x, isMine(x)
	case json.Number:
		return x, isMine(x.String())
	case []any:
		var kept []any
		for _, e := range x {
			if l, gone := prune(e, isMine); !gone {
				kept = append(kept, l)
			}
		}
		return kept, len(x) > 0 && len(kept) == 0
	case map[string]any:
		return pruneObject(x, isMine)
	}
	return v, false
}

func pruneObject(x map[string]any, isMine func(string) bool) (left any, gone bool) {
	mine, theirs := named2(x, isMine)
	if mine && !theirs {
		return nil, true
	}
	out := map[string]any{}
	for k, e := range x {
		if isMine(k) {
			continue
		}
		l, gone := prune(e, isMine)
		if gone {
			l = nil
		}
		out[k] = l
	}
	return out, false
}

// named2 reports whether a JSON value names the subject, and whether anybody else.
func named2(v any, isMine func(string) bool) (mine, theirs bool) {
	text := func(s string) {
		mine = mine || isMine(s)
		theirs = theirs || othersNamed(s, isMine)
	}
	each := func(e any) {
		m, t := named2(e, isMine)
		mine, theirs = mine || m, theirs || t
	}
	switch x := v.(type) {
	case string:
		text(x)
	case json.Number:
		mine = isMine(x.String())
	case []any:
		for _, e := range x {
			each(e)
		}
	case map[string]any:
		for k, e := range x {
			text(k)
			each(e)
		}
	}
	return mine, theirs
}

// withoutArray takes elements out of the text form of a PostgreSQL array.
func withoutArray(text string, isMine func(string) bool) (remainder, bool) {
	parts, ok := arrayElements(text)
	if !ok {
		return remainder{}, false
	}
	var kept []string
	for _, p := range parts {
		if !isMine(unquotedElement(p)) {
			kept = append(kept, p)
		}
	}
	return remainder{text: "{" + strings.Join(kept, ",") + "}", others: len(kept) > 0, kind: arrayCell}, true
}

// arrayElements splits {a,"b c",NULL} as it is written; arrays of arrays are not split.
func arrayElements(text string) (out []string, ok bool) {
	if len(text) < 2 || text[0] != '{' || text[len(text)-1] != '}' {
		return nil, false
	}
	body := text[1 : len(text)-1]
	quoted, from := false, 0
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '}':
			return nil, false
		case c == ',':
			out = append(out, body[from:i])
			from = i + 1
		}
	}
	if body != "" {
		out = append(out, body[from:])
	}
	return out, !quoted
}

func unquotedElement(s string) string {
	if len(s) < 2 || s[0] != '"' {
		return s
	}
	var b strings.Builder
	for i := 1; i < len(s)-1; i++ {
		if s[i] == '\\' {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// withoutList takes addresses out of a list of them, divided by commas or semicolons.
func withoutList(cell string, isMine func(string) bool) (remainder, bool) {
	divider := ","
	if strings.Contains(cell, ";") {
		divider = ";"
	}
	var kept []string
	parts := strings.Split(cell, divider)
	for _, p := range parts {
		if strings.TrimSpace(p) != "" && !addressIn.MatchString(p) {
			return remainder{}, false
		}
		if !isMine(strings.TrimSpace(p)) {
			kept = append(kept, p)
		}
	}
	if len(kept) == len(parts) {
		return remainder{}, false
	}
	text := strings.TrimSpace(strings.Join(kept, divider))
	return remainder{text: text, others: text != "", kind: listCell}, true
}

// masked covers what others are named by in a text that the subject is given.
func maskOthers(cell string, isMine func(string) bool) string {
	return addressIn.ReplaceAllStringFunc(cell, func(a string) string {
		if isMine(a) {
			return a
		}
		return "•••"
	})
}

// isMine reports whether a text is, or by itself holds, an identity of the subject.
func (s *search) isMine(text string) bool {
	for i, k := range s.keys {
		if k.Class != "" && !k.Shared && s.matcher(i).judge(text).form != "" {
			return true
		}
	}
	return false
}
