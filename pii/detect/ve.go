package detect

// Venezuela.
var veFormats = []format{
	{name: "ve.rif", class: classNational, shapes: "A999999999", groups: "1-8-1 1-9", words: "rif", check: veTax, chance: 0.02, digits: true},
}

func veTax(b []byte) bool {
	kind := map[byte]int{'V': 4, 'E': 8, 'J': 12, 'P': 16, 'G': 20}[b[0]]
	return kind != 0 && "00987654321"[(kind+weighted(b[1:], 3, 2, 7, 6, 5, 4, 3, 2))%11] == b[9]
}
