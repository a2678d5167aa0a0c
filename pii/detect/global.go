package detect

import "crypto/sha256"

// Formats that belong to no country. E-mail, phone, IP and web addresses have scanners of their own (address.go).
var globalFormats = []format{
	{name: "email", class: classEmail, whole: wholeEmail, chance: 1e-6},
	{name: "phone", class: classPhone, whole: wholePhone, chance: 0.2},
	{name: "ip", class: classIP, whole: wholeIP, chance: 1e-3},
	{name: "url", class: classURL, whole: wholeURL, chance: 1e-6},
	{name: "mac", class: classDeviceID, shapes: "************", groups: "2-2-2-2-2-2 4-4-4", words: "mac ethernet physical hardware", check: isMAC, chance: 0.004, strict: true, keyed: true},
	{name: "iban", class: classBank, groups: "", words: "iban account konto", check: ibanValid, chance: 0.0001, digits: true},
	{name: "creditcard", class: classCard, shapes: "999999999999 9999999999999 99999999999999 999999999999999 9999999999999999 99999999999999999 999999999999999999 9999999999999999999", groups: "4-4-4-4 4-6-5 4-6-4 4-4-4-4-3", words: "card credit debit visa mastercard amex", check: isCard, chance: 0.1, digits: true, own: true},
	{name: "crypto", class: classFinancial, whole: func(v string) bool { return isWallet([]byte(v)) }, chance: 1e-8, digits: true},
	{name: "imei", class: classDeviceID, shapes: "999999999999999 9999999999999999 99999999999999", groups: "2-6-6-1 2-6-6-2 2-6-6", words: "imei device", check: isIMEI, confirm: func(b []byte) bool { return len(b) == 15 }, chance: 0.1, digits: true, keyed: true},
	{name: "imsi", class: classDeviceID, shapes: "99999999999999 999999999999999", groups: "3-2-10 3-3-9 3-2-9", words: "imsi sim", check: isIMSI, chance: 0.6, keyed: true},
	{name: "vin", class: classPlate, shapes: "*****************", words: "vin chassis", check: isVIN, chance: 0.017, digits: true},
	{name: "meid", class: classDeviceID, shapes: "************** *************** 999999999999999999 9999999999999999999", groups: "5-5-4-4 5-5-4-4-1 8-6", words: "meid esn", check: isMEID, chance: 0.05, keyed: true},
}

// isCard is Luhn with the lengths and leading digits of the brands (ISO/IEC 7812).
func isCard(b []byte) bool {
	n, p2, p4 := len(b), num(b[:2]), num(b[:4])
	brand := false
	switch {
	case b[0] == '4': // Visa
		brand = n == 13 || n == 16 || n == 19
	case p2 >= 51 && p2 <= 55, p4 >= 2221 && p4 <= 2720, p4 >= 2200 && p4 <= 2204: // Mastercard, Mir
		brand = n == 16
	case p2 == 34, p2 == 37: // American Express
		brand = n == 15
	case p2 == 36, p2 == 38, p2 == 39, p4 >= 3000 && p4 <= 3059, p4 == 3095: // Diners
		brand = n >= 14
	case p4 >= 3528 && p4 <= 3589: // JCB
		brand = n >= 15
	case p2 == 62, p2 == 81, p2 == 65, p2 == 60, p2 == 64: // UnionPay, Discover, RuPay
		brand = n >= 16
	case p2 >= 50 && p2 <= 69: // Maestro
		brand = n >= 12
	case b[0] == '1': // UATP
		brand = n == 15
	case p4 == 2131, p4 == 1800: // JCB of old
		brand = n == 15
	}
	return brand && !sameDigit(b[1:]) && luhn(b)
}

// isMAC asks hexadecimal digits; in a text the groups make the difference to any other hexadecimal word.
func isMAC(b []byte) bool { return isHex(b) }

func isHex(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) && (c < 'A' || c > 'F') {
			return false
		}
	}
	return true
}

// isIMEI is Luhn over 15 digits; the software version of 16 digits and the bare 14 have no check digit.
func isIMEI(b []byte) bool {
	return !sameDigit(b) && (len(b) != 15 || luhn(b))
}

// isIMSI begins with a mobile country code (ITU-T E.212: regions 2 to 7, test networks 001 and 9xx).
func isIMSI(b []byte) bool { return b[0] >= '2' && b[0] <= '7' || num(b[:3]) == 1 || b[0] == '9' }

// isVIN is ISO 3779 with the check digit in the ninth place: letters count by their place in rows of nine, without I, O, Q.
func isVIN(b []byte) bool {
	const values = "12345678012345070923456789" // of A to Z; 0 where a letter is not used
	sum := 0
	for i, w := range [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2} {
		v := 0
		if isDigit(b[i]) {
			v = digit(b[i])
		} else if v = digit(values[b[i]-'A']); v == 0 {
			return false
		}
		sum += v * w
	}
	return "0123456789X"[sum%11] == b[8]
}

// isMEID: hexadecimal (14, +1 check) or decimal (18, +1 check; two halves of limited size).
func isMEID(b []byte) bool {
	if len(b) < 18 {
		if !isHex(b) || allDigits(b) && len(b) == 15 && !luhn(b) {
			return false
		}
		return len(b) == 14 || allDigits(b) || hexLuhn(b)
	}
	if num(b[:10]) > 0xFFFFFFFF || num(b[10:18]) > 0xFFFFFF {
		return false
	}
	return len(b) == 18 || luhn(b)
}

func hexLuhn(b []byte) bool {
	sum := 0
	for i := range b {
		v := alnum(b[len(b)-1-i])
		if i%2 == 1 {
			v *= 2
			v = v/16 + v%16
		}
		sum += v
	}
	return sum%16 == 0
}

// isWallet takes Bitcoin (base58check, bech32, bech32m) and Ethereum addresses as written: case matters.
func isWallet(b []byte) bool {
	switch {
	case len(b) == 42 && b[0] == '0' && (b[1] == 'x' || b[1] == 'X'):
		for _, c := range b[2:] {
			if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
				return false
			}
		}
		return true
	case len(b) > 13 && (string(b[:3]) == "bc1" || string(b[:3]) == "BC1"):
		return bech32(b)
	case len(b) >= 26 && len(b) <= 35 && (b[0] == '1' || b[0] == '3'):
		return base58check(b)
	}
	return false
}

// base58check decodes to 25 bytes of which the last four begin the double SHA-256 of the others.
func base58check(b []byte) bool {
	const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	var out [25]byte
	for _, c := range b {
		carry := indexByte(alphabet, c)
		if carry < 0 {
			return false
		}
		for i := len(out) - 1; i >= 0; i-- {
			carry += int(out[i]) * 58
			out[i], carry = byte(carry), carry>>8
		}
		if carry != 0 {
			return false
		}
	}
	once := sha256.Sum256(out[:21])
	twice := sha256.Sum256(once[:])
	return string(twice[:4]) == string(out[21:])
}

// bech32 is the checksum of BIP 173; constant 1 for version 0, 0x2bc830a3 for the later ones (BIP 350).
func bech32(b []byte) bool {
	const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	sum := uint32(1)
	step := func(v byte) {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(v)
		for i, g := range [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	step(3)
	step(3)
	step(0)
	step('b' & 31)
	step('c' & 31)
	for _, c := range b[3:] {
		if isUpper(c) {
			c |= 0x20
		}
		v := indexByte(alphabet, c)
		if v < 0 {
			return false
		}
		step(byte(v))
	}
	return sum == 1 || sum == 0x2bc830a3
}
