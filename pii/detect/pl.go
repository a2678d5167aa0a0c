package detect

// Poland.
var plFormats = []format{
	{name: "pl.pesel", class: classNational, shapes: "99999999999", words: "pesel", check: plPerson, chance: 0.0175, digits: true},
	{name: "pl.nip", class: classTaxOrg, shapes: "9999999999", groups: "3-3-2-2 3-2-2-3", words: "nip", check: plTax, chance: 0.09, digits: true, prefix: "PL", keyed: true},
}

// plPerson: the month is raised by 80, 20, 40 or 60 for the centuries from 1800, 2000, 2100 and 2200.
func plPerson(b []byte) bool {
	century := [5]int{1900, 2000, 2100, 2200, 1800}[num(b[2:4])/20%5]
	return num(b[2:4]) < 100 && isDate(century+num(b[:2]), num(b[2:4])%20, num(b[4:6])) &&
		weighted(b, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0
}

func plTax(b []byte) bool {
	return weighted(b, 6, 5, 7, 2, 3, 4, 5, 6, 7)%11 == digit(b[9]) && num(b) != 0
}
