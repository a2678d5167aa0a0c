package sample

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"time"
)

// taxID makes a number of the kind that instructors of the country give for
// their taxes, with the check digit that it needs; "" where none is asked for.
func taxID(rng *rand.Rand, land string, born time.Time) (kind, number string) {
	switch land {
	case "KR":
		return "resident registration number", residentNumber(rng, born)
	case "US":
		return "social security number", fmt.Sprintf("%03d-%02d-%04d", 100+rng.IntN(500), 10+rng.IntN(89), 1000+rng.IntN(8999))
	case "BR":
		return "CPF", cpf(rng)
	case "FR":
		return "NIR", nir(rng, born)
	}
	return "", ""
}

// residentNumber is Korea's: birth date, a digit for century and sex, a check digit.
func residentNumber(rng *rand.Rand, born time.Time) string {
	century := 1 + rng.IntN(2)
	if born.Year() >= 2000 {
		century += 2
	}
	digits := fmt.Sprintf("%s%d%05d", born.Format("060102"), century, rng.IntN(100000))
	sum := 0
	for i, d := range digits {
		sum += int(d-'0') * (2 + i%8)
	}
	return fmt.Sprintf("%s-%s%d", digits[:6], digits[6:], (11-sum%11)%10)
}

// cpf is Brazil's: nine digits and two check digits modulo 11.
func cpf(rng *rand.Rand) string {
	digits := fmt.Sprintf("%09d", 100000000+rng.IntN(899999999))
	for range 2 {
		sum := 0
		for i, d := range digits {
			sum += int(d-'0') * (len(digits) + 1 - i)
		}
		digits += fmt.Sprint((sum * 10 % 11) % 10)
	}
	return digits[:3] + "." + digits[3:6] + "." + digits[6:9] + "-" + digits[9:]
}

// nir is France's: sex, birth, place and order, and a key modulo 97.
func nir(rng *rand.Rand, born time.Time) string {
	n := fmt.Sprintf("%d%s%02d%03d%03d", 1+rng.IntN(2), born.Format("0601"), 21+rng.IntN(70), 1+rng.IntN(400), 1+rng.IntN(900))
	return n + fmt.Sprintf("%02d", 97-mod97(n))
}

// iban makes an account number of the country, or "" where there are none.
func iban(rng *rand.Rand, land string) string {
	account := map[string]string{"DE": "nnnnnnnnnnnnnnnnnn", "GB": "NWBKnnnnnnnnnnnnnn", "FR": "nnnnnnnnnnnnnnnnnnnnnnn", "BR": "nnnnnnnnnnnnnnnnnnnnnnnC1"}[land]
	if account == "" {
		return ""
	}
	var bban strings.Builder
	for _, r := range account {
		if r == 'n' {
			r = rune('0' + rng.IntN(10))
		}
		bban.WriteRune(r)
	}
	var digits strings.Builder
	for _, r := range bban.String() + land + "00" {
		if r >= 'A' {
			fmt.Fprint(&digits, r-'A'+10)
			continue
		}
		digits.WriteRune(r)
	}
	return fmt.Sprintf("%s%02d%s", land, 98-mod97(digits.String()), bban.String())
}

func mod97(digits string) int64 {
	n, _ := new(big.Int).SetString(digits, 10)
	return new(big.Int).Mod(n, big.NewInt(97)).Int64()
}
