package detect

// Chile.
var clFormats = []format{
	{name: "cl.rut", class: classNational, shapes: "99999999 999999999 9999999K 99999999K", groups: "7-1 8-1 1-3-3-1 2-3-3-1", words: "rut run", check: clTax, chance: 0.09, digits: true, prefix: "CL", keyed: true},
}

func clTax(b []byte) bool {
	sum, last := 0, len(b)-1
	for i := 0; i < last; i++ {
		sum += digit(b[last-1-i]) * (2 + i%6)
	}
	return "0K987654321"[sum%11] == b[last]
}
