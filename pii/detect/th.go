package detect

// Thailand.
var thFormats = []format{
	{name: "th.pin", class: classNational, shapes: "9999999999999", groups: "1-4-5-2-1", words: "thai tnin id บัตรประชาชน", check: thPerson, chance: 0.08, digits: true},
	{name: "th.tin", class: classNational, shapes: "9999999999999", groups: "1-2-1-3-5-1 1-4-5-2-1", words: "tin tax", check: thTax, chance: 0.1, digits: true},
}

func thPerson(b []byte) bool { return b[0] >= '1' && b[0] <= '8' && b[1] != '0' && thCheck(b) }

func thCheck(b []byte) bool {
	return (11-weighted(b, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11)%10 == digit(b[12])
}

// thTax: companies have a leading zero.
func thTax(b []byte) bool { return b[0] != '9' && thCheck(b) }
