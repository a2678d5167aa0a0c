package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCut(t *testing.T) {
	for text, want := range map[string]string{
		"fctNetRevenue_v2":      "fct net revenue v2 v 2",
		"HTTPServer2":           "http server 2",
		"sales.customer_orders": "sales customer orders",
		"customerIDs":           "customer ids",
		"Größe":                 "größe grosse",
		"월별매출_v2":               "월별 별매 매출 v2 v 2",
		"売上テーブル":                "売上 上テ テー ーブ ブル",
		"ＡＢＣ１２":                 "abc 12",
		"a-b/c":                 "a b c",
		"заказы_клиента":        "заказы клиента",
		"x":                     "x",
		"__":                    "",
		"":                      "",
	} {
		if got := strings.Join(Cut(text), " "); got != want {
			t.Errorf("%q: got %q want %q", text, got, want)
		}
	}
}

func TestCutQueryGivesEachWordOnce(t *testing.T) {
	for text, want := range map[string]string{
		"v2 Größe":    "v2 grosse",
		"주문내역을":       "주문 문내 내역",
		"orders_2024": "orders 2024",
	} {
		if got := strings.Join(cutQuery(text), " "); got != want {
			t.Errorf("%q: got %q want %q", text, got, want)
		}
	}
}

func TestKeyIsOneForAllSpellings(t *testing.T) {
	for _, name := range []string{"fct net revenue", "fctNetRevenue", "FCT_NET_REVENUE", "fct-net.revenue"} {
		if got := Key(name); got != "fctnetrevenue" {
			t.Errorf("%q: got %q want fctnetrevenue", name, got)
		}
	}
	if got := Key("Größe"); got != "grosse" {
		t.Errorf("got %q want grosse", got)
	}
	if a, b := looseKey("students"), looseKey("dim_student"); a != b {
		t.Errorf("got %q and %q want the same", a, b)
	}
}

func TestStemJoinsInflections(t *testing.T) {
	for _, same := range [][]string{
		{"category", "categories"}, {"order", "orders", "ordered", "ordering"}, {"address", "addresses"}, {"status", "statuses"},
		{"refund", "refunds", "refunded"}, {"ship", "ships"}, {"box", "boxes"}, {"payment", "payments"}, {"price", "prices"},
	} {
		for _, w := range same[1:] {
			if Stem(w) != Stem(same[0]) {
				t.Errorf("got %q for %s want %q as for %s", Stem(w), w, Stem(same[0]), same[0])
			}
		}
	}
	for _, w := range []string{"is", "bus", "gas", "analysis", "매출", "v2"} {
		if got := Stem(w); got != w {
			t.Errorf("got %q want %q left alone", got, w)
		}
	}
}

func TestAbbreviationsWorkBothWays(t *testing.T) {
	for short, long := range map[string]string{"amt": "amount", "cust": "customer", "rev": "revenue", "qty": "quantity"} {
		if !slices.Contains(abbreviations.of(short), long) || !slices.Contains(abbreviations.of(long), short) {
			t.Errorf("got %v and %v want %s and %s both ways", abbreviations.of(short), abbreviations.of(long), short, long)
		}
	}
	if got := abbreviations.of("rev"); len(got) < 2 {
		t.Errorf("got %v want several readings", got)
	}
}

// FuzzCut proves that any text is cut into words that cutting leaves alone, and that
// a query never has more words than the same text in a document.
func FuzzCut(f *testing.F) {
	for _, s := range []string{"fctNetRevenue_v2", "월별매출", "売上テーブルABC12x", "ß\u0301 ŁÓDŹ", "\xff\xfe", strings.Repeat("aB", 99)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words := Cut(s)
		for _, w := range words {
			if w == "" || strings.ContainsAny(w, " \n\t") || utf8.ValidString(s) && !utf8.ValidString(w) {
				t.Fatalf("%q: got the word %q", s, w)
			}
		}
		if q := cutQuery(s); len(q) > len(words) {
			t.Fatalf("%q: got %d words in the query want at most %d", s, len(q), len(words))
		}
		for _, w := range words {
			if Stem(w) == "" {
				t.Fatalf("%q: got no stem of %q", s, w)
			}
		}
	})
}
