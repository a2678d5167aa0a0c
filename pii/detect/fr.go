package detect

// France: social security (nir) and tax number (nif).
var frFormats = []format{
	{name: "fr.nir", class: classNational, shapes: "999999999999999 999999A99999999", groups: "1-2-2-2-3-3-2 13-2", words: "nir securite sociale insee", check: frSocial, chance: 0.004, digits: true},
	{name: "fr.nif", class: classNational, shapes: "9999999999999", groups: "2-2-3-3-3", words: "nif spi fiscal fiscale", check: frTax, chance: 0.0008, digits: true},
}

// frSocial: sex, year, month, place, order, and 97 minus the number mod 97; Corsica's 2A counts as 19, 2B as 18.
func frSocial(b []byte) bool {
	if indexByte("123478", b[0]) < 0 || !frMonth(num(b[3:5])) {
		return false
	}
	var n [15]byte
	copy(n[:], b)
	switch string(b[5:7]) {
	case "2A":
		n[5], n[6] = '1', '9'
	case "2B":
		n[5], n[6] = '1', '8'
	default:
		if isUpper(b[6]) {
			return false
		}
	}
	return 97-num(n[:13])%97 == num(n[13:])
}

// frMonth: 01-12; 20, 30-42 and 50-99 stand for people whose month is not known.
func frMonth(m int) bool { return m >= 1 && m <= 12 || m == 20 || m >= 30 && m <= 42 || m >= 50 }

func frTax(b []byte) bool { return b[0] <= '3' && num(b[:10])%511 == num(b[10:]) }
