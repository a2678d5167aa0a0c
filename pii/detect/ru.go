package detect

// Russia.
var ruFormats = []format{
	{name: "ru.inn", class: classNational, shapes: "9999999999 999999999999", words: "инн inn", check: ruTax, chance: 0.05, digits: true, keyed: true},
	{name: "ru.ogrn", class: classTaxOrg, shapes: "9999999999999 999999999999999", words: "огрн огрнип ogrn", check: ruRegister, chance: 0.03, digits: true, keyed: true},
	{name: "ru.snils", class: classNational, shapes: "99999999999", groups: "3-3-3-2", words: "снилс snils", check: ruPension, chance: 0.01, digits: true},
}

func ruTax(b []byte) bool {
	if len(b) == 10 {
		return weighted(b, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == digit(b[9])
	}
	return weighted(b, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == digit(b[10]) &&
		weighted(b, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == digit(b[11])
}

// ruRegister: sign of the record, year, region (01-99), the remainder by 11 for organisations, by 13 for persons.
func ruRegister(b []byte) bool {
	if len(b) == 13 {
		return indexByte("125", b[0]) >= 0 && num(b[3:5]) != 0 && num(b[:12])%11%10 == digit(b[12])
	}
	return (b[0] == '3' || b[0] == '4') && num(b[3:5]) != 0 && num(b[:14])%13%10 == digit(b[14])
}

func ruPension(b []byte) bool {
	return num(b[:9]) > 1001998 && weighted(b, 9, 8, 7, 6, 5, 4, 3, 2, 1)%101%100 == num(b[9:])
}
