package detect

// European Union: VAT numbers with their country letters, and the world-wide list of those (vatin).
var euFormats = []format{
	{name: "eu.vat", class: classTaxOrg, words: "vat ust iva tva btw moms", check: euVAT, chance: 0.05, digits: true},
	{name: "vatin", class: classTaxOrg, words: "vat vatin", check: func(b []byte) bool { return euVAT(b) || vatElsewhere(b) }, chance: 0.05, digits: true},
}

// vatForms tells for each country the shapes after the letters and the check, nil where the form alone is public.
var vatForms = map[string]format{
	"AT": {shapes: "U99999999", check: atVAT},
	"BE": {shapes: "0999999999 1999999999", check: func(b []byte) bool { return 97-num(b[:8])%97 == num(b[8:]) }},
	"BG": {shapes: "999999999 9999999999", check: bgVAT},
	"CY": {shapes: "99999999A"},
	"CZ": {shapes: "99999999 999999999 9999999999", check: czVAT},
	"DE": {shapes: "999999999", check: func(b []byte) bool { return b[0] != '0' && mod11x10(b) }},
	"DK": {shapes: "99999999", check: func(b []byte) bool { return weighted(b, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0 }},
	"EE": {shapes: "999999999", check: func(b []byte) bool { return weighted(b, 3, 7, 1, 3, 7, 1, 3, 7, 1)%10 == 0 }},
	"EL": {shapes: "999999999", check: grVAT},
	"ES": {shapes: "99999999A A9999999A A99999999", check: esTax},
	"FI": {shapes: "99999999", check: func(b []byte) bool { return weighted(b, 7, 9, 10, 5, 8, 4, 2, 1)%11 == 0 }},
	"FR": {shapes: "**999999999", check: frVAT},
	"HR": {shapes: "99999999999", check: mod11x10},
	"HU": {shapes: "99999999", check: huTax},
	"IE": {shapes: "9999999A 9999999AA 9*99999A"},
	"IT": {shapes: "99999999999", check: itVAT},
	"LT": {shapes: "999999999 999999999999"},
	"LU": {shapes: "99999999", check: func(b []byte) bool { return num(b[:6])%89 == num(b[6:]) }},
	"LV": {shapes: "99999999999", check: lvPerson},
	"MT": {shapes: "99999999", check: func(b []byte) bool { return weighted(b, 3, 4, 6, 7, 8, 9, 10, 1)%37 == 0 }},
	"NL": {shapes: "999999999B99"},
	"PL": {shapes: "9999999999", check: plTax},
	"PT": {shapes: "999999999", check: ptTax},
	"RO": {shapes: "99 999 9999 99999 999999 9999999 99999999 999999999 9999999999", check: roVAT},
	"SE": {shapes: "999999999901", check: func(b []byte) bool { return luhn(b[:10]) }},
	"SI": {shapes: "99999999", check: siTax},
	"SK": {shapes: "9999999999", check: func(b []byte) bool { return num(b)%11 == 0 }},
}

func euVAT(b []byte) bool {
	if len(b) < 4 {
		return false
	}
	country := string(b[:2])
	if country == "GR" {
		country = "EL"
	}
	f, ok := vatForms[country]
	return ok && f.fits(b[2:])
}

// vatElsewhere takes the numbers of the United Kingdom, Norway and Switzerland.
func vatElsewhere(b []byte) bool {
	switch {
	case len(b) == 11 && string(b[:2]) == "GB" && allDigits(b[2:]):
		sum := weighted(b[2:], 8, 7, 6, 5, 4, 3, 2) + num(b[9:11])
		return sum%97 == 0 || (sum+55)%97 == 0
	case len(b) >= 12 && string(b[:3]) == "CHE" && allDigits(b[3:12]):
		return (11-weighted(b[3:], 5, 4, 3, 2, 7, 6, 5, 4)%11)%11 == digit(b[11])
	}
	return false
}

func atVAT(b []byte) bool {
	return (96-luhnSum(b[1:8]))%10 == digit(b[8])
}

// frVAT: two characters that check the company number (SIREN), digits by the scheme of 12 and 97.
func frVAT(b []byte) bool {
	if !luhn(b[2:]) {
		return false
	}
	return !allDigits(b[:2]) || (12+3*(num(b[2:])%97))%97 == num(b[:2])
}

func roVAT(b []byte) bool {
	weights := [9]int{2, 3, 5, 7, 1, 2, 3, 5, 7}
	sum, last := 0, len(b)-1
	for i := 0; i < last; i++ {
		sum += digit(b[last-1-i]) * weights[i]
	}
	return sum*10%11%10 == digit(b[last])
}
