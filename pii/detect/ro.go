package detect

// Romania.
var roFormats = []format{
	{name: "ro.cnp", class: classNational, shapes: "9999999999999", words: "cnp", check: roPerson, chance: 0.002, digits: true},
}

// roPerson: sex and century, birth date, county, serial, check digit.
func roPerson(b []byte) bool {
	county := num(b[7:9])
	if county < 1 || county > 52 && county != 70 && (county < 80 || county > 83) || county == 49 || county == 50 {
		return false
	}
	check := weighted(b, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11
	if check == 10 {
		check = 1
	}
	return roBorn(b) && check == digit(b[12])
}

func roBorn(b []byte) bool {
	switch b[0] {
	case '1', '2':
		return yymmdd(1900, b[1:])
	case '3', '4':
		return yymmdd(1800, b[1:])
	case '5', '6':
		return yymmdd(2000, b[1:])
	case '7', '8', '9':
		return anyYYMMDD(b[1:])
	}
	return false
}
