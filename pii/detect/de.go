package detect

// Germany: tax, pension, health and physician numbers, identity card, passport, VAT, plate.
var deFormats = []format{
	{name: "de.idnr", class: classNational, shapes: "99999999999", groups: "2-3-3-3", words: "idnr steuer steueridentifikationsnummer identifikationsnummer steuerid", check: dePersonal, chance: 0.004, digits: true},
	{name: "de.stnr", class: classNational, shapes: "9999999999 99999999999 9999999999999", groups: "2-3-5 3-3-5 3-4-4 5-5 2-4-4", words: "steuernummer stnr steuer", check: deTax, chance: 0.95, keyed: true},
	{name: "de.vat", class: classTaxOrg, shapes: "DE999999999", groups: "2-3-3-3 2-9", words: "ust ustid umsatzsteuer vat", check: deVAT, chance: 0.1, digits: true},
	{name: "de.rvnr", class: classNational, shapes: "99999999A999", groups: "2-6-1-3", words: "rentenversicherung rentenversicherungsnummer sozialversicherungsnummer rvnr", check: dePension, chance: 0.007, digits: true},
	{name: "de.kvnr", class: classInsured, shapes: "A999999999", words: "krankenversicherung krankenkasse kvnr egk versichertennummer", check: deHealth, chance: 0.1, digits: true},
	{name: "de.lanr", class: classWorkID, shapes: "999999999", words: "lanr arzt arztnummer", check: dePhysician, chance: 0.1, digits: true},
	{name: "de.idcard", class: classGovernment, shapes: "********* **********", words: "personalausweis ausweis ausweisnummer identity", check: deCard, chance: 0.03, digits: true},
	{name: "de.passport", class: classPassport, shapes: "********* **********", words: "reisepass pass passnummer passport", check: dePassport, chance: 0.02},
	{name: "de.plate", class: classPlate, shapes: "AA9 AA99 AA999 AA9999 AAA9 AAA99 AAA999 AAA9999 AAAA9 AAAA99 AAAA999 AAAA9999 AAAAA9 AAAAA99 AAAAA999 AA99A AA999A AA9999A AAA99A AAA999A AAA9999A AAAA99A AAAA999A AAAA9999A AAAAA99A AAAAA999A", groups: "1-1-1 1-1-2 1-1-3 1-1-4 1-2-1 1-2-2 1-2-3 1-2-4 2-1-1 2-1-2 2-1-3 2-1-4 2-2-1 2-2-2 2-2-3 2-2-4 3-1-1 3-1-2 3-1-3 3-1-4 3-2-1 3-2-2 3-2-3 1-1-5 1-2-5 2-1-5 2-2-5 3-1-4 3-2-4", words: "kennzeichen kfz", check: dePlate, chance: 1, keyed: true},
}

// dePlate: a letter behind the number is E for electric or H for historic cars.
func dePlate(b []byte) bool {
	last := b[len(b)-1]
	return isDigit(last) || last == 'E' || last == 'H'
}

// dePersonal: the first ten digits hold one digit twice or three times, which the tax office never gives out otherwise.
func dePersonal(b []byte) bool {
	var count [10]int
	for _, c := range b[:10] {
		count[digit(c)]++
	}
	repeated := 0
	for _, n := range count {
		if n > 3 {
			return false
		}
		if n > 1 {
			repeated++
		}
	}
	return b[0] != '0' && repeated == 1 && mod11x10(b)
}

// deTax knows the lengths and, in the 13 digits of the federal form, the state prefixes; the states' check digits differ
// and are not published as one scheme.
func deTax(b []byte) bool {
	if len(b) != 13 {
		return !sameDigit(b)
	}
	if b[4] != '0' {
		return false
	}
	switch p := num(b[:2]); p {
	case 10, 11, 21, 22, 23, 24, 26, 27, 28, 30, 31, 32, 40, 41, 51, 52, 53, 54, 55, 56, 91, 92, 93, 94, 95, 96, 97, 98, 99:
		return true
	default:
		return p == 57 || p == 58
	}
}

func deVAT(b []byte) bool { return b[2] != '0' && mod11x10(b[2:]) }

// dePension: area, birth date (day may be raised by 50 for a second number of the day), letter, serial, check digit.
func dePension(b []byte) bool {
	day := num(b[2:4])
	if day > 50 {
		day -= 50
	}
	if !isDate(2000, num(b[4:6]), day) {
		return false
	}
	letter := int(b[8]-'A') + 1
	sum := 0
	weights := [12]int{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1}
	for i, d := range [12]int{digit(b[0]), digit(b[1]), digit(b[2]), digit(b[3]), digit(b[4]), digit(b[5]), digit(b[6]), digit(b[7]), letter / 10, letter % 10, digit(b[9]), digit(b[10])} {
		p := d * weights[i]
		sum += p/10 + p%10
	}
	return sum%10 == digit(b[11])
}

// deHealth: the letter counts as two digits, weights 1 and 2 in turn, digit sums (section 290 SGB V).
func deHealth(b []byte) bool {
	letter := int(b[0]-'A') + 1
	sum := 0
	for i, d := range [10]int{letter / 10, letter % 10, digit(b[1]), digit(b[2]), digit(b[3]), digit(b[4]), digit(b[5]), digit(b[6]), digit(b[7]), digit(b[8])} {
		p := d * (1 + i%2)
		sum += p/10 + p%10
	}
	return sum%10 == digit(b[9])
}

// dePhysician: weights 4 and 9 over six digits; two digits of the specialty follow.
func dePhysician(b []byte) bool {
	if string(b[:6]) == "555555" || string(b[:6]) == "999999" {
		return true // stand-ins for physicians without a number
	}
	return !sameDigit(b) && (10-weighted(b, 4, 9, 4, 9, 4, 9)%10)%10 == digit(b[6])
}

// deCard: letter or digits of the machine-readable set, ICAO check digit as the tenth character where it is printed.
func deCard(b []byte) bool {
	if indexByte("LMNPRTVWXYT", b[0]) < 0 || !allDigits(b[1:9]) && !deSerial(b) || len(b) == 10 && !icao(b) {
		return false
	}
	return true
}

func dePassport(b []byte) bool {
	return indexByte("CFGHJK", b[0]) >= 0 && deSerial(b) && (len(b) == 9 || icao(b))
}

// deSerial tells whether b uses only the characters of German documents since 2007: no vowels, no letters like digits.
func deSerial(b []byte) bool {
	digits := 0
	for _, c := range b[:9] {
		if isUpper(c) && indexByte("CFGHJKLMNPRTVWXYZ", c) < 0 {
			return false
		}
		if isDigit(c) {
			digits++
		}
	}
	return digits > 0
}

// icao is the check digit of machine-readable documents (ICAO 9303): weights 7 3 1, the last byte checks the others.
func icao(b []byte) bool {
	sum := 0
	last := len(b) - 1
	for i, c := range b[:last] {
		sum += alnum(c) * [3]int{7, 3, 1}[i%3]
	}
	return isDigit(b[last]) && sum%10 == digit(b[last])
}
