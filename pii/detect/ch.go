package detect

// Switzerland.
var chFormats = []format{
	{name: "ch.ssn", class: classNational, shapes: "9999999999999", groups: "3-4-4-2", words: "ahv avs", check: chSocial, chance: 0.0001, digits: true, own: true},
}

// chSocial: the country code 756 as an EAN-13.
func chSocial(b []byte) bool {
	return string(b[:3]) == "756" && (10-weighted(b, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3)%10)%10 == digit(b[12])
}
