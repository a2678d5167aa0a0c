package detect

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// estate is a table of twelve columns as they are found in shops: each value stands several times, as in real tables.
func estate(rows int) Table {
	r := rand.New(rand.NewPCG(3, 4))
	d := newDictionary()
	var given, family, city []string
	for w, s := range d.words {
		switch {
		case s&isGiven != 0 && isASCII(w):
			given = append(given, w)
		case s&isFamily != 0 && isASCII(w):
			family = append(family, w)
		case s&isCity != 0 && isASCII(w):
			city = append(city, w)
		}
	}
	title := func(w string) string { return string(w[0]-'a'+'A') + w[1:] }
	pick := func(list []string) string { return title(list[r.IntN(min(len(list), 800))]) }
	makers := []struct {
		name string
		make func() string
	}{
		{"c1", func() string { return fmt.Sprint(r.IntN(rows / 4)) }},
		{"c2", func() string { return pick(given) + " " + pick(family) }},
		{"c3", func() string { return fmt.Sprintf("%s%d@mail.example", given[r.IntN(500)], r.IntN(20)) }},
		{"c4", func() string { return fmt.Sprintf("010-%04d-%04d", 2000+r.IntN(50), r.IntN(50)) }},
		{"c5", func() string { return pick(city) }},
		{"c6", func() string { return fmt.Sprintf("%d %s Street", r.IntN(90), pick(family)) }},
		{"c7", func() string { return fmt.Sprintf("19%02d-%02d-%02d", 40+r.IntN(50), 1+r.IntN(12), 1+r.IntN(28)) }},
		{"c8", func() string { return fmt.Sprintf("%d.%02d", r.IntN(99), r.IntN(99)) }},
		{"c9", func() string { return []string{"open", "paid", "sent", "closed"}[r.IntN(4)] }},
		{"c10", func() string { return fmt.Sprintf("10.%d.%d.%d", r.IntN(9), r.IntN(9), r.IntN(99)) }},
		{"c11", func() string { return fmt.Sprintf("%d", 4000000000000000+r.Int64N(2000)) }},
		{"c12", func() string { return fmt.Sprintf("2024-0%d-1%dT12:00:01Z", 1+r.IntN(9), r.IntN(9)) }},
	}
	t := Table{Dataset: "shop", Name: "t17"}
	for _, m := range makers {
		c := Column{Name: m.name}
		for range rows {
			c.Sample = append(c.Sample, m.make())
		}
		t.Columns = append(t.Columns, c)
	}
	return t
}

func BenchmarkTable(b *testing.B) {
	d, t := New(), estate(10000)
	b.ReportAllocs()
	for b.Loop() {
		d.Table(t)
	}
	b.ReportMetric(float64(b.N)*float64(len(t.Columns)*10000)/b.Elapsed().Seconds(), "values/s")
}

func BenchmarkNames(b *testing.B) {
	d := New()
	var t Table
	for _, l := range lessons(b) {
		t.Columns = append(t.Columns, Column{Name: l.Column})
	}
	t.Columns = t.Columns[:40]
	for b.Loop() {
		d.Table(t)
	}
	b.ReportMetric(float64(b.N)*40/b.Elapsed().Seconds(), "columns/s")
}

func BenchmarkRecognize(b *testing.B) {
	d := New()
	texts := []string{
		"Called the customer about the late parcel, case 17", "order 8835978893 was sent", "The quick brown fox jumps over the lazy dog",
		"my IBAN is DE47 5007 0010 0718 2936 45", "536-22-8145", "ana.lopez@mail.example", "198.51.100.14", "2024-05-11T10:11:12Z",
	}
	n := 0
	for b.Loop() {
		d.Recognize(texts[n%len(texts)])
		n++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "texts/s")
}

func BenchmarkValid(b *testing.B) {
	d := New()
	for b.Loop() {
		d.Valid("kr.rrn", "830426-2047314")
	}
}
