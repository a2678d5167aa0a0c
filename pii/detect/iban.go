package detect

// ibanForms is the registry of ISO 13616: after country and check digits, how many n(umbers), a (capital letters) and
// c(haracters) follow, in order.
var ibanForms = map[string]string{
	"AD": "8n12c", "AE": "19n", "AL": "8n16c", "AT": "16n", "AZ": "4a20c", "BA": "16n", "BE": "12n", "BG": "4a6n8c",
	"BH": "4a14c", "BI": "23n", "BR": "23n1a1c", "BY": "4c4n16c", "CH": "5n12c", "CR": "18n", "CY": "8n16c", "CZ": "20n",
	"DE": "18n", "DJ": "23n", "DK": "14n", "DO": "4c20n", "EE": "16n", "EG": "25n", "ES": "20n", "FI": "14n", "FK": "2a12n",
	"FO": "14n", "FR": "10n11c2n", "GB": "4a14n", "GE": "2a16n", "GI": "4a15c", "GL": "14n", "GR": "7n16c", "GT": "4c20c",
	"HN": "4a20n", "HR": "17n", "HU": "24n", "IE": "4a14n", "IL": "19n", "IQ": "4a15n", "IS": "22n", "IT": "1a10n12c", "JO": "4a4n18c",
	"KW": "4a22c", "KZ": "3n13c", "LB": "4n20c", "LC": "4a24c", "LI": "5n12c", "LT": "16n", "LU": "3n13c", "LV": "4a13c",
	"LY": "21n", "MC": "10n11c2n", "MD": "2c18c", "ME": "18n", "MK": "3n10c2n", "MN": "16n", "MR": "23n", "MT": "4a5n18c",
	"MU": "4a19n3a", "NI": "4a20n", "NL": "4a10n", "NO": "11n", "OM": "3n16c", "PK": "4a16c", "PL": "24n", "PS": "4a21c", "PT": "21n",
	"QA": "4a21c", "RO": "4a16c", "RS": "18n", "RU": "14n15c", "SA": "2n18c", "SC": "4a20n3a", "SD": "14n", "SE": "20n", "SI": "15n",
	"SK": "20n", "SM": "1a10n12c", "SO": "19n", "ST": "21n", "SV": "4a20n", "TL": "19n", "TN": "20n", "TR": "5n1n16c",
	"UA": "6n19c", "VA": "18n", "VG": "4a16n", "XK": "16n", "YE": "4a4n18c",
}

// ibanValid checks the country's form and the check digits (ISO 7064 MOD 97-10 over the turned number).
func ibanValid(b []byte) bool {
	if len(b) < 15 || len(b) > 34 || !ibanShaped(b) {
		return false
	}
	var turned [40]byte
	n := copy(turned[:], b[4:])
	n += copy(turned[n:], b[:4])
	return mod97(turned[:n]) == 1 && ibanNational(b)
}

// ibanNational checks what Belgium and Spain publish of their account numbers.
func ibanNational(b []byte) bool {
	account := b[4:]
	switch string(b[:2]) {
	case "BE":
		r := num(account[:10]) % 97
		return r == num(account[10:]) || r == 0 && num(account[10:]) == 97
	case "ES":
		check := func(sum int) int { return [11]int{0, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1}[sum%11] }
		return check(weighted(account[:8], 4, 8, 5, 10, 9, 7, 3, 6)) == digit(account[8]) &&
			check(weighted(account[10:], 1, 2, 4, 8, 5, 10, 9, 7, 3, 6)) == digit(account[9])
	}
	return true
}

func ibanShaped(b []byte) bool {
	form, ok := ibanForms[string(b[:2])]
	if !ok || !isDigit(b[2]) || !isDigit(b[3]) {
		return false
	}
	rest := b[4:]
	for form != "" {
		n := 0
		for isDigit(form[0]) {
			n, form = n*10+digit(form[0]), form[1:]
		}
		if len(rest) < n || !ibanPart(rest[:n], form[0]) {
			return false
		}
		rest, form = rest[n:], form[1:]
	}
	return len(rest) == 0
}

func ibanPart(b []byte, kind byte) bool {
	for _, c := range b {
		if kind == 'n' && !isDigit(c) || kind == 'a' && !isUpper(c) || !isDigit(c) && !isUpper(c) {
			return false
		}
	}
	return true
}
