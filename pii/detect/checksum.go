package detect

// The check digit schemes that national numbers share. All take compact bytes and trust that the shape was checked.

// num reads digits as a number; other bytes count as zero, so that a wrong shape fails a range, not the program.
func num(b []byte) int {
	n := 0
	for _, c := range b {
		n *= 10
		if isDigit(c) {
			n += int(c - '0')
		}
	}
	return n
}

// digit returns the value of one digit.
func digit(c byte) int { return int(c) - '0' }

// alnum returns 0-9 for digits and 10-35 for letters.
func alnum(c byte) int {
	if isDigit(c) {
		return digit(c)
	}
	return int(c-'A') + 10
}

// allDigits tells whether b has digits only.
func allDigits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return len(b) > 0
}

// sameDigit tells whether b repeats one byte: such numbers pass many schemes and are always made up.
func sameDigit(b []byte) bool {
	for _, c := range b {
		if c != b[0] {
			return false
		}
	}
	return true
}

// weighted sums the digits of b times weights; the shorter of both ends the sum.
func weighted(b []byte, weights ...int) int {
	sum := 0
	for i, w := range weights {
		if i == len(b) {
			break
		}
		sum += digit(b[i]) * w
	}
	return sum
}

// luhn is ISO/IEC 7812-1 annex B: every second digit from the right doubled, digit sums, mod 10.
func luhn(b []byte) bool { return allDigits(b) && luhnSum(b)%10 == 0 }

func luhnSum(b []byte) int {
	sum := 0
	for i := range b {
		d := digit(b[len(b)-1-i])
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum
}

// mod97 is ISO/IEC 7064 MOD 97-10 over digits and letters (A = 10): the remainder of the whole.
func mod97(b []byte) int {
	r := 0
	for _, c := range b {
		if v := alnum(c); v > 9 {
			r = (r*100 + v) % 97
		} else {
			r = (r*10 + v) % 97
		}
	}
	return r
}

// mod11x10 is ISO/IEC 7064 MOD 11,10; a right number leaves 1.
func mod11x10(b []byte) bool {
	p := 5
	for _, c := range b {
		if p == 0 {
			p = 10
		}
		p = (p*2%11 + digit(c)) % 10
	}
	return p == 1
}

// mod11x2 is ISO/IEC 7064 MOD 11-2, where X stands for 10 as the last character.
func mod11x2(b []byte) bool {
	p := 0
	for i, c := range b {
		d := digit(c)
		if c == 'X' && i == len(b)-1 {
			d = 10
		}
		p = (p*2 + d) % 11
	}
	return p == 1
}

// The dihedral group of order 10 and its permutation, as J. Verhoeff published them in 1969.
var (
	verhoeffTimes = [10][10]byte{
		{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5}, {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
		{3, 4, 0, 1, 2, 8, 9, 5, 6, 7}, {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
		{6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3}, {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
		{9, 8, 7, 6, 5, 4, 3, 2, 1, 0},
	}
	verhoeffTurn = [8][10]byte{
		{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}, {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
		{8, 9, 1, 6, 0, 4, 3, 5, 2, 7}, {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
		{2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8},
	}
)

func verhoeff(b []byte) bool {
	var c byte
	for i := range b {
		c = verhoeffTimes[c][verhoeffTurn[i%8][digit(b[len(b)-1-i])]]
	}
	return c == 0
}
