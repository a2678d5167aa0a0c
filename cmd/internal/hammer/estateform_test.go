package hammer

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
)

// form writes an identity in one way. The core is the part that names the person,
// by which the oracle finds it.
type form struct {
	name  string
	phone bool
	write func(p person) (text, core string)
}

func mail(name string, write func(m string) (text, core string)) form {
	return form{name: name, write: func(p person) (string, string) { return write(p.email) }}
}

// same is a form whose whole text names the person.
func same(name string, write func(m string) string) form {
	return mail(name, func(m string) (string, string) { t := write(m); return t, t })
}

// around puts something around the raw address.
func around(name, before, after string) form {
	return mail(name, func(m string) (string, string) { return before + m + after, m })
}

func tel(name string, write func(national string) string) form {
	return form{name: name, phone: true, write: func(p person) (string, string) {
		t := write(strings.TrimPrefix(p.phone, "+44"))
		return t, t
	}}
}

func hexed[T ~[]byte](sum T) string { return hex.EncodeToString(sum) }

// short are forms that are one word without blanks, which any type of text takes.
var short = []form{
	same("raw", func(m string) string { return m }),
	same("capitals", strings.ToUpper),
	same("mixed case", func(m string) string { return strings.ToUpper(m[:1]) + m[1:] }),
	same("plus address", func(m string) string { a, b, _ := strings.Cut(m, "@"); return a + "+shop@" + b }),
}

// long are the other forms, for types that take any text.
var long = []form{
	around("blanks", "  ", " "), around("line break", "", "\r\n"), around("line feed", "", "\n"), around("tab", "\t", ""),
	around("no-break space", "\u00a0", "\u00a0"), around("mailto", "mailto:", ""),
	around("sentence", "please write to ", ", thank you."), around("brackets", "seen <", "> today"),
	around("JSON in text", `{"mail": "`, `", "n": 1}`), around("query of a URL", "https://shop.example/u?m=", "&x=1"),
	mail("name and address", func(m string) (string, string) { return "Some One <" + m + ">", m }),
	same("full width", func(m string) string { return strings.Map(wide, m) }),
	mail("percent", func(m string) (string, string) {
		c := strings.ReplaceAll(m, "@", "%40")
		return "https://shop.example/u?m=" + c + "&x=1", c
	}),
	mail("JSON escape", func(m string) (string, string) {
		c := strings.ReplaceAll(m, "@", `\u0040`)
		return `{"mail": "` + c + `"}`, c
	}),
	same("base64", func(m string) string { return base64.StdEncoding.EncodeToString([]byte(m)) }),
	same("base64url in a token", func(m string) string {
		return "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"`+m+`"}`)) + ".c2ln"
	}),
	same("md5", func(m string) string { s := md5.Sum([]byte(m)); return hexed(s[:]) }),
	same("sha1", func(m string) string { s := sha1.Sum([]byte(m)); return hexed(s[:]) }),
	same("sha256", func(m string) string { s := sha256.Sum256([]byte(m)); return hexed(s[:]) }),
	same("SHA256 capitals", func(m string) string { s := sha256.Sum256([]byte(m)); return strings.ToUpper(hexed(s[:])) }),
	same("sha512", func(m string) string { s := sha512.Sum512([]byte(m)); return hexed(s[:]) }),
}

// phones are layouts of one number.
var phones = []form{
	tel("E.164", func(n string) string { return "+44" + n }),
	tel("0044", func(n string) string { return "0044" + n }),
	tel("national", func(n string) string { return "0" + n }),
	tel("national with blanks", func(n string) string { return "0" + n[:2] + " " + n[2:6] + " " + n[6:] }),
	tel("brackets", func(n string) string { return "(0" + n[:2] + ") " + n[2:6] + " " + n[6:] }),
	tel("dotted", func(n string) string { return "+44." + n[:2] + "." + n[2:6] + "." + n[6:] }),
	tel("tel URI", func(n string) string { return "tel:+44-" + n[:2] + "-" + n[2:6] + "-" + n[6:] }),
	tel("extension", func(n string) string { return "+44 " + n[:2] + " " + n[2:6] + " " + n[6:] + " ext. 12" }),
	tel("extension x", func(n string) string { return "+44" + n + "x12" }),
	tel("U+2011", func(n string) string { return "+44\u2011" + n[:2] + "\u2011" + n[2:6] + "\u2011" + n[6:] }),
	tel("bracketed zero", func(n string) string { return "+44 (0)" + n[:2] + " " + n[2:6] + " " + n[6:] }),
}

