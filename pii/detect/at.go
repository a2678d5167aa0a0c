package detect

// Austria.
var atFormats = []format{
	{name: "at.tin", class: classNational, shapes: "999999999", groups: "2-3-4 2-7", words: "abgabenkontonummer steuernummer", check: luhn, chance: 0.1, digits: true, keyed: true},
	{name: "at.vnr", class: classNational, shapes: "9999999999", groups: "4-6", words: "svnr versicherungsnummer sozialversicherungsnummer", check: atInsurance, chance: 0.004, digits: true},
}

// atInsurance: the fourth digit checks the others; a month above 12 marks days that ran out of numbers.
func atInsurance(b []byte) bool {
	return b[0] != '0' && weighted(b, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6)%11 == digit(b[3]) && num(b[4:6]) >= 1 && num(b[4:6]) <= 31 && num(b[6:8]) >= 1 && num(b[6:8]) <= 15
}
