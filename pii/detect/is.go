package detect

// Iceland.
var isFormats = []format{
	{name: "is_.kennitala", class: classNational, shapes: "9999999999", groups: "6-4", words: "kennitala", check: isPerson, chance: 0.0006, digits: true},
}

// isPerson: the day is raised by 40 for organisations; the last digit is the century.
func isPerson(b []byte) bool {
	century, ok := map[byte]int{'8': 1800, '9': 1900, '0': 2000}[b[9]]
	day := num(b[:2])
	if day > 40 {
		day -= 40
	}
	return ok && isDate(century+num(b[4:6]), num(b[2:4]), day) && weighted(b, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
}
