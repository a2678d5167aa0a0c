package mysql

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"waymark/crawler/infoschema"
)

func dialect(name string) infoschema.Dialect {
	return infoschema.Dialect{
		Name:     name,
		Quote:    infoschema.Backtick,
		Param:    func(int) string { return "?" },
		Text:     text,
		Class:    class,
		Exact:    exact,
		Folded:   folded,
		Contains: contains,
		Explain:  explain,
	}
}

func text(expr string) string { return "convert(cast(" + expr + " as char) using utf8mb4)" }

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
		return infoschema.In(column, values, byBytes)
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
