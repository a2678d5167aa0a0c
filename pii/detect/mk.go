package detect

// North Macedonia.
var mkFormats = []format{
	{name: "mk.edb", class: classTaxOrg, shapes: "9999999999999", words: "едб", check: mkTax, chance: 0.1, digits: true, prefix: "MK МК", keyed: true},
}

func mkTax(b []byte) bool {
	return (11-weighted(b, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11)%11%10 == digit(b[12])
}
