package detect

// Portugal.
var ptFormats = []format{
	{name: "pt.cc", class: classNational, shapes: "999999999**9", groups: "8-1-3 8-1-2-1", words: "cartao cidadao cc", check: ptCard, chance: 0.1, digits: true},
	{name: "pt.nif", class: classNational, shapes: "999999999", groups: "3-3-3", words: "nif contribuinte", check: ptTax, chance: 0.09, digits: true, prefix: "PT"},
}

// ptCard is Luhn over digits and letters.
func ptCard(b []byte) bool {
	sum := 0
	for i, c := range b {
		v := alnum(c)
		if i%2 == 0 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

func ptTax(b []byte) bool {
	return b[0] != '0' && (11-weighted(b, 9, 8, 7, 6, 5, 4, 3, 2)%11)%11%10 == digit(b[8])
}
