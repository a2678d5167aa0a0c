package detect

// Albania.
var alFormats = []format{
	{name: "al.nipt", class: classNational, shapes: "A99999999A", words: "nipt nuis", check: func(b []byte) bool { return b[0] <= 'M' }, chance: 0.5, prefix: "AL"},
}
