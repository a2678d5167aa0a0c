package detect

// Spain.
var esFormats = []format{
	{name: "es.dni", class: classNational, shapes: "99999999A", texts: "9999999A", groups: "8-1 2-3-3-1", slips: "7-1", words: "dni", check: esPerson, chance: 0.04, digits: true},
	{name: "es.nie", class: classImmigration, shapes: "A9999999A", groups: "1-7-1", words: "nie", check: esForeigner, chance: 0.005, digits: true},
	{name: "es.nif", class: classNational, shapes: "99999999A A9999999A A99999999", texts: "9999999A", groups: "8-1 1-7-1 1-8", slips: "7-1", words: "nif cif", check: esTax, chance: 0.05, digits: true, prefix: "ES"},
	{name: "es.passport", class: classPassport, shapes: "AAA999999", words: "pasaporte passport"},
}

func esPerson(b []byte) bool { return esLetter(num(b[:len(b)-1])) == b[len(b)-1] }

func esLetter(n int) byte { return "TRWAGMYFPDXBNJZSQVHLCKE"[n%23] }

func esForeigner(b []byte) bool {
	lead := indexByte("XYZ", b[0])
	return lead >= 0 && esLetter(lead*10000000+num(b[1:8])) == b[8]
}

// esTax: persons, foreigners, minors and residents abroad (K, L, M), and organisations.
func esTax(b []byte) bool {
	switch {
	case isDigit(b[0]):
		return esPerson(b)
	case indexByte("XYZ", b[0]) >= 0:
		return isUpper(b[8]) && esForeigner(b)
	case indexByte("KLM", b[0]) >= 0:
		return isUpper(b[8]) && esLetter(num(b[1:8])) == b[8]
	}
	return esCompany(b)
}

// esCompany: which kinds of organisation have a letter and which a digit is told differently by different offices.
func esCompany(b []byte) bool {
	if indexByte("ABCDEFGHJNPQRSUVW", b[0]) < 0 {
		return false
	}
	check := (10 - luhnSum(append(append([]byte(nil), b[1:8]...), '0'))%10) % 10
	return isDigit(b[8]) && check == digit(b[8]) || "JABCDEFGHI"[check] == b[8]
}
