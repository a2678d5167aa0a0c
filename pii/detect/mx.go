package detect

// Mexico.
var mxFormats = []format{
	{name: "mx.curp", class: classNational, shapes: "AAAA999999AAAAAA*9", words: "curp", check: mxPerson, chance: 0.0006, digits: true},
	{name: "mx.rfc", class: classNational, shapes: "????999999 ????999999*** ???999999*** ?????999999 ?????999999*** ????999999***", words: "rfc", check: mxTax, chance: 0.02},
}

// mxPerson: name letters, birth date, sex, state, consonants, a sign that tells the century, check digit.
func mxPerson(b []byte) bool {
	const states = "AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS NE"
	century := 1900
	if isUpper(b[16]) {
		century = 2000
	}
	if !yymmdd(century, b[4:]) || indexByte("HMX", b[10]) < 0 || !hasWord(states, string(b[11:13])) || mxOffensive(b) {
		return false
	}
	for _, c := range b[13:16] {
		if indexByte("AEIOU", c) >= 0 {
			return false
		}
	}
	sum := 0
	for i, c := range b[:17] {
		v := alnum(c)
		if c > 'N' {
			v++ // the letter after N is Ñ
		}
		sum += v * (18 - i)
	}
	return (10-sum%10)%10 == digit(b[17])
}

// mxOffensive knows the four-letter beginnings that the civil registry replaces.
func mxOffensive(b []byte) bool {
	const words = "BACA BAKA BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COGI COJA COJE COJI COJO COLA CULO FALO FETO GETA GUEI GUEY JETA JOTO " +
		"KACA KACO KAGA KAGO KAKA KAKO KOGE KOGI KOJA KOJE KOJI KOJO KOLA KULO LILO LOCA LOCO LOKA LOKO MAME MAMO MEAR MEAS MEON MIAR MION " +
		"MOCO MOKO MULA MULO NACA NACO PEDA PEDO PENE PIPI PITO POPO PUTA PUTO QULO RATA ROBA ROBE ROBO RUIN SENO TETA VACA VAGA VAGO VAKA " +
		"VUEI VUEY WUEI WUEY"
	return hasWord(words, string(b[:4]))
}

// mxTax: three letters for companies, four for persons (with Ñ and &), a date, three characters that persons may lack.
func mxTax(b []byte) bool {
	if i := len(b); i == 14 || i == 13 || i == 11 { // Ñ is kept as N by folding, two bytes otherwise
		b = mxFold(b)
	}
	letters := 0
	for letters < len(b) && (isUpper(b[letters]) || b[letters] == '&') && letters < 4 {
		letters++
	}
	rest := b[letters:]
	person := letters == 4 && (len(rest) == 6 || len(rest) == 9)
	if !person && !(letters == 3 && len(rest) == 9) || !allDigits(rest[:6]) || !anyYYMMDD(rest) || person && mxOffensive(b) {
		return false
	}
	return len(rest) == 6 || mxTail(rest[6:])
}

// mxTail: two characters that part people of one name and day (no zero in front), and a check of 0-9 or A.
func mxTail(b []byte) bool {
	return (isUpper(b[0]) || b[0] >= '1' && b[0] <= '9') && (isUpper(b[1]) || b[1] >= '1' && b[1] <= '9') && (isDigit(b[2]) || b[2] == 'A')
}

// mxFold replaces Ñ, two bytes in UTF-8, by N.
func mxFold(b []byte) []byte {
	var out []byte
	for i := 0; i < len(b); i++ {
		if b[i] == 0xC3 && i+1 < len(b) && (b[i+1] == 0x91 || b[i+1] == 0xB1) {
			out = append(out, 'N')
			i++
			continue
		}
		out = append(out, b[i])
	}
	return out
}