func wide(r rune) rune {
	if r > ' ' && r < 0x7f {
		return r + 0xfee0
	}
	return r
}

// kind is a column type with how it holds a text.
type valueType struct {
	name   string
	forms  []form
	unique bool // a unique index on it is possible
	make   func(e *estate, text string) string
	setup  func(e *estate, texts []string) string // makes the type and returns its name
	core   func(core string) string               // how the core looks inside it, nil for as it is
}

func plain(e *estate, text string) string { return e.text(text) }

func cast(format string) func(*estate, string) string {
	return func(e *estate, text string) string { return fmt.Sprintf(format, e.text(text)) }
}

var any1 = append(short[:len(short):len(short)], long...)

// quotedJSON is a JSON text with a value in it.
func quotedJSON(shape string) func(*estate, string) string {
	return func(e *estate, text string) string {
		var b strings.Builder
		for _, r := range text {
			switch {
			case r == '"' || r == '\\':
				b.WriteByte('\\')
				b.WriteRune(r)
			case r < ' ':
				fmt.Fprintf(&b, `\u%04x`, r)
			default:
				b.WriteRune(r)
			}
		}
		return e.text(fmt.Sprintf(shape, b.String()))
	}
}

var postgresTypes = []valueType{
	{name: "text", forms: any1, unique: true, make: plain},
	{name: "varchar(200)", forms: any1, unique: true, make: plain},
	{name: "char(180)", forms: any1, unique: true, make: plain},
	{name: "citext", forms: any1, unique: true, make: plain},
	{name: "mail_d", forms: short, unique: true, make: plain},
	{name: "word_d", forms: any1, unique: true, make: plain},
	{name: "name", forms: short, unique: true, make: plain},
	{name: "json", forms: short, make: quotedJSON(`{"a": {"mail": "%s"}, "n": 1}`)},
	{name: "jsonb", forms: short, make: quotedJSON(`{"a": ["x", "%s"], "n": 1}`)},
	{name: "json", forms: short, make: func(e *estate, text string) string {
		return e.text(`{"mail": "` + strings.ReplaceAll(text, "@", `\u0040`) + `"}`)
	}, core: func(c string) string { return strings.ReplaceAll(c, "@", `\u0040`) }},
	{name: "text[]", forms: any1, make: cast("array['a', %s, 'b']::text[]")},
	{name: "mail_d[]", forms: short, make: cast("array['x@example.edu', %s]::mail_d[]")},
	{name: "bytea", forms: short, make: cast("convert_to(%s, 'UTF8')")},
	{name: "bytea", forms: short, make: cast(`convert_to('note: ' || %s || ' end', 'UTF8')`)},
	{name: "enum", forms: short, unique: true, make: plain, setup: enumType},
	{name: "tsvector", forms: short[:1], make: cast("to_tsvector('simple', %s)")},
	{name: "contact_t", forms: short, make: cast("row(%s, 1)::contact_t")},
	{name: "contact_t[]", forms: short, make: cast("array[row('x', 0)::contact_t, row(%s, 1)::contact_t]")},
	{name: "xml", forms: short, make: cast("xmlparse(content '<m a=\"1\">' || %s || '</m>')")},
	{name: "hstore", forms: short, make: cast("hstore('mail', %s)")},
	{name: "span_t", forms: short, make: cast("span_t(%[1]s, %[1]s, '[]')")},
}

