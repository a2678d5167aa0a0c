package detect

// Hungary.
var huFormats = []format{
	{name: "hu.anum", class: classTaxOrg, shapes: "99999999", words: "adoszam anum", check: huTax, chance: 0.1, digits: true, prefix: "HU", keyed: true},
}

func huTax(b []byte) bool { return weighted(b, 9, 7, 3, 1, 9, 7, 3, 1)%10 == 0 }
