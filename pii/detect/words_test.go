package detect

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	l := newLexicon()
	for name, want := range map[string][]string{
		"custHPNo2":     {"customer", "hp", "number", "2"},
		"first_name":    {"first", "name"},
		"FirstName":     {"first", "name"},
		"EMAIL-ADDRESS": {"email", "address"},
		"emails":        {"email"},
		"고객휴대폰번호":       {"고객", "휴대폰번호"},
		"cust_성명":       {"customer", "성명"},
		"氏名カナ":          {"氏名", "カナ"},
		"身份证号":          {"身份证号"},
		"Straße":        {"strasse"},
		"ＴＥＬ１":          {"tel", "1"},
		"ipv4":          {"ipv", "4"},
		"еmail":         {"email"}, // with a Cyrillic letter
		"pho\u200bne":   {"phone"},
		"customeremail": {"customer", "email"},
		"hotelname":     {"hotelname"},
		"имя":           {"имя"},
		"":              nil,
		"__":            nil,
	} {
		if diff := cmp.Diff(want, l.words(name)); diff != "" {
			t.Errorf("words(%q) (-want +got):\n%s", name, diff)
		}
	}
}

func TestDatatype(t *testing.T) {
	for spelled, want := range map[string]datatype{
		"": typeUnknown, "VARCHAR(20)": typeText, "bigint unsigned": typeInteger, "Nullable(String)": typeText, "tinyint(1)": typeBoolean,
		"boolean": typeBoolean, "numeric(10,2)": typeDecimal, "NUMBER(10,0)": typeInteger, "timestamp with time zone": typeTime, "date": typeDate,
		"string[]": typeText, "double precision": typeDecimal, "enum('a','b')": typeEnum, "interval": typeOther, "jsonb": typeOther, "point": typeOther,
	} {
		if got := datatypeOf(spelled); got != want {
			t.Errorf("datatypeOf(%q): got %v, want %v", spelled, got, want)
		}
	}
}
