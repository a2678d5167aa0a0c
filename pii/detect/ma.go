package detect

// Morocco.
var maFormats = []format{
	{name: "ma.ice", class: classTaxOrg, shapes: "999999999999999", words: "ice", check: func(b []byte) bool { return num(b)%97 == 0 }, chance: 0.01, digits: true},
}
