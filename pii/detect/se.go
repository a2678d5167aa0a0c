package detect

// Sweden.
var seFormats = []format{
	{name: "se.personnummer", class: classNational, shapes: "9999999999 999999999999 999999+9999 99999999+9999", groups: "6-4 8-4", words: "personnummer pnr samordningsnummer", check: sePerson, chance: 0.005, digits: true},
	{name: "se.orgnr", class: classTaxOrg, shapes: "9999999999", groups: "6-4", words: "orgnr organisationsnummer foretag", check: seCompany, chance: 0.08, digits: true},
}

// sePerson: birth date (day raised by 60 for coordination numbers), serial, Luhn over the last ten digits.
func sePerson(b []byte) bool {
	var n [12]byte
	d := n[:0]
	for _, c := range b {
		if isDigit(c) {
			d = append(d, c)
		}
	}
	short := d[len(d)-10:]
	day := num(short[4:6])
	if day > 60 {
		day -= 60
	}
	yy, month := num(short[:2]), num(short[2:4])
	if len(d) == 12 {
		year := num(d[:4])
		return year >= 1850 && year <= youngest && isDate(year, month, day) && luhn(short)
	}
	return (isDate(1900+yy, month, day) || isDate(2000+yy, month, day)) && luhn(short)
}

// seCompany: the third digit is at least 2, so that no month can be read.
func seCompany(b []byte) bool { return b[0] != '0' && b[2] >= '2' && luhn(b) }
