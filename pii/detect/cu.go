package detect

// Cuba.
var cuFormats = []format{
	{name: "cu.ni", class: classNational, shapes: "99999999999", words: "identidad carne", check: cuPerson, chance: 0.04, keyed: true},
}

// cuPerson: the seventh digit is the century: 9 for 1800, 0-5 for 1900, 6-8 for 2000.
func cuPerson(b []byte) bool {
	switch {
	case b[6] == '9':
		return yymmdd(1800, b)
	case b[6] <= '5':
		return yymmdd(1900, b)
	}
	return yymmdd(2000, b)
}
