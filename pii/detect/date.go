package detect

// oldest and youngest bound the birth years that numbers carry. The upper bound leaves room for the years in which
// a build of this version is used: the package has no clock.
const (
	oldest   = 1870
	youngest = 2035
)

// isDate tells whether a day exists in the calendar.
func isDate(year, month, day int) bool {
	return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// yymmdd tells whether the first six digits of b are a day of the century that begins with year.
func yymmdd(century int, b []byte) bool {
	return isDate(century+num(b[0:2]), num(b[2:4]), num(b[4:6]))
}

// ddmmyy is yymmdd in the order day, month, year.
func ddmmyy(century int, b []byte) bool {
	return isDate(century+num(b[4:6]), num(b[2:4]), num(b[0:2]))
}

// anyYYMMDD tells whether the first six digits are a day in the 1900s or the 2000s.
func anyYYMMDD(b []byte) bool { return yymmdd(1900, b) || yymmdd(2000, b) }
