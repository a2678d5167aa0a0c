package detect

// Liechtenstein.
var liFormats = []format{
	{name: "li.peid", class: classNational, shapes: "9999 99999 999999 9999999 99999999 999999999 9999999999 99999999999 999999999999", words: "peid", check: liPerson, keyed: true},
}

// liPerson: up to twelve digits, of which four to eight are the number and the others leading zeros.
func liPerson(b []byte) bool { return num(b) >= 1000 }
