package detect

// Mozambique.
var mzFormats = []format{
	{name: "mz.nuit", class: classNational, shapes: "999999999", groups: "3-3-3", words: "nuit", check: mzTax, chance: 0.1, digits: true, keyed: true},
}

func mzTax(b []byte) bool {
	return "01234567891"[weighted(b, 8, 9, 4, 5, 6, 7, 8, 9)%11] == b[8]
}
