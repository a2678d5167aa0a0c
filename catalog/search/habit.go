package search

import (
	"context"
	"fmt"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/urn"
)

// habits are what people used in the last thirty days: by person the days on which
// they read each asset, by team the people who did.
type habits struct {
	at    time.Time
	days  map[string]map[urn.URN]int
	teams map[string]map[urn.URN]int
	team  map[string]string // of each person
}

// habitDays is how far back use still says what somebody works on.
const habitDays = 30

// What use is worth at most, of one's own and of one's team: enough to order what is
// otherwise alike, too little to lift a table over one that fits better.
const (
	ownLift  = 0.15
	teamLift = 0.075
)

// readHabits reads the recorded use, day by day so that one day alone is in memory.
func readHabits(ctx context.Context, cat *catalog.Catalog, now time.Time) (*habits, error) {
	h := &habits{at: now, days: map[string]map[urn.URN]int{}, teams: map[string]map[urn.URN]int{}, team: map[string]string{}}
	for a, err := range cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.User}}) {
		if err != nil {
			return nil, err
		}
		if a.Person != nil && a.Person.Team != "" {
			h.team[a.URN.Name()] = a.Person.Team
		}
	}
	first := now.UTC().Truncate(24*time.Hour).AddDate(0, 0, -habitDays)
	for i := range habitDays + 1 {
		day := first.AddDate(0, 0, i)
		if err := h.read(ctx, cat, day); err != nil {
			return nil, err
		}
	}
	for person, assets := range h.days {
		for u := range assets {
			count(h.teams, h.team[person], u)
		}
	}
	return h, nil
}

// read counts each person's assets of one day once.
func (h *habits) read(ctx context.Context, cat *catalog.Catalog, day time.Time) error {
	today := map[string]map[urn.URN]int{}
	for rec, err := range cat.Usage(ctx, catalog.UsageFilter{From: day, To: day.AddDate(0, 0, 1)}) {
		if err != nil {
			return err
		}
		if rec.Role != "write" && rec.Queries > 0 && today[rec.Actor][rec.Asset] == 0 {
			count(today, rec.Actor, rec.Asset)
			count(h.days, rec.Actor, rec.Asset)
		}
	}
	return nil
}

func count(in map[string]map[urn.URN]int, who string, u urn.URN) {
	if who == "" {
		return
	}
	if in[who] == nil {
		in[who] = map[urn.URN]int{}
	}
	in[who][u]++
}

// habit is what one caller and the team of the caller used; nil for nobody's.
type habit struct{ own, team map[urn.URN]int }

// of returns the habit of a person.
func (h *habits) of(person string) *habit {
	return &habit{own: h.days[person], team: h.teams[h.team[person]]}
}

// lift is from 1 to 1.15: half of it with the first days, nearly all after a few.
func (h *habit) lift(u urn.URN) float64 {
	if h == nil {
		return 1
	}
	own, team := float64(h.own[u]), float64(h.team[u])
	return 1 + max(ownLift*own/(own+1), teamLift*team/(team+1))
}

// reason says what lifted an asset, or nothing.
func (h *habit) reason(u urn.URN) string {
	switch {
	case h == nil:
		return ""
	case h.own[u] > 0:
		return fmt.Sprintf("you used it on %d of %d days", h.own[u], habitDays)
	case h.team[u] > 1:
		return fmt.Sprintf("%d people of your team use it", h.team[u])
	case h.team[u] > 0:
		return "one of your team uses it"
	}
	return ""
}

// habit returns that of the caller, where anything personal is wanted.
func (s *Search) habit(ctx context.Context, req *Request) (*habit, error) {
	c, ok := access.From(ctx)
	if !ok || c.Program() || req.Plain || !s.options.Personal {
		return nil, nil
	}
	s.habitual.Lock()
	defer s.habitual.Unlock()
	if now := s.Now().Truncate(habitStep); s.habits == nil || !s.habits.at.Equal(now) {
		h, err := readHabits(ctx, s.cat, now)
		if err != nil {
			return nil, err
		}
		s.habits = h
	}
	return s.habits.of(c.User), nil
}

// habitStep is how long habits are kept before use is read again.
const habitStep = 6 * time.Hour
