package detect

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// addressSignals looks for what reaches a person or a device: e-mail, IP, hardware address, profile, wallet, phone.
func (s *sample) addressSignals() []signal {
	var out []signal
	add := func(class, format, rule string, weight, share float64, n int) {
		out = append(out, signal{class: class, format: format, rule: "value." + rule, weight: weight, rate: share,
			detail: fmt.Sprintf("%d of %d distinct values are %s", n, len(s.values), kinds[rule])})
	}
	switch {
	case s.holds('@', 0.5):
		if share, n := s.share(func(v string, _ traits) bool { return wholeEmail(v) }); share >= 0.5 {
			add(classEmail, "email", "email", 8, share, n)
		}
	case s.holds('/', 0.5):
		if share, n := s.share(isProfile); share >= 0.5 && n >= 3 {
			add(classSocial, "url", "profile", 6, share, n)
		}
	}
	if s.holds('.', 0.5) || s.holds(':', 0.5) {
		if share, n := s.share(isAddressIP); share >= 0.6 && !s.versions() {
			add(classIP, "ip", "ip", 6, share, n)
		}
		if share, n := s.share(isHardware); share >= 0.6 {
			add(classDeviceID, "mac", "mac", 6, share, n)
		}
	}
	if share, n := s.share(func(v string, t traits) bool {
		return t.runes >= 26 && t.spaces == 0 && t.others == 0 && isWallet([]byte(v))
	}); share >= 0.5 {
		add(classFinancial, "crypto", "wallet", 6, share, n)
	}
	if g, ok := s.phoneSignal(); ok {
		out = append(out, g)
	}
	return out
}

// kinds puts the rules of addressSignals into words.
var kinds = map[string]string{"email": "e-mail addresses", "profile": "addresses of profiles", "ip": "IP addresses", "mac": "hardware addresses", "wallet": "wallets"}

// holds tells whether at least share of the values hold byte c.
func (s *sample) holds(c byte, share float64) bool {
	have, _ := s.share(func(v string, _ traits) bool { return strings.IndexByte(v, c) >= 0 })
	return have >= share
}

func isProfile(v string, _ traits) bool {
	for _, host := range [...]string{"linkedin.com/in/", "facebook.com/", "twitter.com/", "x.com/", "instagram.com/", "t.me/", "vk.com/", "github.com/", "tiktok.com/@"} {
		if strings.Contains(v, host) {
			return true
		}
	}
	return false
}

func isAddressIP(v string, t traits) bool {
	if t.digits == 0 || t.runes > 49 || t.runes < 3 {
		return false
	}
	v, _, _ = strings.Cut(v, "/")
	_, err := netip.ParseAddr(v)
	return err == nil
}

// versions tells whether dotted numbers are versions rather than addresses: every part is small.
func (s *sample) versions() bool {
	for _, v := range s.values {
		for _, part := range strings.Split(v, ".") {
			if len(part) > 2 || strings.ContainsRune(part, ':') {
				return false
			}
		}
	}
	return true
}

func isHardware(v string, t traits) bool {
	return t.runes >= 12 && t.runes <= 17 && t.others >= 2 && t.letters+t.digits == 12 && isHex(compact(nil, v)) &&
		(t.others == 5 || t.others == 2)
}

// phonesLooked bounds how many values the numbering plans are asked about.
const phonesLooked = 60

// phoneSignal weighs telephone numbers: by country code, by the plan of one region, or by the way they are written.
func (s *sample) phoneSignal() (signal, bool) {
	looks, n := s.share(func(v string, t traits) bool { return phoneLike(v, t) })
	if looks < 0.6 || n < 3 {
		return signal{}, false
	}
	few := s.first(phonesLooked)
	plus, dialled := few.share(func(v string, t traits) bool { return t.lead == '+' && len(v) >= 9 && possible(v) })
	g := signal{class: classPhone, format: "phone", rule: "value.phone", rate: looks}
	if plus >= 0.4 {
		g.weight = 6.5
		g.detail = fmt.Sprintf("%d of %d distinct values have a country code", dialled, len(few.values))
		return g, true
	}
	region, valid := few.region()
	area, _ := few.share(func(v string, _ traits) bool { return strings.ContainsAny(v, "()+") })
	written, _ := few.share(func(_ string, t traits) bool { return t.others+t.spaces > 0 })
	zero, _ := few.share(func(_ string, t traits) bool { return t.lead == '0' })
	switch {
	case area >= 0.2 && len(s.values) >= enough:
		g.weight = 5.0
	case written >= 0.5 && valid >= 0.8:
		g.weight = 4.6
	case written >= 0.2 && len(s.values) >= enough && s.varies():
		g.weight = 3.4
	case valid >= 0.9 && zero >= 0.9:
		g.weight = 4.2
	case valid >= 0.97 && len(few.values) >= 20 && few.planned(region):
		g.weight = 3.6
	case valid >= 0.9: // many numbers are valid somewhere
		g.weight = 1.6
	default:
		g.weight = 0.8
	}
	g.detail = fmt.Sprintf("%.0f %% look dialled; %.0f %% valid in %s", 100*looks, 100*valid, region)
	return g, true
}

// varies tells whether values are written in several ways, as people do and machines do not.
func (s *sample) varies() bool {
	_, share := s.first(phonesLooked).commonest()
	return share < 0.7
}

// phoneLike tells whether v could be dialled: 7 to 15 digits (and an extension), blanks, dashes, brackets.
func phoneLike(v string, t traits) bool {
	if t.digits < 7 || t.digits > 20 || t.letters > 3 || t.wide > 0 {
		return false
	}
	if i := strings.IndexAny(v, "xX"); i > 6 {
		v = v[:i]
	}
	digits := 0
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case isDigit(c):
			digits++
		case c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')' || c == '+' && i == 0:
		default:
			return false
		}
	}
	return digits >= 7 && digits <= 15 && !isDateLike(v) && strings.Count(v, ".") != 1 && !isIPv4(v) && !strings.HasPrefix(v, "978-") && !strings.HasPrefix(v, "979-")
}

// planned tells whether the numbers follow the plan of region more than their own digits turned round do, and do not
// count on one after the other.
func (s *sample) planned(region string) bool {
	i := slices.IndexFunc(phonePlans, func(p plan) bool { return p.region == region })
	if i < 0 || s.counts() {
		return false
	}
	turned, _ := s.share(func(v string, _ traits) bool {
		b := []byte(v)
		slices.Reverse(b[1:])
		return isPhone(string(b), phonePlans[i])
	})
	return turned <= 0.8
}

// counts tells whether the values rise or fall in small steps, as keys do.
func (s *sample) counts() bool {
	steps := 0
	for i := 1; i < len(s.values); i++ {
		if a, b := s.values[i-1], s.values[i]; len(a) == len(b) && len(a) > 4 && a[:len(a)-4] == b[:len(b)-4] {
			steps++
		}
	}
	return steps*2 > len(s.values)
}

func possible(v string) bool {
	n, err := phonenumbers.Parse(v, "")
	return err == nil && phonenumbers.IsPossibleNumber(n)
}

// region returns the region in whose plan most values are valid, and their share.
func (s *sample) region() (string, float64) {
	best, most := "no region", 0.0
	for _, p := range phonePlans {
		rings := func(v string, _ traits) bool { return isPhone(v, p) }
		if share, _ := s.first(6).share(rings); share < 0.5 {
			continue
		}
		if share, _ := s.share(rings); share > most {
			best, most = p.region, share
		}
	}
	return best, most
}
