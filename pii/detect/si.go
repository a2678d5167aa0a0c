package detect

// Slovenia and, for the number of birth, the other heirs of Yugoslavia.
var siFormats = []format{
	{name: "si.emso", class: classNational, shapes: "9999999999999", words: "emso jmbg јмбг", check: masterCitizen, chance: 0.002, digits: true},
	{name: "si.ddv", class: classNational, shapes: "99999999", words: "ddv davcna", check: siTax, chance: 0.09, digits: true, prefix: "SI", keyed: true},
}

// masterCitizen: birth date with three digits of the year, region, serial, check digit.
func masterCitizen(b []byte) bool {
	year := 1000 + num(b[4:7])
	if year < 1800 {
		year += 1000
	}
	return isDate(year, num(b[2:4]), num(b[:2])) && year <= youngest &&
		(11-weighted(b, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11)%11%10 == digit(b[12])
}

func siTax(b []byte) bool {
	check := 11 - weighted(b, 8, 7, 6, 5, 4, 3, 2)%11
	return b[0] != '0' && check != 11 && check%10 == digit(b[7])
}
