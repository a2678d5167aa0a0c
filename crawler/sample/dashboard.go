package sample

import (
	_ "embed"
	"encoding/json"
	"math/rand/v2"

	"waymark/catalog/fault"
)

//go:embed data/dashboards.json
var dashboardsText []byte

// dashboard is a page of charts in a BI tool.
type dashboard struct {
	Tool, ID, Title, Description string
	Owner, Domain, Certified     string
	Terms                        []string
	Viewers                      int // how many people look at it
	Every                        int // each of them once in so many working days
	Refreshes                    int // how often a day the tool runs its queries
	Charts                       []chart
}

type chart struct {
	ID, Title, SQL string
	Reads          map[string][]string // table -> columns
}

// view says that somebody looked at a dashboard on a day.
type view struct {
	day, tool, dashboard, viewer string
	times                        int
}

func readDashboards() ([]dashboard, error) {
	var list []dashboard
	if err := json.Unmarshal(dashboardsText, &list); err != nil {
		return nil, fault.Internal.Errorf("data/dashboards.json: %w", err)
	}
	return list, nil
}

// viewsOf draws who looked at what in the days of the log, in order of day.
func viewsOf(boards []dashboard, crowd []colleague, cal calendar) []view {
	rng := rand.New(rand.NewPCG(2014, 7))
	people := of(crowd, "queries", "views")
	audience := make([][]colleague, len(boards))
	for i, b := range boards {
		for _, n := range rng.Perm(len(people))[:b.Viewers] {
			audience[i] = append(audience[i], people[n])
		}
	}
	var list []view
	for ago := logs - 1; ago > 0; ago-- {
		if weekend(cal.back(ago)) {
			continue
		}
		for i, b := range boards {
			for _, who := range audience[i] {
				if rng.IntN(b.Every) == 0 {
					list = append(list, view{day: cal.day(ago), tool: b.Tool, dashboard: b.ID, viewer: who.login, times: 1 + rng.IntN(3)})
				}
			}
		}
	}
	return list
}

func viewRows(views []view) [][]any {
	var rows [][]any
	for _, v := range views {
		rows = append(rows, []any{v.day, v.tool, v.dashboard, v.viewer, v.times})
	}
	return rows
}
