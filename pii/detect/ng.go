package detect

// Nigeria.
var ngFormats = []format{
	{name: "ng.nin", class: classNational, shapes: "99999999999", words: "nin nimc", check: verhoeff, chance: 0.1, digits: true},
	{name: "ng.plate", class: classPlate, shapes: "AAA999AA", groups: "3-5 3-3-2", words: "plate vehicle"},
}
