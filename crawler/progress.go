package crawler

import "time"

// The phases of a crawl, in their order.
const (
	Connect  = "connect"
	List     = "list"
	Describe = "describe"
	History  = "history"
	Samples  = "sample" // after the crawl
)

// Progress is where a crawl stands. Total is 0 where nobody can know it.
type Progress struct {
	Source string  `json:"source"`
	Phase  string  `json:"phase"`
	Scope  string  `json:"scope,omitempty"`
	Done   int64   `json:"done"`
	Total  int64   `json:"total,omitempty"`
	Rate   float64 `json:"rate,omitempty"` // a second, in this phase
}

// meter passes progress on, at most once a second and at every change of phase.
type meter struct {
	tell  func(Progress)
	now   func() time.Time
	last  time.Time
	began time.Time
	Progress
}

func (m *meter) phase(phase, scope string, total int64) {
	m.Phase, m.Scope, m.Done, m.Total, m.Rate = phase, scope, 0, total, 0
	m.began, m.last = m.now(), time.Time{}
	m.add(0)
}

func (m *meter) add(n int64) {
	m.Done += n
	now := m.now()
	if m.tell == nil || now.Sub(m.last) < time.Second {
		return
	}
	m.last = now
	if took := now.Sub(m.began).Seconds(); took > 0 {
		m.Rate = float64(m.Done) / took
	}
	m.tell(m.Progress)
}
