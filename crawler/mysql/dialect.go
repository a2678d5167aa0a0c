package mysql

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"waymark/catalog"
	"waymark/crawler/infoschema"
)

func dialect(name string) infoschema.Dialect {
	return infoschema.Dialect{
		Name:     name,
		Quote:    infoschema.Backtick,
		Param:    func(int) string { return "?" },
		Text:     text,
		Cell:     cell,
		Class:    class,
		Probe:    probe,
		Exact:    exact,
		Folded:   folded,
		Contains: contains,
		Explain:  explain,
	}
}

func text(expr string) string { return "convert(cast(" + expr + " as char) using utf8mb4)" }

func cell(column string, c infoschema.Class) string {
	if c == infoschema.Binary {
		return "concat(char(92), 'x', lower(hex(" + column + ")))"
	}
	return text(column)
}

// bytes compares by bytes, since the collations of columns know neither letter
// case nor accents nor trailing spaces.
func bytes(expr string) string { return "cast(" + expr + " as binary)" }

func class(declared string) infoschema.Class {
	t := strings.ToLower(declared)
	word, _, _ := strings.Cut(t, "(")
	word, _, _ = strings.Cut(word, " ")
	switch word {
	case "tinyint", "smallint", "mediumint", "int", "bigint":
		return infoschema.Integer
	case "char", "varchar", "tinytext", "text", "mediumtext", "longtext":
		return infoschema.Text
	case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "geometry", "bit":
		return infoschema.Binary
	}
	return infoschema.Other
}

func storable(values []string) []string {
	var out []string
	for _, v := range values {
		if utf8.ValidString(v) {
			out = append(out, v)
		}
	}
	return out
}

// integers compares numbers as numbers: a text would be read as one as far as
// its first letter, so that 17abc met 17 and every other text met 0.
func integers(column string, values []string, bind infoschema.Bind) string {
	var out []string
	for _, v := range values {
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			out = append(out, strconv.FormatInt(n, 10))
		} else if n, err := strconv.ParseUint(v, 10, 64); err == nil {
			out = append(out, strconv.FormatUint(n, 10))
		}
	}
	return infoschema.In(column, out, func(v string) string {
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return bind(n)
		}
		n, _ := strconv.ParseUint(v, 10, 64) // it was one a line above
		return bind(n)
	})
}

func exact(column string, c infoschema.Class, values []string, bind infoschema.Bind) string {
	byBytes := func(v string) string { return bytes(bind(v)) }
	switch c {
	case infoschema.Integer:
		return integers(column, values, bind)
	case infoschema.Binary:
		return infoschema.In(column, values, func(v string) string { return bytes(bind(infoschema.Bytes(v))) })
	}
	values = storable(values)
	if len(values) == 0 {
		return ""
	}
	same := func() string { return infoschema.In(bytes(text(column)), values, byBytes) }
	if c != infoschema.Text {
		return same()
	}
	// The first part can use an index, the second is exact.
	return infoschema.In(column, values, func(v string) string { return bind(v) }) + " and " + same()
}

func folded(column string, c infoschema.Class, values []string, bind infoschema.Bind) string {
	if c == infoschema.Integer {
		trimmed := make([]string, len(values))
		for i, v := range values {
			trimmed[i] = strings.TrimSpace(v)
		}
		return integers(column, trimmed, bind)
	}
	return infoschema.In(bytes("lower(trim("+text(column)+"))"), infoschema.Forms(storable(values)), func(v string) string {
		return bytes("lower(" + text(bind(v)) + ")")
	})
}

func contains(column string, c infoschema.Class, values []string, bind infoschema.Bind) string {
	if c == infoschema.Binary {
		return infoschema.Any(values, func(v string) string { return "locate(" + bytes(bind(v)) + ", " + column + ") > 0" })
	}
	return infoschema.Any(storable(values), func(v string) string {
		return "locate(" + bytes("lower("+text(bind(v))+")") + ", " + bytes("lower("+text(column)+")") + ") > 0"
	})
}

// odd matches rows that are looked at in any case: with full-width letters or
// invisible characters, which no function of the server takes out at once.
const odd = `[\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}\x{ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{feff}]`

// timed are types whose values are no words and no numbers of a person.
func timed(declared string) bool {
	word, _, _ := strings.Cut(strings.ToLower(declared), "(")
	switch word {
	case "date", "datetime", "timestamp", "time", "year", "bit":
		return true
	}
	return false
}

func probe(columns []catalog.Column, p catalog.Probe, bind infoschema.Bind) (join, where string) {
	var parts []string
	for _, c := range columns {
		name := infoschema.Backtick(c.Name)
		switch {
		case timed(c.Type):
		case class(c.Type) == infoschema.Binary:
			// Bytes as text; the zeros of wide characters are taken out.
			parts = append(parts, "replace(convert(convert(cast("+name+" as binary) using latin1) using utf8mb4), char(0 using utf8mb4), '')",
				"convert(hex("+name+") using utf8mb4)")
		default:
			parts = append(parts, text(name))
		}
	}
	if len(parts) == 0 {
		return "", "false"
	}
	row := "lower(concat_ws(char(31 using utf8mb4), " + strings.Join(parts, ", ") + ")) collate utf8mb4_bin"
	var any []string
	if pattern := infoschema.Pattern(p); pattern != "" {
		any = append(any, row+" rlike "+bind(pattern))
	}
	if len(p.Encoded) > 0 {
		any = append(any, row+" rlike "+bind(infoschema.Run(p))+" and "+row+" rlike "+bind(infoschema.Pattern(catalog.Probe{Text: p.Encoded})))
	}
	any = append(any, row+" rlike "+bind(odd))
	// A text that is too long for the server is NULL, and is looked at.
	return "", "coalesce(" + strings.Join(any, " or ") + ", true)"
}
