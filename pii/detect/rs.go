package detect

// Serbia.
var rsFormats = []format{
	{name: "rs.pib", class: classTaxOrg, shapes: "999999999", words: "pib пиб", check: mod11x10, chance: 0.1, digits: true, keyed: true},
}
