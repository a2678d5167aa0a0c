package detect

import (
	"testing"
	"unicode/utf8"
)

func FuzzRecognize(f *testing.F) {
	for _, s := range []string{"", "DE47 5007 0010 0718 2936 45", "fe80::7%wlan0/64", "a@b.example", "+1 (212) 555-0187", "9１０-\xff\xfe", "bc1q", "0x", "12-34-56-78-90-12-34"} {
		f.Add(s)
	}
	d := New()
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range d.Recognize(text) {
			if s.Start < 0 || s.End <= s.Start || s.End > utf8.RuneCountInString(text) || s.Score <= 0 || s.Score > 1 {
				t.Errorf("Recognize(%q): got the impossible span %+v", text, s)
			}
		}
	})
}

func FuzzValid(f *testing.F) {
	f.Add("830426-2047314")
	f.Add("x")
	f.Add("")
	d := New()
	f.Fuzz(func(_ *testing.T, value string) {
		for i := range formats {
			d.Valid(formats[i].name, value)
		}
	})
}

func FuzzTable(f *testing.F) {
	f.Add("users", "a.b[0].e_mail", "varchar(10", "주소", "x@y.example", "２0２4")
	f.Add("", "", "", "", "", "")
	d := New()
	f.Fuzz(func(t *testing.T, table, name, kind, comment, one, two string) {
		got := d.Table(Table{Name: table, Columns: []Column{{Name: name, Type: kind, Comment: comment, Sample: []string{one, two, one + two, two + one}}, {Name: one, Path: two}}})
		for _, findings := range got {
			for _, found := range findings {
				if found.Score < 0 || found.Score > 1 {
					t.Errorf("got a score of %f, want a probability", found.Score)
				}
			}
		}
	})
}
