package detect

// Lithuania.
var ltFormats = []format{
	{name: "lt.asmens", class: classNational, shapes: "99999999999", words: "asmens kodas", check: ltPerson, chance: 0.014, digits: true},
}

// ltPerson: 9 in front means that the birth date is not in the number.
func ltPerson(b []byte) bool {
	if b[0] == '9' {
		return balticCheck(b)
	}
	return balticPerson(b)
}
