package detect

// Denmark.
var dkFormats = []format{
	{name: "dk.cpr", class: classNational, shapes: "9999999999", groups: "6-4", words: "cpr personnummer", check: dkPerson, chance: 0.03},
}

// dkPerson: the seventh digit picks the century; the check digit has not held for all numbers since 2007.
func dkPerson(b []byte) bool {
	century, yy := 1900, num(b[4:6])
	switch c := b[6]; {
	case (c == '4' || c == '9') && yy <= 36, c >= '5' && c <= '8' && yy <= 57:
		century = 2000
	case c >= '5' && c <= '8':
		century = 1800
	}
	return ddmmyy(century, b) && century+yy <= youngest
}
