package detect

// Croatia.
var hrFormats = []format{
	{name: "hr.oib", class: classNational, shapes: "99999999999", words: "oib", check: mod11x10, chance: 0.1, digits: true, prefix: "HR"},
}
