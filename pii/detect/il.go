package detect

// Israel.
var ilFormats = []format{
	{name: "il.idnr", class: classNational, shapes: "999999999 99999999 9999999 999999 99999", groups: "8-1 7-1", words: "teudat zehut זהות", check: ilPerson, chance: 0.1, digits: true, keyed: true},
}

func ilPerson(b []byte) bool { return num(b) != 0 && luhn(b) }
