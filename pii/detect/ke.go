package detect

// Kenya.
var keFormats = []format{
	{name: "ke.pin", class: classNational, shapes: "A999999999A", words: "pin kra", check: func(b []byte) bool { return b[0] == 'A' || b[0] == 'P' }, chance: 0.08},
}