func enumType(e *estate, texts []string) string {
	e.names++
	name := fmt.Sprintf("label_%d", e.names)
	var labels []string
	for _, t := range texts {
		labels = append(labels, e.text(t))
	}
	if !e.postgres() {
		return pick(e.rng, "enum(", "set(") + strings.Join(labels, ", ") + ")"
	}
	e.say("create type %s as enum (%s)", name, strings.Join(labels, ", "))
	return name
}

var mariaTypes = []valueType{
	{name: "varchar(200)", forms: any1, unique: true, make: plain},
	{name: "varchar(200) character set utf8mb4 collate utf8mb4_bin", forms: any1, unique: true, make: plain},
	{name: "varchar(200) character set latin1", forms: short, unique: true, make: plain},
	{name: "char(160)", forms: any1, make: plain},
	{name: "text", forms: any1, make: plain},
	{name: "mediumtext", forms: any1, make: plain},
	{name: "tinytext", forms: any1, make: plain},
	{name: "json", forms: short, make: quotedJSON(`{"a": {"mail": "%s"}, "n": 1}`)},
	{name: "json", forms: short, make: quotedJSON(`["x", "%s"]`)},
	{name: "blob", forms: short, make: plain},
	{name: "blob", forms: short, make: cast("concat('note: ', %s, ' end')")},
	{name: "varbinary(200)", forms: short, make: plain},
	{name: "longblob", forms: short, make: plain},
	{name: "enum", forms: short, make: plain, setup: enumType},
}

// values makes a table with one column of some type in some form.
func (e *estate) values() {
	types := mariaTypes
	if e.postgres() {
		types = postgresTypes
	}
	vt := pick(e.rng, types...)
	f := pick(e.rng, vt.forms...)
	if e.withPhone && len(vt.forms) == len(any1) && e.chance(50) {
		f = pick(e.rng, phones...)
	}
	var texts []string
	for _, p := range e.everyone() {
		text, core := f.write(p)
		if vt.core != nil {
			core = vt.core(core)
		}
		e.plant(p, core)
		texts = append(texts, text)
	}
	typ := vt.name
	if vt.setup != nil {
		typ = vt.setup(e, texts)
	}
	table := e.q(e.name("subscriptions", "log", "import", "kampagne", "x9", "visits", "orders"))
	column := pick(e.rng, "contact", "c17", "remark", "payload", "E-Mail", "mail to", "user", "order", "данные", "address")
	key := pick(e.rng, "id int primary key", "k varchar(40) primary key", "id int", "tenant int not null, id int not null, primary key (tenant, id)")
	constraint := pick(e.rng, "", "", " not null")
	if vt.unique && e.chance(20) {
		constraint += " unique"
	}
	e.say("create table %s (%s, %s %s%s, amount int, lfd int)", table, key, e.q(column), typ, constraint)
	columns := keyColumns(key)
	for i, p := range e.everyone() {
		for range 1 + e.rng.IntN(2) {
			n := e.serial(e.owner(p))
			keys := fmt.Sprint(n)
			if strings.HasPrefix(key, "tenant") {
				keys = fmt.Sprintf("%d, %d", 1+n%3, n)
			} else if strings.HasPrefix(key, "k ") {
				keys = e.text(fmt.Sprintf("row-%d", n))
			}
			e.say("insert into %s values (%s, %s, %d, %d)", table, keys, vt.make(e, texts[i]), 10*n, n)
			if strings.Contains(constraint, "unique") {
				break
			}
		}
	}
	e.add(table, "lfd", append(columns, column, "amount")...)
	e.feature(vt.name+" in the form "+f.name, "%s.%s%s key %s", table, column, constraint, key)
}

func keyColumns(key string) []string {
	switch {
	case strings.HasPrefix(key, "tenant"):
		return []string{"tenant", "id"}
	case strings.HasPrefix(key, "k "):
		return []string{"k"}
	}
	return []string{"id"}
}
