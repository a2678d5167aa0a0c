package detect

// Bulgaria.
var bgFormats = []format{
	{name: "bg.egn", class: classNational, shapes: "9999999999", words: "egn егн", check: bgPerson, chance: 0.006, digits: true},
	{name: "bg.pnf", class: classNational, shapes: "9999999999", words: "pnf лнч", check: bgForeigner, chance: 0.1, digits: true, keyed: true},
	{name: "bg.vat", class: classTaxOrg, shapes: "999999999 9999999999", words: "vat ддс", check: bgVAT, chance: 0.1, digits: true, prefix: "BG", keyed: true},
}

// bgPerson: the month is raised by 20 for births before 1900 and by 40 since 2000.
func bgPerson(b []byte) bool {
	year, month := 1900+num(b[:2]), num(b[2:4])
	switch {
	case month > 40:
		year, month = year+100, month-40
	case month > 20:
		year, month = year-100, month-20
	}
	return isDate(year, month, num(b[4:6])) && weighted(b, 2, 4, 8, 5, 10, 9, 7, 3, 6)%11%10 == digit(b[9])
}

func bgForeigner(b []byte) bool {
	return weighted(b, 21, 19, 17, 13, 11, 9, 7, 3, 1)%10 == digit(b[9])
}

func bgVAT(b []byte) bool {
	if len(b) == 9 {
		check := weighted(b, 1, 2, 3, 4, 5, 6, 7, 8) % 11
		if check == 10 {
			check = weighted(b, 3, 4, 5, 6, 7, 8, 9, 10) % 11
		}
		return check%10 == digit(b[8])
	}
	other := (11 - weighted(b, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	return bgPerson(b) || bgForeigner(b) || other == digit(b[9])
}
