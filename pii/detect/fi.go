package detect

// Finland.
var fiFormats = []format{
	{name: "fi.hetu", class: classNational, shapes: "999999999* 999999A999* 999999+999*", groups: "6-4", words: "hetu henkilotunnus", check: fiPerson, chance: 0.001, digits: true},
	{name: "fi.veronumero", class: classNational, shapes: "999999999999", words: "veronumero", keyed: true},
}

// fiPerson: birth date, sign of the century (a dash, which the compact form lost, is 1900), individual number, check.
func fiPerson(b []byte) bool {
	century, rest := 1900, b[6:]
	if len(b) == 11 {
		switch sign := b[6]; {
		case sign == '+':
			century = 1800
		case sign >= 'A' && sign <= 'F':
			century = 2000
		case sign < 'U' || sign > 'Y':
			return false
		}
		rest = b[7:]
	}
	individual := num(rest[:3])
	n := num(b[:6])*1000 + individual
	return individual >= 2 && individual <= 899 && ddmmyy(century, b) && "0123456789ABCDEFHJKLMNPRSTUVWXY"[n%31] == rest[3]
}
