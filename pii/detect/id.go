package detect

// Indonesia.
var idFormats = []format{
	{name: "id.nik", class: classNational, shapes: "9999999999999999", words: "nik ktp", check: idPerson, chance: 0.065},
	{name: "id.npwp", class: classNational, shapes: "999999999999999 9999999999999999", groups: "2-3-3-1-3-3 3-3-3-1-3-3", words: "npwp pajak", check: idTax, chance: 0.1, digits: true},
}

// idPerson: province, district, birth date (day raised by 40 for women), serial.
func idPerson(b []byte) bool {
	day, province := num(b[6:8]), num(b[:2])
	if day > 40 {
		day -= 40
	}
	date := isDate(1900+num(b[10:12]), num(b[8:10]), day) || isDate(2000+num(b[10:12]), num(b[8:10]), day)
	return province >= 11 && province <= 96 && num(b[2:4]) > 0 && date && num(b[12:]) > 0
}

// idTax: since 2024 the number has a leading zero, or is a person's identity number.
func idTax(b []byte) bool {
	if len(b) == 15 {
		return luhn(b[:9])
	}
	return b[0] == '0' && luhn(b[1:10]) || idPerson(b)
}
