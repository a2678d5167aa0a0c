package detect

import "strings"

// datatype groups the types of all sources.
type datatype int

const (
	typeUnknown datatype = iota
	typeText
	typeInteger
	typeDecimal
	typeBoolean
	typeDate
	typeTime
	typeEnum
	typeOther
)

// datatypeOf reads a type as sources spell it: "VARCHAR(20)", "bigint unsigned", "Nullable(String)", "int64[]".
func datatypeOf(spelled string) datatype {
	t := strings.ToLower(spelled)
	for _, wrap := range []string{"nullable(", "lowcardinality(", "array<", "array(", "option<"} {
		t = strings.TrimPrefix(t, wrap)
	}
	word := strings.TrimRight(t, "0123456789[]() ,>")
	if i := strings.IndexAny(word, "( <"); i > 0 {
		word = word[:i]
	}
	switch {
	case word == "":
		return typeUnknown
	case strings.HasPrefix(word, "bool"), word == "bit" && !strings.Contains(t, "("):
		return typeBoolean
	case strings.HasPrefix(word, "tinyint") && strings.Contains(t, "(1)"):
		return typeBoolean
	case strings.Contains(word, "char"), strings.Contains(word, "text"), strings.HasPrefix(word, "str"), word == "clob", strings.HasPrefix(word, "citext"):
		return typeText
	case strings.Contains(word, "interval"), strings.HasPrefix(word, "point"), strings.HasPrefix(word, "geo"):
		return typeOther
	case strings.Contains(word, "int"), strings.Contains(word, "serial"), word == "long", word == "short", word == "byte":
		return typeInteger
	case strings.HasPrefix(word, "number"), strings.HasPrefix(word, "numeric"), strings.HasPrefix(word, "decimal"):
		if strings.Contains(t, ",") && !strings.Contains(t, ",0") && !strings.Contains(t, ", 0") {
			return typeDecimal
		}
		return typeInteger
	case strings.HasPrefix(word, "float"), strings.HasPrefix(word, "double"), word == "real", word == "money", word == "smallmoney":
		return typeDecimal
	case strings.HasPrefix(word, "timestamp"), strings.HasPrefix(word, "datetime"):
		return typeTime
	case strings.HasPrefix(word, "date"):
		return typeDate
	case strings.HasPrefix(word, "time"), word == "year":
		return typeTime
	case strings.HasPrefix(word, "enum"):
		return typeEnum
	}
	return typeOther
}

// byType weighs a type against a class.
func (c *claim) byType(spelled string) {
	kind := datatypeOf(spelled)
	veto := func(why string) { c.add(ByType, "type.veto", -9, why) }
	switch kind {
	case typeBoolean:
		veto("a boolean holds no personal value")
	case typeDate, typeTime:
		switch {
		case c.class == classBirth && kind == typeDate:
			c.add(ByType, "type.fits", 0.5, "a date")
		case c.class != classBirth && !softDates(c.class):
			veto("a date or time")
		}
	case typeDecimal:
		if !strings.HasPrefix(c.class, classLocation) && !strings.HasPrefix(c.class, classFinancial) && !strings.HasPrefix(c.class, classHealth) && c.class != classAge {
			veto("a decimal number")
		}
	case typeInteger:
		if wordy(c.class) {
			veto("a number where words are expected")
		}
	case typeEnum:
		if !strings.HasPrefix(c.class, classDemographic) {
			c.add(ByType, "type.enum", -3, "one of few values")
		}
	}
}

// softDates are classes that a date may belong to: dates of health, work and the like.
func softDates(class string) bool {
	return strings.HasPrefix(class, classHealth) || class == classJob || strings.HasPrefix(class, classBehavior)
}

// wordy classes never are whole numbers.
func wordy(class string) bool {
	return strings.HasPrefix(class, className) || class == classEmail || class == classStreet || class == classCity || class == classUserName
}
