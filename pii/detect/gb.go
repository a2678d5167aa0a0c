package detect

// United Kingdom: health, insurance, tax and pupil numbers, driving licence, passport, postcode, plate.
var gbFormats = []format{
	{name: "gb.nhs", class: classHealthID, shapes: "9999999999", groups: "3-3-4", words: "nhs patient", check: gbHealth, chance: 0.09, digits: true},
	{name: "gb.nino", class: classNational, shapes: "AA999999A", groups: "2-2-2-2-1 2-6-1", words: "nino insurance ni", check: gbInsurance, chance: 0.08, own: true},
	{name: "gb.utr", class: classNational, shapes: "9999999999", groups: "5-5", words: "utr tax", check: gbTax, chance: 0.1, digits: true, keyed: true},
	{name: "gb.upn", class: classNational, shapes: "A999999999999 A99999999999A", words: "upn pupil", check: gbPupil, chance: 0.04, digits: true},
	{name: "gb.driver_license", class: classLicence, shapes: "*****999999***AA", groups: "5-6-5", words: "driving licence license dvla", check: gbLicence, chance: 0.0005},
	{name: "gb.passport", class: classPassport, shapes: "AA9999999", words: "passport"},
	{name: "gb.postcode", class: classPostal, shapes: "A99AA A999AA AA99AA AA999AA A9A9AA AA9A9AA AAA9AA", groups: "2-3 3-3 4-3", words: "postcode address", check: gbPostcode, chance: 0.4},
	{name: "gb.plate", class: classPlate, shapes: "AA99AAA A9AAA A99AAA A999AAA AAA9A AAA99A AAA999A", groups: "4-3 2-3 3-3 3-2 3-4", words: "reg registration plate vehicle car", check: gbPlate, chance: 0.5},
}

func gbHealth(b []byte) bool {
	return (11-weighted(b, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11)%11 == digit(b[9]) && !sameDigit(b)
}

// gbInsurance follows the prefixes that HMRC gives out.
func gbInsurance(b []byte) bool {
	switch b[0] {
	case 'D', 'F', 'I', 'Q', 'U', 'V':
		return false
	}
	switch b[1] {
	case 'D', 'F', 'I', 'O', 'Q', 'U', 'V':
		return false
	}
	switch string(b[:2]) {
	case "BG", "GB", "KN", "NK", "NT", "TN", "ZZ":
		return false
	}
	return b[8] <= 'D'
}

func gbTax(b []byte) bool {
	return "21987654321"[weighted(b[1:], 6, 7, 8, 9, 10, 5, 4, 3, 2)%11] == b[0]
}

func gbPupil(b []byte) bool {
	const letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
	sum := 0
	for i, c := range b[1:] {
		v := digit(c)
		if isUpper(c) {
			if v = indexByte(letters, c); v < 0 {
				return false
			}
		}
		sum += (i + 2) * v
	}
	return letters[sum%23] == b[0]
}

// gbLicence: five letters of the surname filled with 9, decade, month (+50 for women), day, year, two initials.
func gbLicence(b []byte) bool {
	filled := false
	for _, c := range b[:5] {
		if isDigit(c) && c != '9' || filled && c != '9' {
			return false
		}
		filled = filled || c == '9'
	}
	month := num(b[6:8]) % 50
	return !(isDigit(b[0])) && num(b[6:8]) < 63 && month >= 1 && month <= 12 && num(b[8:10]) >= 1 && num(b[8:10]) <= 31 &&
		(isUpper(b[11]) || b[11] == '9') && (isUpper(b[12]) || b[12] == '9')
}

// gbPostcode follows the letters that Royal Mail uses in each place (BS 7666).
func gbPostcode(b []byte) bool {
	if string(b) == "GIR0AA" {
		return true
	}
	n := len(b)
	for _, c := range b[n-2:] {
		if indexByte("CIKMOV", c) >= 0 {
			return false
		}
	}
	out := b[:n-3]
	if !isDigit(b[n-3]) || indexByte("QVX", out[0]) >= 0 {
		return false
	}
	if isUpper(out[1]) && (indexByte("IJZ", out[1]) >= 0 || !isDigit(out[2])) {
		return false
	}
	return !isUpper(out[len(out)-1]) || len(out) == 3 && indexByte("ABCDEFGHJKPSTUW", out[2]) >= 0 || len(out) == 4 && indexByte("ABEHMNPRVWXY", out[3]) >= 0
}

// gbPlate knows the current form (age 02-29 and 51-79) and the prefix and suffix forms before 2001.
func gbPlate(b []byte) bool {
	switch {
	case len(b) == 7 && isDigit(b[2]) && isDigit(b[3]) && isUpper(b[1]):
		age := num(b[2:4])
		return indexByte("IQZ", b[0]) < 0 && indexByte("IQZ", b[1]) < 0 && (age >= 1 && age <= 29 || age >= 51 && age <= 79) &&
			indexByte("IQ", b[4]) < 0 && indexByte("IQ", b[5]) < 0 && indexByte("IQ", b[6]) < 0
	case isDigit(b[1]):
		return indexByte("IOQUZ", b[0]) < 0 && b[1] != '0'
	}
	return indexByte("IOQUZ", b[len(b)-1]) < 0 && b[3] != '0'
}

// indexByte is strings.IndexByte under a name that keeps the tables above readable.
func indexByte(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			return i
		}
	}
	return -1
}
