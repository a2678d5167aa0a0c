package detect

// Uruguay.
var uyFormats = []format{
	{name: "uy.rut", class: classTaxOrg, shapes: "999999999999", groups: "2-6-3-1", words: "rut", check: uyTax, chance: 0.0002, digits: true, prefix: "UY"},
}

func uyTax(b []byte) bool {
	p := num(b[:2])
	if p < 1 || p > 22 || num(b[2:8]) == 0 || string(b[8:11]) != "001" {
		return false
	}
	return (11-weighted(b, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)%11)%11 == digit(b[11])
}
