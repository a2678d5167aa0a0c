package detect

// New Zealand.
var nzFormats = []format{
	{name: "nz.ird", class: classNational, shapes: "99999999 999999999", groups: "2-3-3 3-3-3", words: "ird", check: nzTax, chance: 0.08, digits: true, keyed: true},
}

func nzTax(b []byte) bool {
	if n := num(b); n < 10000000 || n >= 150000000 {
		return false
	}
	if len(b) == 8 {
		b = append([]byte{'0'}, b...)
	}
	check := (11 - weighted(b, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	if check == 10 {
		check = (11 - weighted(b, 7, 4, 3, 2, 5, 2, 7, 6)%11) % 11
	}
	return check == digit(b[8])
}
