package detect

// Senegal.
var snFormats = []format{
	{name: "sn.ninea", class: classTaxOrg, shapes: "9999999 999999999 99999999*A9 9999999*A9 999999999*A9", words: "ninea", check: snTax, chance: 0.1, digits: true, keyed: true},
}

// snTax: seven digits (nine since 2011) and, at will, the three characters of the tax scheme.
func snTax(b []byte) bool {
	n := b
	if len(b) > 9 {
		n = b[:len(b)-3]
		if tail := b[len(b)-3:]; tail[0] < '0' || tail[0] > '2' || indexByte("ABCDEFGHJKLMNPQRSTUVWZ", tail[1]) < 0 {
			return false
		}
	}
	if len(n) != 7 && len(n) != 9 {
		return false
	}
	sum := 0
	for i := range n {
		sum += digit(n[len(n)-1-i]) * (1 + i%2)
	}
	return sum%10 == 0
}
