package detect

// Guinea.
var gnFormats = []format{
	{name: "gn.nifp", class: classTaxOrg, shapes: "999999999", words: "nifp nif", check: luhn, chance: 0.1, digits: true, keyed: true},
}
