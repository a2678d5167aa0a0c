package detect

// Norway.
var noFormats = []format{
	{name: "no.fodselsnummer", class: classNational, shapes: "99999999999", groups: "6-5", words: "fodselsnummer personnummer", check: noPerson, chance: 0.0006, digits: true},
}

// noPerson: day raised by 40 for temporary numbers, month by 40 for help numbers; the individual number tells the century.
func noPerson(b []byte) bool {
	day, month, yy, individual := num(b[:2]), num(b[2:4]), num(b[4:6]), num(b[6:9])
	if day > 40 {
		day -= 40
	}
	if month > 40 {
		month -= 40
	}
	century := 0
	switch {
	case individual < 500:
		century = 1900
	case individual < 750 && yy >= 54:
		century = 1800
	case yy < 40:
		century = 2000
	case individual >= 900:
		century = 1900
	default:
		return false
	}
	first := (11 - weighted(b, 3, 7, 6, 1, 8, 9, 4, 5, 2)%11) % 11
	second := (11 - weighted(b, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	return isDate(century+yy, month, day) && century+yy <= youngest && first == digit(b[9]) && second == digit(b[10])
}
