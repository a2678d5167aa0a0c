package detect

// South Africa.
var zaFormats = []format{
	{name: "za.idnr", class: classNational, shapes: "9999999999999", groups: "6-4-3 6-4-2-1", words: "south african id identity", check: zaPerson, chance: 0.006, digits: true},
	{name: "za.tin", class: classNational, shapes: "9999999999", groups: "4-3-2-1 3-3-4", words: "tax tin", check: zaTax, chance: 0.05, digits: true, keyed: true},
}

func zaPerson(b []byte) bool { return anyYYMMDD(b) && (b[10] == '0' || b[10] == '1') && luhn(b) }

func zaTax(b []byte) bool { return indexByte("01239", b[0]) >= 0 && luhn(b) }
