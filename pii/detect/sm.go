package detect

// San Marino.
var smFormats = []format{
	{name: "sm.coe", class: classTaxOrg, shapes: "9 99 999 9999 99999", words: "coe", check: func(b []byte) bool { return num(b) != 0 }, prefix: "SM", keyed: true},
}
