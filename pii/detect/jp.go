package detect

// Japan: the individual number (My Number).
var jpFormats = []format{
	{name: "jp.in_", class: classNational, shapes: "999999999999", groups: "4-4-4", words: "マイナンバー 個人番号 mynumber", check: jpPerson, chance: 0.1, digits: true},
}

func jpPerson(b []byte) bool {
	check := 0
	if r := weighted(b, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11; r > 1 {
		check = 11 - r
	}
	return check == digit(b[11])
}
