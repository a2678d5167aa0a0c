package detect

// Brazil: persons (cpf) and companies (cnpj).
var brFormats = []format{
	{name: "br.cpf", class: classNational, shapes: "99999999999", groups: "3-3-3-2 9-2", words: "cpf", check: brPerson, chance: 0.01, digits: true, own: true},
	{name: "br.cnpj", class: classTaxOrg, shapes: "************99", groups: "2-3-3-4-2", words: "cnpj", check: brCompany, chance: 0.01, digits: true},
}

func brPerson(b []byte) bool {
	first := weighted(b, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
	second := weighted(b, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
	return !sameDigit(b) && first == digit(b[9]) && second == digit(b[10])
}

// brCompany also takes the form with letters that is given out from 2026 (a character counts as its code minus 48).
func brCompany(b []byte) bool {
	if string(b[:12]) == "000000000000" {
		return false
	}
	return brTail(b[:12]) == digit(b[12]) && brTail(b[:13]) == digit(b[13])
}

func brTail(b []byte) int {
	sum := 0
	for i := range b {
		sum += (int(b[len(b)-1-i]) - '0') * (2 + i%8)
	}
	if r := sum % 11; r > 1 {
		return 11 - r
	}
	return 0
}
