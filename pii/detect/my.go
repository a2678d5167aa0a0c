package detect

// Malaysia.
var myFormats = []format{
	{name: "my.nric", class: classNational, shapes: "999999999999", groups: "6-2-4", words: "nric mykad kad", check: myPerson, chance: 0.03},
}

// myPerson: birth date, place of birth (the codes not listed were never given out), serial.
func myPerson(b []byte) bool {
	if !anyYYMMDD(b) {
		return false
	}
	switch p := num(b[6:8]); {
	case p == 0, p >= 17 && p <= 20, p == 69, p == 70, p == 73, p == 80, p == 81, p >= 94 && p <= 97:
		return false
	}
	return true
}
