package detect

// El Salvador.
var svFormats = []format{
	{name: "sv.nit", class: classNational, shapes: "99999999999999", groups: "4-6-3-1", words: "nit", check: svTax, chance: 0.03, digits: true, prefix: "SV"},
}

// svTax: serials up to 100 follow the scheme of old.
func svTax(b []byte) bool {
	if indexByte("019", b[0]) < 0 {
		return false
	}
	if num(b[10:13]) <= 100 {
		return weighted(b, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11%10 == digit(b[13])
	}
	return (11-weighted(b, 2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11)%11%10 == digit(b[13])
}
