package sample

import (
	_ "embed"
	"math/rand/v2"
	"strconv"
	"strings"

	"waymark/catalog/fault"
)

//go:embed data/countries.txt
var countriesText string

// mary appears in every place that personal data can reach in this company.
var mary = Subject{ID: 417, Name: "Mary Ellis", Email: "mary.ellis@example.org"}

// country has the words of which its people's names and addresses are made.
type country struct {
	code, language, currency string
	usd                      float64
	weight                   int
	words                    map[string][]string // phone postal street city given family
}

type person struct {
	name, email, phone   string
	street, city, postal string
	country              *country
}

// census draws people and never the same e-mail or phone twice.
type census struct {
	rng       *rand.Rand
	countries []*country
	taken     map[string]bool
}

func newCensus(rng *rand.Rand) (*census, error) {
	countries, err := readCountries(countriesText)
	return &census{rng: rng, countries: countries, taken: map[string]bool{}}, err
}

func readCountries(text string) ([]*country, error) {
	var list []*country
	for line := range strings.Lines(text) {
		key, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch key {
		case "", "#":
		case "country":
			f := strings.Fields(rest)
			usd, err := strconv.ParseFloat(f[3], 64)
			if err != nil {
				return nil, fault.Internal.Of(err)
			}
			weight, err := strconv.Atoi(f[4])
			if err != nil {
				return nil, fault.Internal.Of(err)
			}
			list = append(list, &country{code: f[0], language: f[1], currency: f[2], usd: usd, weight: weight, words: map[string][]string{}})
		default:
			list[len(list)-1].words[key] = strings.Split(rest, "|")
		}
	}
	return list, nil
}

// draw makes a person of a country drawn by weight.
func (c *census) draw() person {
	total := 0
	for _, land := range c.countries {
		total += land.weight
	}
	n := c.rng.IntN(total)
	for _, land := range c.countries {
		if n -= land.weight; n < 0 {
			return c.drawFrom(land)
		}
	}
	return person{}
}

func (c *census) drawFrom(land *country) person {
	given, givenLatin := c.word(land, "given")
	family, familyLatin := c.word(land, "family")
	p := person{name: given + " " + family, country: land}
	switch land.code {
	case "KR":
		p.name = family + given
	case "JP":
		p.name = family + " " + given
	}
	p.email = c.free(func(n int) string { return c.mailbox(givenLatin, familyLatin, n) })
	p.phone = c.free(func(int) string { return c.shape(land, "phone") })
	p.street, p.postal = c.shape(land, "street"), c.shape(land, "postal")
	p.city, _ = c.word(land, "city")
	return p
}

// named makes the person whom the erasure story is about.
func (c *census) named(s Subject) person {
	p := c.drawFrom(c.countries[1])
	p.name, p.email, p.phone, p.street = s.Name, s.Email, "+44 161 496 0417", "17 Marigold Crescent"
	return p
}

func (c *census) free(next func(try int) string) string {
	for try := 0; ; try++ {
		if s := next(try); !c.taken[strings.ToLower(s)] {
			c.taken[strings.ToLower(s)] = true
			return s
		}
	}
}

func (c *census) mailbox(given, family string, try int) string {
	local := latin(given) + "." + latin(family)
	if try > 0 {
		local += strconv.Itoa(10 + c.rng.IntN(90*try))
	}
	if c.rng.IntN(8) == 0 { // some people type capitals, so that only folding finds them
		local = strings.ToUpper(local[:1]) + local[1:]
	}
	return local + "@" + pick(c.rng, []string{"example.com", "example.org", "example.net", "mail.example.com"})
}

func (c *census) word(land *country, kind string) (own, reading string) {
	own = pick(c.rng, land.words[kind])
	if native, roman, ok := strings.Cut(own, "="); ok {
		return native, roman
	}
	return own, own
}

// shape fills the digits of one of the country's patterns, none of them first zero.
func (c *census) shape(land *country, kind string) string {
	var b strings.Builder
	for _, r := range pick(c.rng, land.words[kind]) {
		if r == '#' {
			b.WriteByte(byte('1' + c.rng.IntN(9)))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// latin spells a name as its mailbox would.
func latin(s string) string {
	return strings.NewReplacer(" ", "", "'", "", "ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "ı", "i",
		"á", "a", "â", "a", "ã", "a", "à", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "í", "i", "î", "i",
		"ï", "i", "ó", "o", "ô", "o", "õ", "o", "ú", "u").Replace(strings.ToLower(s))
}

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }
