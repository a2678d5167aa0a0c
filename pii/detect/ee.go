package detect

// Estonia.
var eeFormats = []format{
	{name: "ee.ik", class: classNational, shapes: "99999999999", words: "isikukood", check: balticPerson, chance: 0.003, digits: true},
}

// balticPerson is shared with Lithuania: century and sex, birth date, order, check digit in two rounds.
func balticPerson(b []byte) bool {
	if b[0] < '1' || b[0] > '8' || !yymmdd(1800+(digit(b[0])-1)/2*100, b[1:]) {
		return false
	}
	return balticCheck(b)
}

func balticCheck(b []byte) bool {
	check := weighted(b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11
	if check == 10 {
		check = weighted(b, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11
	}
	return check%10 == digit(b[10])
}
