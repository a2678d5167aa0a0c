package detect

// Argentina.
var arFormats = []format{
	{name: "ar.cuit", class: classNational, shapes: "99999999999", groups: "2-8-1", words: "cuit cuil", check: arTax, chance: 0.01, digits: true},
	{name: "ar.dni", class: classNational, shapes: "9999999 99999999", groups: "1-3-3 2-3-3", words: "dni documento", keyed: true},
}

func arTax(b []byte) bool {
	switch num(b[:2]) {
	case 20, 23, 24, 25, 26, 27, 30, 33, 34, 50, 51, 55:
		return "012345678990"[11-weighted(b, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11] == b[10]
	}
	return false
}
