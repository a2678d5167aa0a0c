package detect

// Turkey.
var trFormats = []format{
	{name: "tr.tckimlik", class: classNational, shapes: "99999999999", words: "kimlik tckn tc", check: trPerson, chance: 0.01, digits: true},
	{name: "tr.vkn", class: classTaxOrg, shapes: "9999999999", words: "vkn vergi", check: trTax, chance: 0.1, digits: true, keyed: true},
	{name: "tr.plate", class: classPlate, shapes: "99A9999 99A99999 99AA999 99AA9999 99AAA99 99AAA999 99AAA9999 99A999 99A99 99AA99 99AAA9", groups: "2-1-2 2-1-3 2-1-4 2-1-5 2-2-2 2-2-3 2-2-4 2-3-1 2-3-2 2-3-3 2-3-4", words: "plaka plate", check: trPlate, chance: 0.5},
}

func trPerson(b []byte) bool {
	odd, even := weighted(b, 1, 0, 1, 0, 1, 0, 1, 0, 1), weighted(b, 0, 1, 0, 1, 0, 1, 0, 1)
	first := ((odd*7-even)%10 + 10) % 10
	return b[0] != '0' && first == digit(b[9]) && (odd+even+first)%10 == digit(b[10])
}

func trTax(b []byte) bool {
	sum := 0
	for i := range 9 {
		if t := (digit(b[i]) + 9 - i) % 10; t != 0 {
			p := t << (9 - i) % 9
			if p == 0 {
				p = 9
			}
			sum += p
		}
	}
	return (10-sum%10)%10 == digit(b[9])
}

// trPlate: the province is 01-81.
func trPlate(b []byte) bool {
	p := num(b[:2])
	return p >= 1 && p <= 81
}
