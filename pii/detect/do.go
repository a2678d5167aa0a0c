package detect

// Dominican Republic.
var doFormats = []format{
	{name: "do.cedula", class: classNational, shapes: "99999999999", groups: "3-7-1", words: "cedula", check: luhn, chance: 0.1, digits: true, keyed: true},
	{name: "do.rnc", class: classTaxOrg, shapes: "999999999", groups: "1-2-5-1", words: "rnc", check: doTax, chance: 0.1, digits: true, keyed: true},
}

func doTax(b []byte) bool {
	return (10-weighted(b, 7, 9, 8, 6, 5, 4, 3, 2)%11+9)%9+1 == digit(b[8])
}
