package detect

// Ghana.
var ghFormats = []format{
	{name: "gh.tin", class: classNational, shapes: "A99********", words: "tin", check: ghTax, chance: 0.002, digits: true},
}

func ghTax(b []byte) bool {
	if indexByte("PCGQV", b[0]) < 0 || b[1] != '0' || b[2] != '0' || !allDigits(b[1:10]) {
		return false
	}
	return "0123456789X"[weighted(b[1:], 1, 2, 3, 4, 5, 6, 7, 8, 9)%11] == b[10]
}
