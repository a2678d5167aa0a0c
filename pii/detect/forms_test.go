package detect

import (
	"slices"
	"testing"
)

func TestForms(t *testing.T) {
	for _, c := range []struct {
		class, value string
		want         []Form
	}{
		{classEmail, " Ana.López@Mail.Example ", []Form{
			{FormRaw, " Ana.López@Mail.Example "}, {FormFolded, "Ana.López@Mail.Example"}, {FormFolded, "ana.lópez@mail.example"}, {FormFolded, "ana.lopez@mail.example"}}},
		{classPhone, "+49 30 901820", []Form{
			{FormRaw, "+49 30 901820"}, {FormFolded, "4930901820"}, {FormFolded, "+4930901820"}, {FormFolded, "030 901820"}, {FormFolded, "030901820"}, {FormFolded, "30901820"}}},
		{classNational, "830426-2047314", []Form{{FormRaw, "830426-2047314"}, {FormFolded, "8304262047314"}}},
		{className, "García", []Form{{FormRaw, "García"}, {FormFolded, "garcia"}, {FormFolded, "Garci\u0301a"}, {FormFolded, "GARCÍA"}}},
	} {
		got := Forms(c.class, c.value)
		for _, f := range c.want {
			if !slices.Contains(got, f) {
				t.Errorf("Forms(%s, %q): got %v, want among them %v", c.class, c.value, got, f)
			}
		}
		if got[0] != (Form{FormRaw, c.value}) {
			t.Errorf("Forms(%s, %q): got %v first, want the raw form", c.class, c.value, got[0])
		}
	}
}

// TestFormsHash holds the digests of a known word against published ones.
func TestFormsHash(t *testing.T) {
	got := Forms(className, "abc")
	for _, want := range []string{
		"900150983cd24fb0d6963f7d28e17f72",
		"a9993e364706816aba3e25717850c26c9cd0d89d",
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	} {
		if !slices.Contains(got, Form{FormHashed, want}) {
			t.Errorf("Forms(abc): got %v, want among them the digest %s", got, want)
		}
	}
}

func TestFormsAreUnique(t *testing.T) {
	got := Forms(classPhone, "02012345678")
	seen := map[Form]bool{}
	for _, f := range got {
		if seen[f] {
			t.Errorf("got %v twice, want each form once", f)
		}
		seen[f] = true
	}
}
