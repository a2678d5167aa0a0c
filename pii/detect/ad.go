package detect

// Andorra.
var adFormats = []format{
	{name: "ad.nrt", class: classNational, shapes: "A999999A", groups: "1-6-1 1-3-3-1", words: "nrt", check: adTax, chance: 0.2, prefix: "AD"},
}

// adTax: the first letter is the kind of holder; residents (F) stay below 700000, companies (A, L) in 700000-799999.
func adTax(b []byte) bool {
	n := num(b[1:7])
	switch b[0] {
	case 'F':
		return n < 700000
	case 'A', 'L':
		return n >= 700000 && n < 800000
	}
	return indexByte("CDEGOPU", b[0]) >= 0
}
