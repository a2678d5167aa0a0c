package detect

// China: resident identity card, unified social credit code.
var cnFormats = []format{
	{name: "cn.ric", class: classNational, shapes: "999999999999999999 99999999999999999X 999999999999999", words: "身份证 身份证号 sfzh identity resident", check: cnResident, chance: 0.012, digits: true},
	{name: "cn.uscc", class: classTaxOrg, shapes: "******************", words: "统一社会信用代码 uscc", check: cnCredit, chance: 0.0001, digits: true},
}

// cnResident: region, birth date, order, ISO 7064 MOD 11-2; the form of 15 digits has no check digit.
func cnResident(b []byte) bool {
	if !hasWord("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83", string(b[:2])) {
		return false
	}
	if len(b) == 15 {
		return yymmdd(1900, b[6:12])
	}
	year := num(b[6:10])
	return year >= oldest && year <= youngest && isDate(year, num(b[10:12]), num(b[12:14])) && mod11x2(b)
}

func cnCredit(b []byte) bool {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	if !allDigits(b[2:8]) || !isDigit(b[0]) && b[0] != 'Y' && b[0] != 'N' {
		return false
	}
	sum, weight := 0, 1
	for _, c := range b[:17] {
		v := indexByte(alphabet, c)
		if v < 0 {
			return false
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return alphabet[(31-sum%31)%31] == b[17]
}
