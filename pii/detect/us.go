package detect

// United States: social security and taxpayer numbers, bank routing, prescribers and providers, Medicare, passport.
var usFormats = []format{
	{name: "us.ssn", class: classNational, shapes: "999999999", groups: "3-2-4", slips: "3-6 5-4", words: "ssn social security", check: usSocial, chance: 0.88, strict: true, own: true},
	{name: "us.itin", class: classNational, shapes: "999999999", groups: "3-2-4", slips: "3-6 5-4", words: "itin taxpayer tax", check: usITIN, chance: 0.045, strict: true, own: true},
	{name: "us.atin", class: classNational, shapes: "999999999", groups: "3-2-4", words: "atin adoption", strict: true, keyed: true},
	{name: "us.ein", class: classTaxOrg, shapes: "999999999", groups: "2-7", words: "ein employer fein", check: usEmployer, chance: 0.8, strict: true, keyed: true},
	{name: "us.ptin", class: classNational, shapes: "P99999999", groups: "1-8", words: "ptin preparer"},
	{name: "us.tin", class: classNational, shapes: "999999999 P99999999", groups: "3-2-4 2-7 1-8", slips: "3-6 5-4", words: "tin taxpayer tax ssn itin ein", check: usTaxpayer, confirm: usPerson, chance: 0.9},
	{name: "us.rtn", class: classBank, shapes: "999999999", groups: "4-4-1", words: "aba routing rtn transit bank", check: usRouting, chance: 0.04, digits: true},
	{name: "us.dea", class: classWorkID, shapes: "AA9999999 A99999999", words: "dea prescriber license medical", check: usDEA, chance: 0.06, digits: true},
	{name: "us.npi", class: classWorkID, shapes: "9999999999", groups: "4-3-3", words: "npi provider", check: usProvider, chance: 0.02, digits: true},
	{name: "us.mbi", class: classInsured, shapes: "9A*9A*9AA99", groups: "4-3-4", words: "mbi medicare beneficiary", check: usMedicare, chance: 0.25, own: true},
	{name: "us.passport", class: classPassport, shapes: "A99999999 999999999", words: "passport travel"},
}

// usSocial excludes areas that were never given out and the numbers that advertisements made famous.
func usSocial(b []byte) bool {
	area, group, serial := num(b[:3]), num(b[3:5]), num(b[5:])
	switch num(b) {
	case 78051120, 219099999, 457555462:
		return false
	}
	return area != 0 && area != 666 && area < 900 && group != 0 && serial != 0
}

func usITIN(b []byte) bool {
	group := num(b[3:5])
	return b[0] == '9' && (group >= 50 && group <= 65 || group >= 70 && group <= 99 && group != 89 && group != 93)
}

// usEmployer knows the campus prefixes of the IRS.
func usEmployer(b []byte) bool {
	switch p := num(b[:2]); {
	case p >= 1 && p <= 6, p >= 10 && p <= 16, p >= 20 && p <= 27, p >= 30 && p <= 48, p >= 50 && p <= 68,
		p >= 71 && p <= 77, p >= 80 && p <= 88, p >= 90 && p <= 95, p == 98, p == 99:
		return true
	}
	return false
}

func usTaxpayer(b []byte) bool {
	return b[0] == 'P' || usSocial(b) || usITIN(b) || usEmployer(b)
}

// usPerson leaves out employers' numbers: in a text they are told apart by their groups, as us.ein.
func usPerson(b []byte) bool { return b[0] == 'P' || usSocial(b) || usITIN(b) }

func usRouting(b []byte) bool {
	switch p := num(b[:2]); {
	case p <= 12, p >= 21 && p <= 32, p >= 61 && p <= 72, p == 80:
		return !sameDigit(b) && weighted(b, 3, 7, 1, 3, 7, 1, 3, 7, 1)%10 == 0
	}
	return false
}

func usDEA(b []byte) bool {
	switch b[0] {
	case 'I', 'N', 'O', 'Q', 'V', 'W', 'Y', 'Z':
		return false
	}
	if b[1] != '9' && !isUpper(b[1]) {
		return false
	}
	d := b[2:]
	return (weighted(d, 1, 0, 1, 0, 1, 0)+2*weighted(d, 0, 1, 0, 1, 0, 1))%10 == digit(d[6])
}

// usProvider is Luhn over the number with the issuer prefix 80840, whose own digits add 24.
func usProvider(b []byte) bool {
	return (b[0] == '1' || b[0] == '2') && (luhnSum(b)+24)%10 == 0
}

func usMedicare(b []byte) bool {
	for _, c := range b {
		switch c {
		case 'S', 'L', 'O', 'I', 'B', 'Z':
			return false
		}
	}
	return b[0] != '0'
}
