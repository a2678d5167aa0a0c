package detect

// Ecuador.
var ecFormats = []format{
	{name: "ec.ci", class: classNational, shapes: "9999999999", words: "cedula ci identidad", check: ecPerson, chance: 0.015, digits: true},
	{name: "ec.ruc", class: classNational, shapes: "9999999999999", words: "ruc", check: ecTax, chance: 0.02, digits: true},
}

func ecPerson(b []byte) bool { return ecProvince(b) && b[2] <= '5' && luhn(b[:10]) }

func ecProvince(b []byte) bool {
	p := num(b[:2])
	return p >= 1 && p <= 24 || p == 30 || p == 50
}

// ecTax: a person's number and an establishment, or the schemes of public bodies (6) and companies (9).
func ecTax(b []byte) bool {
	if !ecProvince(b) {
		return false
	}
	switch b[2] {
	case '6':
		if weighted(b, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0 && num(b[9:]) != 0 {
			return true
		}
		return luhn(b[:10]) && num(b[10:]) != 0
	case '9':
		return weighted(b, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0 && num(b[10:]) != 0
	}
	return ecPerson(b) && num(b[10:]) != 0
}
