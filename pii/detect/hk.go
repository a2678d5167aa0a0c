package detect

// Hong Kong.
var hkFormats = []format{
	{name: "hk.hkid", class: classNational, shapes: "A9999999 AA9999999 A999999A AA999999A", groups: "7-1 8-1", words: "hkid 身份證", check: hkPerson, chance: 0.09, digits: true},
}

// hkPerson: letters count from A = 10, a missing first letter as 36; weights 9 down to 1, modulo 11, A for 10.
func hkPerson(b []byte) bool {
	sum, weight := 0, len(b)
	if len(b) == 8 {
		sum = 36 * 9
	}
	last := len(b) - 1
	for _, c := range b[:last] {
		sum += alnum(c) * weight
		weight--
	}
	if isUpper(b[last]) && b[last] != 'A' {
		return false
	}
	return (sum+alnum(b[last]))%11 == 0
}
