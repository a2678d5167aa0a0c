package detect

// Korea: resident registration (rrn), alien registration (frn), business registration (brn), driving licence, passport.
var krFormats = []format{
	{name: "kr.rrn", class: classNational, shapes: "9999999999999", groups: "6-7", words: "주민등록번호 주민번호 주민 rrn jumin resident", check: krResident, lax: krBorn, laxly: 0.02, chance: 0.0012, digits: true, own: true},
	{name: "kr.frn", class: classNational, shapes: "9999999999999", groups: "6-7", words: "외국인등록번호 외국인 frn alien foreigner", check: krForeigner, chance: 0.0008, digits: true, own: true},
	{name: "kr.brn", class: classTaxOrg, shapes: "9999999999", groups: "3-2-5", words: "사업자등록번호 사업자번호 사업자 brn business", check: krBusiness, confirm: krBusinessDigit, chance: 0.09, digits: true},
	{name: "kr.driver_license", class: classLicence, shapes: "999999999999", groups: "2-2-6-2", words: "운전면허 운전면허번호 면허번호 licence license driver", check: krLicence, chance: 0.17, keyed: true},
	{name: "kr.passport", class: classPassport, shapes: "A99999999 A999A9999", words: "여권번호 여권 passport", check: krPassport, chance: 0.2},
}

var krWeights = []int{2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5}

// krResident checks birth date, century digit, place (00-96) and check digit. Numbers given out since October 2020 end in random
// digits; they fail here and are weighed by date and century digit alone (krBorn).
func krResident(b []byte) bool {
	return krBorn(b) && num(b[7:9]) <= 96 && (11-weighted(b, krWeights...)%11)%10 == digit(b[12])
}

func krForeigner(b []byte) bool {
	return b[6] >= '5' && b[6] <= '8' && krBorn(b) && (13-weighted(b, krWeights...)%11)%10 == digit(b[12])
}

// krBorn reads the century from the seventh digit: odd for men, even for women.
func krBorn(b []byte) bool {
	century := [10]int{1800, 1900, 1900, 2000, 2000, 1900, 1900, 2000, 2000, 1800}[digit(b[6])]
	year := century + num(b[:2])
	return year >= oldest && year <= youngest && yymmdd(century, b)
}

// krBusiness: tax office, kind, serial.
func krBusiness(b []byte) bool { return num(b[:3]) >= 101 && num(b[3:5]) != 0 && num(b[5:9]) != 0 }

func krBusinessDigit(b []byte) bool {
	sum := weighted(b, 1, 3, 7, 1, 3, 7, 1, 3, 5) + digit(b[8])*5/10
	return (10-sum%10)%10 == digit(b[9])
}

// krLicence knows the issuing offices 11-28; the last two digits are a check whose scheme is not published.
func krLicence(b []byte) bool { return num(b[:2]) >= 11 && num(b[:2]) <= 28 }

func krPassport(b []byte) bool {
	switch b[0] {
	case 'M', 'S', 'R', 'O', 'D', 'G':
		return true
	}
	return false
}
