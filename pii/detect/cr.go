package detect

import "strings"

// Costa Rica.
var crFormats = []format{
	{name: "cr.cpf", class: classNational, shapes: "999999999 0999999999", groups: "1-4-4 2-4-4", words: "cedula cpf", whole: crPerson, keyed: true},
	{name: "cr.cr", class: classImmigration, shapes: "19999999999 199999999999", words: "residencia dimex", keyed: true},
}

// crPerson: province, volume and entry, which people write without their leading zeros between dashes.
func crPerson(value string) bool {
	value = strings.ReplaceAll(value, " ", "")
	if parts := strings.Split(value, "-"); len(parts) == 3 {
		value = zeros(parts[0], 2) + zeros(parts[1], 4) + zeros(parts[2], 4)
	}
	value = strings.ReplaceAll(value, "-", "")
	return allDigits([]byte(value)) && (len(value) == 9 || len(value) == 10 && value[0] == '0')
}

// zeros fills s with leading zeros to n characters.
func zeros(s string, n int) string { return strings.Repeat("0", max(0, n-len(s))) + s }
