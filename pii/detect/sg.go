package detect

// Singapore.
var sgFormats = []format{
	{name: "sg.nric", class: classNational, shapes: "A9999999A", words: "nric fin", check: sgPerson, chance: 0.007, digits: true},
	{name: "sg.uen", class: classTaxOrg, shapes: "99999999A 999999999A A99AA9999A", words: "uen", check: sgEntity, chance: 0.03, digits: true},
}

func sgPerson(b []byte) bool {
	sum := weighted(b[1:], 2, 7, 6, 5, 4, 3, 2)
	switch b[0] {
	case 'S':
		return "JZIHGFEDCBA"[sum%11] == b[8]
	case 'T':
		return "JZIHGFEDCBA"[(sum+4)%11] == b[8]
	case 'F':
		return "XWUTRQPNMLK"[sum%11] == b[8]
	case 'G':
		return "XWUTRQPNMLK"[(sum+4)%11] == b[8]
	case 'M':
		return "XWUTRQPNJLK"[(sum+3)%11] == b[8]
	}
	return false
}

// sgEntity: businesses (8 digits), local companies (year and 5 digits), others (period, year, kind, 4 digits).
func sgEntity(b []byte) bool {
	switch len(b) {
	case 9:
		return "XMKECAWLJDB"[weighted(b, 10, 4, 9, 3, 8, 2, 7, 1)%11] == b[8]
	case 10:
		if isDigit(b[0]) {
			year := num(b[:4])
			return year >= 1850 && year <= youngest && "ZKCMDNERGWH"[weighted(b, 10, 8, 6, 4, 9, 7, 5, 3, 1)%11] == b[9]
		}
	}
	return sgOther(b)
}

func sgOther(b []byte) bool {
	const alphabet = "ABCDEFGHJKLMNPQRSTUVWX0123456789"
	sum := -5
	for i, w := range [9]int{4, 3, 5, 3, 10, 2, 2, 5, 7} {
		v := indexByte(alphabet, b[i])
		if v < 0 {
			return false
		}
		sum += v * w
	}
	return indexByte("RST", b[0]) >= 0 && alphabet[(sum%11+11)%11] == b[9]
}
