package urn

import (
	"errors"
	"slices"
	"testing"

	"waymark/catalog/fault"
)

func TestPartsComeBack(t *testing.T) {
	flow := Flow("airflow", "daily, full", "")
	table := Dataset("postgres", "shop.public.orders (old)", "")
	tests := []struct {
		u                         URN
		kind, platform, name, env string
		parent                    URN
	}{
		{table, KindDataset, "postgres", "shop.public.orders (old)", "PROD", ""},
		{Dataset("kafka", "a,b%2C", "DEV"), KindDataset, "kafka", "a,b%2C", "DEV", ""},
		{Dashboard("tableau", "12"), KindDashboard, "tableau", "12", "", ""},
		{flow, KindFlow, "airflow", "daily, full", "", ""},
		{Job(flow, "load"), KindJob, "airflow", "load", "", flow},
		{Column(table, "e,mail"), KindColumn, "postgres", "e,mail", "", table},
		{Term("Net revenue"), KindTerm, "", "Net revenue", "", ""},
		{Source("shop"), KindSource, "", "shop", "", ""},
	}
	for _, tt := range tests {
		if u, err := Parse(tt.u.String()); err != nil || u != tt.u {
			t.Errorf("Parse(%s): got %s, %v want the same, nil", tt.u, u, err)
		}
		if g := tt.u.Kind(); g != tt.kind {
			t.Errorf("%s kind: got %q want %q", tt.u, g, tt.kind)
		}
		if g := tt.u.Platform(); g != tt.platform {
			t.Errorf("%s platform: got %q want %q", tt.u, g, tt.platform)
		}
		if g := tt.u.Name(); g != tt.name {
			t.Errorf("%s name: got %q want %q", tt.u, g, tt.name)
		}
		if g := tt.u.Env(); g != tt.env {
			t.Errorf("%s env: got %q want %q", tt.u, g, tt.env)
		}
		if g := tt.u.Parent(); g != tt.parent {
			t.Errorf("%s parent: got %q want %q", tt.u, g, tt.parent)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{"", "orders", "urn:li:", "urn:li:dataset", "urn:li:dataset:", "urn:li:dataset:(a,b)", "urn:li:chart:x"} {
		if u, err := Parse(s); !errors.Is(err, fault.Invalid) {
			t.Errorf("Parse(%q): got %q, %v want fault.Invalid", s, u, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("urn:li:dataset:(urn:li:dataPlatform:postgres,a.b,PROD)")
	f.Add("urn:li:dataJob:(urn:li:dataFlow:(a,b,c),d)")
	f.Fuzz(func(t *testing.T, s string) {
		u, err := Parse(s)
		if err == nil && u.String() != s {
			t.Errorf("got %q want %q", u, s)
		}
		_, _, _, _, _ = u.Kind(), u.Platform(), u.Name(), u.Env(), u.Parent()
	})
}

func TestNamesOfPartsAreApart(t *testing.T) {
	tests := []struct {
		parts []string
		want  string
	}{
		{[]string{"shop", "public", "orders"}, "shop.public.orders"},
		{[]string{"shop", "Sales", "Order Details"}, "shop.Sales.Order Details"},
		{[]string{"shop", "odd", "sub.t"}, `shop.odd."sub.t"`},
		{[]string{"shop", "odd.sub", "t"}, `shop."odd.sub".t`},
		{[]string{"shop", "", "t"}, "shop..t"},
		{[]string{`q"uote`, "t"}, `q"uote.t`},
		{[]string{`"odd"`, "t"}, `"""odd""".t`},
		{[]string{`a".b`, `"`}, `"a"".b".""""`},
		{[]string{`a.`, `.`}, `"a."."."`},
	}
	for _, tt := range tests {
		got := Join(tt.parts...)
		if got != tt.want {
			t.Errorf("Join(%q): got %s want %s", tt.parts, got, tt.want)
		}
		if back := Split(got); !slices.Equal(back, tt.parts) {
			t.Errorf("Split(%s): got %q want %q", got, back, tt.parts)
		}
	}
}

func FuzzSplitUndoesJoin(f *testing.F) {
	f.Add("shop", "odd.sub", "t")
	f.Add(`"`, `".`, `""`)
	f.Add("", ".", `a"".""`)
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if got := Split(Join(a, b, c)); !slices.Equal(got, []string{a, b, c}) {
			t.Errorf("%q, %q, %q: got %q through %s", a, b, c, got, Join(a, b, c))
		}
	})
}
