package detect

// Slovakia.
var skFormats = []format{
	{name: "sk.rc", class: classNational, shapes: "9999999999 999999999", groups: "6-4 6-3", words: "rodne cislo rc", check: birthNumber, chance: 0.08, digits: true},
}
