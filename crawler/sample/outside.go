package sample

import (
	"math"
	"slices"
	"time"
)

// outside books what does not come from the application: exchange rates,
// advertising, and the mailing service.
func (m *market) outside(countries []*country) {
	var seen []string
	for i, land := range countries {
		if slices.Contains(seen, land.currency) {
			continue
		}
		seen = append(seen, land.currency)
		for ago := past; ago >= 0; ago-- {
			wave := 1 + 0.03*math.Sin(float64(ago)/40+float64(i))
			if land.currency == "USD" {
				wave = 1
			}
			m.add("fx_rates", m.cal.day(ago), land.currency, math.Round(land.usd*wave*1e7)/1e7)
		}
	}
	m.advertise(countries)
	m.mail()
}

func (m *market) advertise(countries []*country) {
	for ago := past; ago > 0; ago-- {
		for _, channel := range []string{"search", "social", "email", "affiliate"} {
			land := pick(m.rng, countries)
			clicks := 20 + m.rng.IntN(300)
			m.add("ad_spend", m.cal.day(ago), channel+"-"+land.code, channel, land.code, clicks, math.Round(float64(clicks)*(10+m.rng.Float64()*60))/100)
		}
	}
}

// mail books a newsletter every four weeks to everyone who wanted it then.
func (m *market) mail() {
	for ago := 168; ago > 0; ago -= 28 {
		day := m.cal.back(ago).Add(7 * time.Hour)
		for i, s := range m.students {
			if m.rows["students"][i][8] == 1 && s.joined.Before(day) {
				m.add("email_sends", m.next("email_sends"), s.email, "newsletter "+day.Format("2006-01"), day.Format(timeForm), flag(m.rng.IntN(3) == 0))
			}
		}
	}
}
