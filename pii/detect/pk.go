package detect

// Pakistan.
var pkFormats = []format{
	{name: "pk.cnic", class: classNational, shapes: "9999999999999", groups: "5-7-1", words: "cnic nic", check: pkPerson, chance: 0.6, keyed: true},
}

// pkPerson: province 1-7, and the sex as the last digit.
func pkPerson(b []byte) bool { return b[0] >= '1' && b[0] <= '7' && b[12] != '0' }
