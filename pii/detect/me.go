package detect

// Montenegro.
var meFormats = []format{
	{name: "me.pib", class: classTaxOrg, shapes: "99999999", words: "pib", check: meTax, chance: 0.1, digits: true, keyed: true},
}

func meTax(b []byte) bool {
	return (11-weighted(b, 8, 7, 6, 5, 4, 3, 2)%11)%11%10 == digit(b[7])
}
