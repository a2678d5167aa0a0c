package detect

// Italy.
var itFormats = []format{
	{name: "it.codicefiscale", class: classNational, shapes: "AAAAAA**A**A***A", groups: "3-3-5-5 6-5-4-1", words: "codice fiscale", check: itPerson, further: itTaxpayer, chance: 0.005, digits: true},
	{name: "it.iva", class: classTaxOrg, shapes: "99999999999", words: "iva partita piva", check: itVAT, chance: 0.011, digits: true, prefix: "IT"},
	{name: "it.driver_license", class: classLicence, shapes: "A*9999999A U1*******A", words: "patente licence", check: itLicence, chance: 0.8},
	{name: "it.idcard", class: classGovernment, shapes: "AA99999AA AA9999999 9999999AA", groups: "2-7 2-5-2 7-2", words: "identita carta cie"},
	{name: "it.passport", class: classPassport, shapes: "AA9999999", words: "passaporto passport"},
}

// itVAT: seven digits of the holder, the tax office's province, Luhn.
func itVAT(b []byte) bool {
	office := num(b[7:10])
	return num(b[:7]) != 0 && (office >= 1 && office <= 100 || office == 120 || office == 121 || office == 888 || office == 999) && luhn(b)
}

var itOdd = [36]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}

// itPerson: name letters, birth date with a letter for the month (day raised by 40 for women), place, check letter.
// Where two people would share a code, digits become the letters LMNPQRSTUV from the right.
func itPerson(b []byte) bool {
	var n [16]byte
	copy(n[:], b)
	for _, i := range [7]int{6, 7, 9, 10, 12, 13, 14} {
		if isUpper(n[i]) {
			v := indexByte("LMNPQRSTUV", n[i])
			if v < 0 {
				return false
			}
			n[i] = byte('0' + v)
		}
	}
	month := indexByte("ABCDEHLMPRST", b[8]) + 1
	day := num(n[9:11])
	if day > 40 {
		day -= 40
	}
	if !isDate(1900+num(n[6:8]), month, day) && !isDate(2000+num(n[6:8]), month, day) {
		return false
	}
	sum := 0
	for i, c := range b[:15] {
		v := alnum(c)
		if i%2 == 0 {
			sum += itOdd[v]
		} else if v > 9 {
			sum += v - 10
		} else {
			sum += v
		}
	}
	return byte('A'+sum%26) == b[15]
}

// itTaxpayer: organisations, and persons for a while, have their VAT number as tax code.
func itTaxpayer(b []byte) bool { return len(b) == 11 && allDigits(b) && itVAT(b) }

// itLicence: a province code's letter or the U1 of the national office.
func itLicence(b []byte) bool {
	if b[0] == 'U' && b[1] == '1' {
		return indexByte("AEIOQ", b[9]) < 0
	}
	return isUpper(b[1])
}
