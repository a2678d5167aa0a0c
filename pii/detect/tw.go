package detect

// Taiwan.
var twFormats = []format{
	{name: "tw.id", class: classNational, shapes: "A999999999", words: "身分證 身份證字號", check: twPerson, chance: 0.04, digits: true},
}

// twPerson: the letter of the place counts as two digits, the first digit is the sex (8 and 9 for residents of other nationality).
func twPerson(b []byte) bool {
	if indexByte("1289", b[1]) < 0 {
		return false
	}
	place := 10 + indexByte("ABCDEFGHJKLMNPQRSTUVXYWZIO", b[0])
	return (place/10+place%10*9+weighted(b[1:], 8, 7, 6, 5, 4, 3, 2, 1, 1))%10 == 0
}
