package detect

// Latvia.
var lvFormats = []format{
	{name: "lv.pvn", class: classNational, shapes: "99999999999", groups: "6-5", words: "pvn personas kods", check: lvPerson, chance: 0.05, digits: true, prefix: "LV"},
}

// lvPerson: organisations begin above 3; persons have their birth date, or 32 where it is not told.
func lvPerson(b []byte) bool {
	if b[0] > '3' {
		return weighted(b, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)%11 == 3
	}
	check := (1+weighted(b, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9))%11%10 == digit(b[10])
	if b[0] == '3' && b[1] == '2' {
		return check
	}
	return check && b[6] <= '2' && ddmmyy(1800+digit(b[6])*100, b)
}
