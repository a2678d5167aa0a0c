package detect

// Peru.
var peFormats = []format{
	{name: "pe.cui", class: classNational, shapes: "99999999 99999999*", groups: "8-1", words: "dni cui", check: peCitizen, confirm: func(b []byte) bool { return len(b) == 9 }, chance: 0.06, keyed: true},
	{name: "pe.ruc", class: classNational, shapes: "99999999999", words: "ruc", check: peTax, chance: 0.004, digits: true},
}

// peCitizen: the ninth character is optional, a digit or a letter of the same place.
func peCitizen(b []byte) bool {
	if len(b) == 8 {
		return true
	}
	r := weighted(b, 3, 2, 7, 6, 5, 4, 3, 2) % 11
	return "65432110987"[r] == b[8] || "KJIHGFEDCBA"[r] == b[8]
}

func peTax(b []byte) bool {
	switch num(b[:2]) {
	case 10, 15, 16, 17, 20:
		return (11-weighted(b, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11)%10 == digit(b[10])
	}
	return false
}
