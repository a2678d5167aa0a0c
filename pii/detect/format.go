package detect

// format is one kind of number or address: how it looks, how it is checked, how much a pass proves.
type format struct {
	name   string  // as python-stdnum names its modules: kr.rrn
	class  string  // data category of a value
	chance float64 // share of random candidates of the right shape that pass check
	prefix string  // country letters that may stand before the number, not part of it
	check  func(b []byte) bool
}

// formats is the table of all recognisers.
var formats = []format{}

// valid runs the check over the compact form of value.
func (f *format) valid(value string) bool {
	b := compact(nil, value)
	return f.check(b)
}

// compact appends value to dst without separators and white space, letters in upper case, full-width folded.
func compact(dst []byte, value string) []byte {
	if !isASCII(value) {
		value = plain(value)
	}
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case 'a' <= c && c <= 'z':
			dst = append(dst, c-'a'+'A')
		case c <= ' ' || c == '-' || c == '.' || c == '/' || c == ',':
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
