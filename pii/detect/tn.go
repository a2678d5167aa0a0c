package detect

// Tunisia.
var tnFormats = []format{
	{name: "tn.mf", class: classTaxOrg, shapes: "999999A 9999999A 999999AAA 9999999AAA 9999AAA999 99999AAA999 999999AAA999 9999999AAA999", words: "matricule fiscal mf", check: tnTax, chance: 0.88},
}

// tnTax: six or seven digits, a control letter and, at will, VAT code, category and three digits, which are 000 unless
// the category says that there are branches (E).
func tnTax(b []byte) bool {
	n := 0
	for n < len(b) && isDigit(b[n]) {
		n++
	}
	if n < 1 || n > 7 || len(b) == n || !isUpper(b[n]) || indexByte("IOU", b[n]) >= 0 {
		return false
	}
	rest := b[n+1:]
	switch len(rest) {
	case 0:
		return n >= 6
	case 2, 5:
		if indexByte("ABDNP", rest[0]) < 0 || indexByte("CMNPE", rest[1]) < 0 {
			return false
		}
		return len(rest) == 2 || allDigits(rest[2:]) && (rest[1] == 'E') == (num(rest[2:]) != 0)
	}
	return false
}
