package detect

// Belgium.
var beFormats = []format{
	{name: "be.nn", class: classNational, shapes: "99999999999", groups: "2-2-2-3-2 6-3-2", words: "rijksregister rijksregisternummer national nn niss insz", check: beNational, chance: 0.003, digits: true},
	{name: "be.bis", class: classNational, shapes: "99999999999", groups: "2-2-2-3-2 6-3-2", words: "bis insz niss", check: beGuest, chance: 0.003, digits: true},
	{name: "be.ssn", class: classNational, shapes: "99999999999", groups: "2-2-2-3-2 6-3-2", words: "ssn insz niss", check: func(b []byte) bool { return beNational(b) || beGuest(b) }, chance: 0.006, digits: true},
	{name: "be.eid", class: classGovernment, shapes: "999999999999", groups: "3-7-2", words: "eid kaart carte identiteitskaart", check: beCard, chance: 0.01, digits: true},
}

func beNational(b []byte) bool { return beBorn(b, 0) }

// beGuest is for people outside the register: the month is raised by 20, or by 40 where the sex is known.
func beGuest(b []byte) bool { return beBorn(b, 20) || beBorn(b, 40) }

// beBorn: 97 minus the first nine digits mod 97, with a 2 before them for births since 2000. Month and day may be
// unknown (zero). A birth after 2016 is taken for what it would otherwise be: a mistake in the century.
func beBorn(b []byte, raise int) bool {
	year, month, day := num(b[:2]), num(b[2:4])-raise, num(b[4:6])
	n, check := num(b[:9]), num(b[9:])
	if month < 0 || month > 12 || num(b[6:9]) == 0 || num(b[6:9]) == 999 {
		return false
	}
	known := func(century int) bool { return month == 0 || day == 0 || isDate(century+year, month, day) }
	return 97-n%97 == check && known(1900) || 97-(2000000000+n)%97 == check && century20(year) && known(2000)
}

func century20(yy int) bool { return 2000+yy <= youngest }

func beCard(b []byte) bool {
	r := num(b[:10]) % 97
	if r == 0 {
		r = 97
	}
	return r == num(b[10:]) && num(b[:10]) != 0
}
