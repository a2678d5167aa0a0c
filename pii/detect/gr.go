package detect

// Greece.
var grFormats = []format{
	{name: "gr.amka", class: classNational, shapes: "99999999999", words: "amka αμκα", check: grSocial, chance: 0.004, digits: true},
	{name: "gr.vat", class: classTaxOrg, shapes: "999999999 99999999", words: "αφμ afm vat", check: grVAT, chance: 0.09, digits: true, prefix: "EL GR", keyed: true},
}

func grSocial(b []byte) bool { return (ddmmyy(1900, b) || ddmmyy(2000, b)) && luhn(b) }

// grVAT: numbers of eight digits are older and lack a leading zero.
func grVAT(b []byte) bool {
	if len(b) == 8 {
		b = append([]byte{'0'}, b...)
	}
	return weighted(b, 256, 128, 64, 32, 16, 8, 4, 2)%11%10 == digit(b[8]) && num(b) != 0
}
