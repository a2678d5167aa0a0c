package detect

// Netherlands.
var nlFormats = []format{
	{name: "nl.bsn", class: classNational, shapes: "999999999 99999999", groups: "4-2-3", words: "bsn burgerservicenummer sofi", check: nlCitizen, chance: 0.09, digits: true},
	{name: "nl.onderwijsnummer", class: classNational, shapes: "10999999999 109999999", groups: "4-2-3", words: "onderwijsnummer", check: nlPupil, chance: 0.09, digits: true},
	{name: "nl.identiteitskaartnummer", class: classPassport, shapes: "AA******9", words: "identiteitskaart paspoort paspoortnummer", check: nlCard, chance: 0.5, keyed: true},
}

// nlCitizen is the test of eleven with -1 for the last digit; a leading zero may be lost.
func nlCitizen(b []byte) bool {
	if len(b) == 8 {
		b = append([]byte{'0'}, b...)
	}
	return num(b) != 0 && nlSum(b)%11 == 0
}

func nlSum(b []byte) int { return weighted(b, 9, 8, 7, 6, 5, 4, 3, 2) - digit(b[8]) }

// nlPupil begins with 10 and leaves 5.
func nlPupil(b []byte) bool { return len(b) == 9 && nlSum(b)%11 == 5 }

func nlCard(b []byte) bool { return indexByte(string(b), 'O') < 0 }
