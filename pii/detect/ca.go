package detect

// Canada.
var caFormats = []format{
	{name: "ca.sin", class: classNational, shapes: "999999999", groups: "3-3-3", words: "sin social insurance", check: caSocial, chance: 0.08, digits: true},
	{name: "ca.bc_phn", class: classHealthID, shapes: "9999999999", groups: "4-3-3", words: "phn health", check: caHealth, chance: 0.009, digits: true},
}

func caSocial(b []byte) bool { return b[0] != '0' && b[0] != '8' && luhn(b) }

func caHealth(b []byte) bool {
	return b[0] == '9' && (11-weighted(b[1:], 2, 4, 8, 5, 10, 9, 7, 3)%11)%11 == digit(b[9])
}
