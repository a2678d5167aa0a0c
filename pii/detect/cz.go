package detect

// Czechia.
var czFormats = []format{
	{name: "cz.rc", class: classNational, shapes: "9999999999 999999999", groups: "6-4 6-3", words: "rodne cislo rc", check: birthNumber, chance: 0.08, digits: true},
	{name: "cz.dic", class: classTaxOrg, shapes: "99999999 999999999 9999999999", words: "dic", check: czVAT, chance: 0.1, digits: true, prefix: "CZ", keyed: true},
}

// birthNumber is shared with Slovakia: month raised by 50 for women and by 20 where a day ran out of numbers; nine
// digits without check until 1953, since then ten digits that 11 divides.
func birthNumber(b []byte) bool {
	year, month := 1900+num(b[:2]), num(b[2:4])
	if month > 50 {
		month -= 50
	}
	if month > 20 {
		month -= 20
	}
	if len(b) == 9 {
		if year >= 1980 {
			year -= 100
		}
		return year <= 1953 && isDate(year, month, num(b[4:6]))
	}
	if year < 1954 {
		year += 100
	}
	check := num(b[:9]) % 11
	if year < 1985 { // until then a remainder of ten was written as 0
		check %= 10
	}
	return isDate(year, month, num(b[4:6])) && check == digit(b[9])
}

func czVAT(b []byte) bool {
	switch {
	case len(b) == 8:
		check := (11 - weighted(b, 8, 7, 6, 5, 4, 3, 2)%11) % 11
		if check == 0 {
			check = 1
		}
		return b[0] != '9' && check%10 == digit(b[7])
	case len(b) == 9 && b[0] == '6' && czSpecial(b):
		return true
	}
	return birthNumber(b)
}

// czSpecial is for persons whose birth number must not be used.
func czSpecial(b []byte) bool {
	check := weighted(b[1:], 8, 7, 6, 5, 4, 3, 2) % 11
	return (8-(10-check+11)%11+10)%10 == digit(b[8])
}
