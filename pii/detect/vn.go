package detect

// Vietnam.
var vnFormats = []format{
	{name: "vn.mst", class: classTaxOrg, shapes: "9999999999 9999999999999", groups: "10-3 4-3-3", words: "mst thue", check: vnTax, chance: 0.09, digits: true, keyed: true},
}

func vnTax(b []byte) bool {
	if num(b[2:9]) == 0 || len(b) == 13 && num(b[10:]) == 0 {
		return false
	}
	return 10-weighted(b, 31, 29, 23, 19, 17, 13, 7, 5, 3)%11 == digit(b[9])
}
