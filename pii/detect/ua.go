package detect

// Ukraine.
var uaFormats = []format{
	{name: "ua.rntrc", class: classNational, shapes: "9999999999", words: "рнокпп інн rntrc", check: uaTax, chance: 0.1, digits: true, keyed: true},
}

func uaTax(b []byte) bool {
	sum := weighted(b, -1, 5, 7, 9, 4, 6, 10, 5, 7)
	return (sum%11+11)%11%10 == digit(b[9])
}
