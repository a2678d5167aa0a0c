package detect

// Guatemala.
var gtFormats = []format{
	{name: "gt.nit", class: classNational, shapes: "99 999 9999 99999 999999 9999999 99999999 999999999 9999999999 99999999999 999999999999 9K 99K 999K 9999K 99999K 999999K 9999999K 99999999K 999999999K", groups: "6-1 7-1 8-1", words: "nit", check: gtTax, chance: 0.09, digits: true, keyed: true},
}

func gtTax(b []byte) bool {
	sum, last := 0, len(b)-1
	for i := 0; i < last; i++ {
		sum += digit(b[last-1-i]) * (2 + i)
	}
	return "0123456789K"[(11-sum%11)%11] == b[last]
}
