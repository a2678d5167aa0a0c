package detect

// Philippines.
var phFormats = []format{
	{name: "ph.tin", class: classNational, shapes: "999999999 999999999999 99999999999999", groups: "3-3-3 3-3-3-3 3-3-3-5", words: "tin tax", check: phTax, chance: 0.09, digits: true},
}

func phTax(b []byte) bool {
	return weighted(b, 9, 8, 7, 6, 5, 4, 3, 2)%11 == digit(b[8]) && num(b[:9]) != 0
}
