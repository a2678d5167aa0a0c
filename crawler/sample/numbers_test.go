package sample

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"
)

var born = time.Date(1984, 3, 9, 0, 0, 0, 0, time.UTC)

// digitsOf drops what is not a digit.
func digitsOf(s string) []int {
	var list []int
	for _, r := range s {
		if r >= '0' && r <= '9' {
			list = append(list, int(r-'0'))
		}
	}
	return list
}

func TestResidentNumbersPassTheirCheck(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for range 100 {
		n := residentNumber(rng, born)
		d := digitsOf(n)
		sum := 0
		for i, w := range []int{2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5} {
			sum += d[i] * w
		}
		if want := (11 - sum%11) % 10; len(d) != 13 || d[12] != want || !strings.HasPrefix(n, "840309-") {
			t.Fatalf("resident number %s: got check digit %d want %d", n, d[12], want)
		}
	}
}

func TestCPFsPassTheirCheck(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		n := cpf(rng)
		d := digitsOf(n)
		for _, length := range []int{9, 10} {
			sum := 0
			for i := range length {
				sum += d[i] * (length + 1 - i)
			}
			want := 11 - sum%11
			if want > 9 {
				want = 0
			}
			if d[length] != want {
				t.Fatalf("CPF %s: got digit %d at %d want %d", n, d[length], length, want)
			}
		}
	}
}

func TestNIRsPassTheirCheck(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 3))
	for range 100 {
		n := nir(rng, born)
		sum := 0
		for _, d := range digitsOf(n[:13]) {
			sum = (sum*10 + d) % 97
		}
		key := digitsOf(n[13:])
		if got, want := key[0]*10+key[1], 97-sum; len(n) != 15 || got != want {
			t.Fatalf("NIR %s: got key %d want %d", n, got, want)
		}
	}
}

func TestIBANsPassTheirCheck(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 4))
	lengths := map[string]int{"DE": 22, "GB": 22, "FR": 27, "BR": 29}
	for land, length := range lengths {
		for range 50 {
			n := iban(rng, land)
			rest := 0
			for _, r := range n[4:] + n[:4] {
				if r >= 'A' {
					rest = (rest*100 + int(r-'A') + 10) % 97
					continue
				}
				rest = (rest*10 + int(r-'0')) % 97
			}
			if rest != 1 || len(n) != length {
				t.Fatalf("IBAN %s: got remainder %d and length %d want 1 and %d", n, rest, len(n), length)
			}
		}
	}
	if got := iban(rng, "US"); got != "" {
		t.Errorf("IBAN of a country without: got %q want none", got)
	}
}

func TestMailboxesAreASCII(t *testing.T) {
	t.Parallel()
	people, err := newCensus(rand.New(rand.NewPCG(1, 5)))
	if err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^[A-Za-z0-9.]+@(mail\.)?example\.(com|org|net)$`)
	for range 1000 {
		if p := people.draw(); !form.MatchString(p.email) {
			t.Fatalf("e-mail of %s: got %s want %s", p.name, p.email, form)
		}
	}
}
