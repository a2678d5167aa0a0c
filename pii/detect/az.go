package detect

// Azerbaijan.
var azFormats = []format{
	{name: "az.voen", class: classTaxOrg, shapes: "9999999999 999999999", groups: "3-3-4", words: "voen", check: azTax, chance: 0.02, digits: true, keyed: true},
}

// azTax: the last digit is 1 for organisations and 2 for persons; the one before it checks the first eight. A leading zero may be lost.
func azTax(b []byte) bool {
	if len(b) == 9 {
		b = append([]byte{'0'}, b...)
	}
	return (b[9] == '1' || b[9] == '2') && weighted(b, 4, 1, 8, 6, 2, 7, 5, 3)%11 == digit(b[8])
}
