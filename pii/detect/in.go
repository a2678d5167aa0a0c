package detect

// India: Aadhaar, virtual id, tax (pan, gstin), voter card, passport, plate.
var inFormats = []format{
	{name: "in_.aadhaar", class: classNational, shapes: "999999999999", groups: "4-4-4", words: "aadhaar aadhar uidai", check: inAadhaar, chance: 0.08, digits: true},
	{name: "in_.vid", class: classNational, shapes: "9999999999999999", groups: "4-4-4-4", words: "vid virtual aadhaar", check: inAadhaar, chance: 0.08, digits: true},
	{name: "in_.pan", class: classNational, shapes: "AAAAA9999A", words: "pan permanent account income tax", check: inPAN, chance: 0.42},
	{name: "in_.gstin", class: classTaxOrg, shapes: "99AAAAA9999A*Z*", words: "gstin gst", check: inGST, chance: 0.004, digits: true},
	{name: "in_.epic", class: classGovernment, shapes: "AAA9999999", words: "epic voter election", check: inVoter, chance: 0.1, digits: true},
	{name: "in_.passport", class: classPassport, shapes: "A9999999", groups: "3-5", words: "passport", check: inPassport, chance: 0.7},
	{name: "in_.plate", class: classPlate, shapes: "AA99999 AA999999 AA9A9999 AA9AA9999 AA9AAA9999 AA99A9999 AA99AA9999 AA99AAA9999", groups: "2-2-2-4 2-1-2-4 2-2-1-4 2-1-1-4 2-2-3-4 2-1-3-4 4-2-4 4-6", words: "vehicle plate registration", check: inPlate, chance: 0.05},
}

func inAadhaar(b []byte) bool { return b[0] >= '2' && !palindrome(b) && verhoeff(b) }

func palindrome(b []byte) bool {
	for i := range b {
		if b[i] != b[len(b)-1-i] {
			return false
		}
	}
	return true
}

// inPAN: the fourth letter is the kind of holder.
func inPAN(b []byte) bool { return indexByte("ABCFGHJKLPT", b[3]) >= 0 && num(b[5:9]) != 0 }

// inGST: state, PAN, entity, Z, check character (Luhn mod 36).
func inGST(b []byte) bool {
	state := num(b[:2])
	if state < 1 || state > 38 && state != 97 && state != 99 || !inPAN(b[2:12]) || b[12] == '0' {
		return false
	}
	sum := 0
	for i := range b {
		v := alnum(b[len(b)-1-i])
		if i%2 == 1 {
			v *= 2
			v = v/36 + v%36
		}
		sum += v
	}
	return sum%36 == 0
}

func inVoter(b []byte) bool { return luhn(b[3:]) }

func inPassport(b []byte) bool {
	return indexByte("QXZ", b[0]) < 0 && b[1] != '0' && b[7] != '0'
}

// inPlate: state, district, series, number.
func inPlate(b []byte) bool {
	const states = "AN AP AR AS BR BH CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TN TR TS TG UA UK UP WB"
	return hasWord(states, string(b[:2]))
}

// hasWord tells whether list, words parted by blanks, holds word.
func hasWord(list, word string) bool {
	for list != "" {
		var w string
		if w, list = cutWord(list); w == word {
			return true
		}
	}
	return false
}
