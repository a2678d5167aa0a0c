package detect

import "testing"

// TestRecognize checks where spans lie: offsets count characters, not bytes.
func TestRecognize(t *testing.T) {
	d := New()
	for _, c := range []struct {
		text, format string
		start, end   int
	}{
		{"주민번호 830426-2047314입니다", "kr.rrn", 5, 19},
		{"８３０４２６－２０４７３１４", "kr.rrn", 0, 14},
		{"écrivez à ana@mail.example.", "email", 10, 26},
		{"IBAN: DE47 5007 0010 0718 2936 45 bitte", "iban", 6, 33},
		{"from 192.0.2.17, port 80", "ip", 5, 15},
		{"ip:192.0.2.17:8080", "ip", 3, 13},
		{"Kennzeichen M-AB 123E", "de.plate", 12, 21},
		{"see https://shop.example/a?b=c.", "url", 4, 30},
		{"card 4538-2907-1164-7339 declined", "creditcard", 5, 24},
		{"+82 10-2345-6789로 전화", "phone", 0, 16},
	} {
		found := false
		for _, s := range d.Recognize(c.text) {
			found = found || s.Format == c.format && s.Start == c.start && s.End == c.end
		}
		if !found {
			t.Errorf("Recognize(%q): got %v, want %s at %d-%d", c.text, d.Recognize(c.text), c.format, c.start, c.end)
		}
	}
}

// TestRecognizeNothing: texts in which no personal number stands.
func TestRecognizeNothing(t *testing.T) {
	d := New()
	for _, text := range []string{"", " ", "-", "The quick brown fox", "chapter 12, page 7", "v1.2.3", "12:30", "a@b", "http://", "@@@", "+", "((("} {
		if got := d.Recognize(text); len(got) > 0 {
			t.Errorf("Recognize(%q): got %v, want nothing", text, got)
		}
	}
}

func TestAnnouncedScoresHigher(t *testing.T) {
	d := New()
	score := func(text string) float64 {
		for _, s := range d.Recognize(text) {
			if s.Format == "us.ssn" {
				return s.Score
			}
		}
		return 0
	}
	if bare, told := score("536-22-8145"), score("my SSN is 536-22-8145"); told <= bare {
		t.Errorf("a number beside its name: got score %.2f, want more than the %.2f without", told, bare)
	}
}
