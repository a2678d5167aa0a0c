package detect

// Australia.
var auFormats = []format{
	{name: "au.tfn", class: classNational, shapes: "999999999 99999999", groups: "3-3-3 2-3-3", words: "tfn tax", check: auTax, chance: 0.09, digits: true},
	{name: "au.abn", class: classTaxOrg, shapes: "99999999999", groups: "2-3-3-3", words: "abn business", check: auBusiness, chance: 0.011, digits: true},
	{name: "au.acn", class: classTaxOrg, shapes: "999999999", groups: "3-3-3", words: "acn company", check: auCompany, chance: 0.1, digits: true},
	{name: "au.medicare", class: classInsured, shapes: "9999999999 99999999999", groups: "4-5-1 4-5-1-1", words: "medicare", check: auMedicare, chance: 0.05, digits: true},
}

func auTax(b []byte) bool {
	if len(b) == 8 {
		return weighted(b, 10, 7, 8, 4, 6, 3, 5, 1)%11 == 0 && !sameDigit(b)
	}
	return weighted(b, 1, 4, 3, 7, 5, 8, 6, 9, 10)%11 == 0 && !sameDigit(b)
}

func auBusiness(b []byte) bool {
	return b[0] != '0' && (weighted(b, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)-10)%89 == 0
}

func auCompany(b []byte) bool {
	return (10-weighted(b, 8, 7, 6, 5, 4, 3, 2, 1)%10)%10 == digit(b[8]) && !sameDigit(b)
}

func auMedicare(b []byte) bool {
	return b[0] >= '2' && b[0] <= '6' && weighted(b, 1, 3, 7, 9, 1, 3, 7, 9)%10 == digit(b[8])
}
