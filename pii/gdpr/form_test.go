package gdpr

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

// formsOf stands in for the detector's forms.
func formsOf(class, _ string) []Form {
	if class != classPhone {
		return nil
	}
	var out []Form
	for _, f := range []string{"+442079460958", "+44 20 7946 0958", "020 7946 0958", "02079460958", "2079460958"} {
		out = append(out, Form{formFolded, f})
	}
	return out
}

func matcherFor(t *testing.T, key string) *matcher {
	t.Helper()
	k, err := ParseKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return (&Desk{Deps: Deps{Forms: formsOf}}).matcherOf(k)
}

const marysMail = "mary.ellis@example.org"

func utf16Hex(s string) string {
	out := `\x`
	for _, c := range []byte(s) {
		out += fmt.Sprintf("%02x00", c)
	}
	return out
}

// TestForms holds the one definition of what is the subject's, what mentions the
// subject and what only looks alike.
func TestForms(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte(marysMail))
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for key, cells := range map[string]map[string]string{
		"email=" + marysMail: {
			marysMail: "own", "MARY.ELLIS@Example.Org": "own", marysMail + "\r\n": "own", "\t" + marysMail + "\n": "own",
			"\u00a0" + marysMail + "\u2003": "own", "mary.\u200bellis@example.org\ufeff": "own", "ｍａｒｙ．ｅｌｌｉｓ＠ｅｘａｍｐｌｅ．ｏｒｇ": "own",
			"Mary Ellis <mary.ellis@example.org>": "own", `"Ellis, Mary" <Mary.Ellis@Example.org>`: "own", "<mary.ellis@example.org>": "own",
			"mailto:mary.ellis@example.org": "own", "mailto:mary.ellis@example.org?subject=x": "own", "mary.ellis+news@example.org": "own",
			"mary.ellis%40example.org": "own", `mary.ellis\u0040example.org`: "own", "mary.ellis&#64;example.org": "own", "mary.ellis=40example.org": "own",
			"\\x" + hex.EncodeToString([]byte(marysMail)): "own", utf16Hex(marysMail): "own",
			hex.EncodeToString(sum[:]): "own", strings.ToUpper(hex.EncodeToString(sum[:])): "own", base64.StdEncoding.EncodeToString(sum[:]): "own", "\\x" + hex.EncodeToString(sum[:]): "own",
			"call mary.ellis@example.org.": "in", "{mary.ellis@example.org,bob@example.org}": "in", "메일은 mary.ellis@example.org입니다": "in", "next%3Dmary.ellis%2540example.org": "in",
			`{"m":"mary.ellis\u0040example.org"}`: "in", "?m=mary.ellis%40example.org&x=1": "in", "see -mary.ellis@example.org": "in", "to mary.ellis+shop@example.org": "in",
			b64(marysMail): "in", "eyJ." + strings.TrimRight(base64.URLEncoding.EncodeToString([]byte(`{"sub":"mary.ellis@example.org","n":1}`)), "=") + ".sig": "in",
			b64("xx" + marysMail + "yy, z"): "", b64(`a "` + marysMail + `"`): "in", "h=" + hex.EncodeToString(sum[:]) + ";": "in", "0x" + hex.EncodeToString([]byte("to: "+marysMail)): "in",
			"rosemary.ellis@example.org": "", "bob+mary.ellis@example.org": "", "rose.mary.ellis@example.org": "", "mary.ellis@example.org.uk": "", "mary.ellis@example.organic": "",
			"mary.ellis@example.org-mail.net": "", "maryellis@example.org": "", b64("rosemary.ellis@example.org"): "", "mary.ellis@example.com": "", "émary.ellis@example.org": "", "": "",
			"mary.ellis.bob@example.org": "", "ellis@example.org": "", "mary-ellis@example.org": "",
		},
		"phone=+442079460958": {
			"+44 20 7946 0958": "own", "00442079460958": "own", "+44.20.7946.0958": "own", "(020) 7946-0958": "own", "+44 (0)20 7946 0958": "own", "tel:+44-20-7946-0958": "own",
			"020 7946 0958 ext. 12": "own", "+442079460958;ext=5": "own", "+44\u201120\u20117946\u20110958": "own", "+44\u00a020\u00a07946\u00a00958\r\n": "own", "２０７９４６０９５８": "own",
			"442079460958": "own", "442079460958.00": "own", "2079460958": "own", "0044 (0)20 7946 0958": "own", "020/79460958": "own", "+44 20 7946 0958 x12": "own",
			"call +44 20 7946 0958, please": "in", "ring 020 7946 0958 or 020 7946 0001": "in", "020 7946 0958, 020 7946 0001": "in", `{"tel":"02079460958"}`: "in",
			"0044 20 7946 0001": "", "+44 20 7946 09581": "", "+44 20 7946 0958 1": "", "442079460958123": "", "+1 207 946 0958": "", "4420 7946 0958 1234": "", "12079460958": "",
			"order 920794609580": "", "call +44 20 7946 09581": "",
		},
		"national_id=850101-1234567": {"850101-1234567": "own", "8501011234567": "own", "850101 1234567": "own", "id 850101-1234567.": "in", "850101-12345678": "", "1850101-1234567": ""},
		"username=Müller_x":          {"Mu\u0308ller_x": "own", "MÜLLER_X ": "own", "mueller_x": "", "Müller_xy": ""},
	} {
		m := matcherFor(t, key)
		for cell, want := range cells {
			v := m.judge(cell)
			got := ""
			if v.form != "" {
				got = "in"
			}
			if v.own {
				got = "own"
			}
			if got != want {
				t.Errorf("%s: %q is %q (%s), want %q", key, cell, got, v.form, want)
			}
		}
	}
}
