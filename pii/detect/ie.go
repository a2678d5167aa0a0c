package detect

// Ireland.
var ieFormats = []format{
	{name: "ie.pps", class: classNational, shapes: "9999999A 9999999AA", words: "pps ppsn", check: iePublic, chance: 0.04, digits: true},
}

// iePublic: the second letter is weighed since 2013; W, T and X of old only told the sex or the spouse.
func iePublic(b []byte) bool {
	const letters = "WABCDEFGHIJKLMNOPQRSTUV"
	sum := weighted(b, 8, 7, 6, 5, 4, 3, 2)
	if len(b) == 9 {
		switch c := b[8]; {
		case c == 'A' || c == 'B' || c == 'H':
			sum += 9 * (int(c-'A') + 1)
		case c != 'W' && c != 'T' && c != 'X':
			return false
		}
	}
	return letters[sum%23] == b[7]
}
