package detect

// Paraguay.
var pyFormats = []format{
	{name: "py.ruc", class: classNational, shapes: "99999 999999 9999999 99999999 999999999", groups: "5-1 6-1 7-1 8-1", words: "ruc", check: pyTax, chance: 0.1, digits: true, keyed: true},
}

func pyTax(b []byte) bool {
	sum, last := 0, len(b)-1
	for i := 0; i < last; i++ {
		sum += digit(b[last-1-i]) * (2 + i)
	}
	return (11-sum%11)%11%10 == digit(b[last])
}
