package detect

// Mauritius.
var muFormats = []format{
	{name: "mu.nid", class: classNational, shapes: "A999999999999*", words: "nid identity", check: muPerson, chance: 0.002, digits: true},
}

// muPerson: first letter of the surname, birth date, serial, check character modulo 17.
func muPerson(b []byte) bool {
	if !ddmmyy(1900, b[1:]) && !ddmmyy(2000, b[1:]) {
		return false
	}
	sum := 0
	for i, c := range b[:13] {
		sum += alnum(c) * (14 - i)
	}
	return alnum(b[13]) == (17-sum%17)%17
}
