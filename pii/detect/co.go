package detect

// Colombia.
var coFormats = []format{
	{name: "co.nit", class: classNational, shapes: "99999999 999999999 9999999999 99999999999 999999999999 9999999999999 99999999999999 999999999999999 9999999999999999", groups: "9-1 10-1 3-3-3-1 2-3-3-1", words: "nit cedula cc", check: coTax, chance: 0.09, digits: true, keyed: true},
}

func coTax(b []byte) bool {
	weights := [15]int{3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71}
	sum, last := 0, len(b)-1
	for i := 0; i < last; i++ {
		sum += digit(b[last-1-i]) * weights[i]
	}
	return "01987654321"[sum%11] == b[last]
}
