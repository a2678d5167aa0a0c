package catalog

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"waymark/catalog/urn"
)

// Clean makes every text of an asset valid UTF-8 without control characters, and says
// what it replaced, without the text itself. In names a byte that is none becomes its
// escape, as in caf\xe9, so that two names stay two; in prose it becomes U+FFFD. Apply
// cleans too: nothing else may be stored. What is changed is copied first.
func Clean(a *Asset) (replaced []string) {
	if u, dirty := cleanName(string(a.URN)); dirty {
		a.URN, replaced = urn.URN(u), append(replaced, "its name")
	}
	v := reflect.ValueOf(a).Elem()
	for _, i := range aspectFields {
		f := v.Field(i)
		if f.IsNil() || !dirty(f.Elem()) {
			continue
		}
		fresh := reflect.New(f.Type().Elem())
		fresh.Elem().Set(f.Elem())
		var c cleaner
		c.value(fresh.Elem(), "")
		f.Set(fresh)
		replaced = append(replaced, c.places(strings.ToLower(v.Type().Field(i).Name)))
	}
	return replaced
}

// aspectFields are the members of Asset that are aspects.
var aspectFields = func() (out []int) {
	t := reflect.TypeFor[Asset]()
	for i := range t.NumField() {
		if t.Field(i).Type.Kind() == reflect.Pointer {
			out = append(out, i)
		}
	}
	return out
}()

// cleaner cleans copies in place and counts what it replaced.
type cleaner struct{ names, texts int }

func (c *cleaner) places(aspect string) string {
	if c.names == 0 {
		return fmt.Sprintf("%d texts of its %s", c.texts, aspect)
	}
	return fmt.Sprintf("%d names and %d texts of its %s", c.names, c.texts, aspect)
}

// dirty reports whether any text in v needs cleaning. It allocates nothing.
func dirty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return !clean(v.String())
	case reflect.Pointer:
		return !v.IsNil() && dirty(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && dirty(v.Field(i)) {
				return true
			}
		}
	case reflect.Slice:
		switch v.Type().Elem().Kind() {
		case reflect.String, reflect.Struct, reflect.Pointer, reflect.Slice:
		default:
			return false
		}
		for i := range v.Len() {
			if dirty(v.Index(i)) {
				return true
			}
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if dirty(it.Key()) || dirty(it.Value()) {
				return true
			}
		}
	}
	return false
}

// prose are the members that hold running text; all others hold names.
var prose = map[string]bool{
	"Description": true, "Note": true, "Definition": true, "Reason": true, "Detail": true, "Title": true, "SQL": true, "Text": true,
	"Message": true, "Properties": true, "Formula": true, "Display": true,
}

func (c *cleaner) value(v reflect.Value, field string) {
	switch v.Kind() {
	case reflect.String:
		if clean(v.String()) {
			return
		}
		if prose[field] {
			c.texts++
			v.SetString(cleanText(v.String()))
			return
		}
		if s, dirty := cleanName(v.String()); dirty {
			c.names++
			v.SetString(s)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			fresh := reflect.New(v.Type().Elem())
			fresh.Elem().Set(v.Elem())
			c.value(fresh.Elem(), field)
			v.Set(fresh)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				c.value(v.Field(i), v.Type().Field(i).Name)
			}
		}
	case reflect.Slice:
		if v.Len() > 0 && dirty(v) {
			fresh := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(fresh, v)
			for i := range fresh.Len() {
				c.value(fresh.Index(i), field)
			}
			v.Set(fresh)
		}
	case reflect.Map:
		c.entries(v, field)
	}
}

func (c *cleaner) entries(v reflect.Value, field string) {
	if v.IsNil() || !dirty(v) {
		return
	}
	fresh := reflect.MakeMapWithSize(v.Type(), v.Len())
	for it := v.MapRange(); it.Next(); {
		key, val := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		key.Set(it.Key())
		val.Set(it.Value())
		c.value(key, "")
		c.value(val, field)
		fresh.SetMapIndex(key, val)
	}
	v.Set(fresh)
}

// clean reports whether s needs no change wherever it stands: valid UTF-8 in which no
// control character is but a line break or tab.
func clean(s string) bool {
	ascii := true
	for i := range len(s) {
		b := s[i]
		if b < ' ' && b != '\n' && b != '\t' && b != '\r' || b == 0x7f {
			return false
		}
		ascii = ascii && b < utf8.RuneSelf
	}
	if ascii {
		return true
	}
	return utf8.ValidString(s) && !strings.ContainsFunc(s, control)
}

// control reports whether r is a control character that no text needs: C0 without
// line breaks and tabs, DEL, C1.
func control(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r >= 0x7f && r <= 0x9f
}

func cleanText(s string) string {
	return strings.Map(func(r rune) rune {
		if control(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// cleanName escapes what no name may hold; dirty says that it had to.
func cleanName(s string) (out string, dirty bool) {
	if clean(s) {
		return s, false
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case control(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String(), true
}
