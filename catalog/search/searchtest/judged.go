package searchtest

import (
	"fmt"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/search"
	"waymark/catalog/urn"
)

// subjects are what the tables of the judged estate are about: a thing, its short
// form if it has one, and a measure that is taken of it.
var subjects = []struct{ thing, short, measure string }{
	{"customer", "cust", "balance"}, {"account", "acct", "movement"}, {"transaction", "txn", "fee"}, {"product", "prod", "margin"}, {"invoice", "inv", "delay"},
	{"payment", "pmt", "settlement"}, {"address", "addr", "quality"}, {"department", "dept", "budget"}, {"employee", "emp", "absence"}, {"order", "ord", "backlog"},
	{"shipment", "shpmt", "damage"}, {"vendor", "vend", "rating"}, {"warehouse", "whs", "capacity"}, {"contract", "", "renewal"}, {"campaign", "cmpgn", "reach"},
	{"ticket", "", "escalation"}, {"machine", "", "downtime"}, {"supplier", "supp", "discount"}, {"vehicle", "veh", "mileage"}, {"patient", "pat", "admission"},
	{"policy", "pol", "claim"}, {"region", "rgn", "forecast"}, {"session", "sess", "bounce"}, {"subscription", "subs", "upgrade"},
}

// koreans are subjects in Korean: thing and measure without a space between.
var koreans = []string{"고객 잔액", "주문 내역", "상품 재고", "직원 급여", "매장 방문", "회원 등급", "배송 현황", "결제 오류", "광고 비용", "강좌 수강", "환불 금액", "지점 실적"}

// judgedSet collects an estate and what should be found in it.
type judgedSet struct {
	assets []catalog.Asset
	judged []search.Judged
}

// JudgedEstate makes an estate with decoys and the queries that are judged over it:
// every subject has a certified mart table, its raw source, a copy that services
// hammer, a copy in development, a deprecated version and a term.
func JudgedEstate() ([]catalog.Asset, []search.Judged) {
	s := &judgedSet{assets: NewEstate(11).Datasets(400, 8)}
	for i, x := range subjects {
		s.subject(i, x.thing, x.short, x.measure)
	}
	for i, x := range koreans {
		s.korean(i, x)
	}
	return s.assets, s.judged
}

func (s *judgedSet) ask(category, query string, relevant ...urn.URN) {
	j := search.Judged{ID: fmt.Sprintf("e%d", len(s.judged)), Query: query, Category: category}
	for _, u := range relevant {
		j.Relevant = append(j.Relevant, string(u))
	}
	s.judged = append(s.judged, j)
}

// used gives an asset people and services that use it.
func used(a *catalog.Asset, people float64, services int64) {
	a.Usage = &catalog.UsageSignal{People: people, Queries: 20 * people, People30: int(people), Queries30: int64(20 * people), Service30: services, Covered: true, CoveredDays: 30}
}

// mart is the table to trust.
func (s *judgedSet) mart(name string, i int, columns ...string) *catalog.Asset {
	a := Table(name, append(columns, "day", "source_system")...)
	a.Owners = &catalog.Owners{List: []catalog.Owner{{User: urn.User(owners[i%len(owners)])}}}
	a.Certification = &catalog.Certification{By: urn.User("ana"), Until: Now.AddDate(0, 3, 0)}
	a.Consumers = &catalog.ConsumerSignal{Rank: 0.7, Dashboards: 2, Viewers: 20, Covered: true}
	used(&a, 12+float64(i%7), 100)
	s.assets = append(s.assets, a)
	return &s.assets[len(s.assets)-1]
}

// plain is a table of nobody, with a few users.
func (s *judgedSet) plain(name string, people float64, services int64, columns ...string) *catalog.Asset {
	a := Table(name, append(columns, "day", "source_system")...)
	a.Consumers = &catalog.ConsumerSignal{Rank: 0.1, Covered: true}
	used(&a, people, services)
	s.assets = append(s.assets, a)
	return &s.assets[len(s.assets)-1]
}

func (s *judgedSet) subject(i int, thing, short, measure string) {
	name, columns := thing+"_"+measure, []string{thing + "_id", measure + "_" + thing + "_index", "recorded_at"}
	mart := *s.mart("dwh.mart.fct_"+name, i, columns...)
	purpose := []string{"monthly steering of the " + thing + " desk", "what the auditors read about each " + thing}[i%2]
	s.assets[len(s.assets)-1].Profile.Description = "One row per " + thing + " and day, for " + purpose + "."
	raw := *s.plain("dwh.raw."+name, 1, 50, columns...)
	s.plain("dwh.adhoc."+name+"_tmp", 2, 90_000, columns...)
	s.plain("dev_dwh.dev.fct_"+name, 1, 0, columns...)
	old := s.plain("dwh.mart.fct_"+name+"_v1", 3, 10, columns...)
	old.Deprecation = &catalog.Deprecation{Note: "counted twice", Replacement: mart.URN}
	oldURN := old.URN
	made := syllables[i%len(syllables)] + syllables[(i*7+3)%len(syllables)] + syllables[(i*5+11)%len(syllables)]
	term := urn.Term("Gross " + thing + " " + measure)
	s.assets = append(s.assets, catalog.Asset{URN: term, Type: catalog.Term, Profile: &catalog.Profile{Name: term.Name(), Subtype: "metric"},
		Term: &catalog.Glossary{Definition: "Agreed by all.", Synonyms: []string{made + " rate"}, Canonical: []urn.URN{mart.URN}}})

	s.ask("exact", "fct_"+name, mart.URN)
	s.ask("path", "mart.fct_"+name, mart.URN)
	s.ask("path", "dwh.raw."+name, raw.URN)
	s.ask("business term", "gross "+thing+" "+measure, mart.URN)
	s.ask("synonym", made+" rate", mart.URN)
	s.ask("typo", thing[:2]+thing[3:]+" "+measure, mart.URN)
	s.ask("camel and snake", "fct"+strings.ToUpper(thing[:1])+thing[1:]+strings.ToUpper(measure[:1])+measure[1:], mart.URN)
	if short != "" {
		s.ask("abbreviation", short+" "+measure, mart.URN)
	}
	s.ask("column", measure+"_"+thing+"_index", mart.URN)
	s.ask("description", strings.TrimPrefix(purpose, "what the "), mart.URN)
	s.ask("decoy with high usage", thing+" "+measure, mart.URN)
	s.ask("deprecated twin", "fct "+name+" v1", mart.URN, oldURN)
	s.ask("development copy", measure+" of "+thing+"s", mart.URN)
	s.ask("raw against mart", thing+"s "+measure, mart.URN)
	s.ask("question", "how high was the "+measure+" of each "+thing+" last month?", mart.URN)
}

func (s *judgedSet) korean(i int, name string) {
	joined := strings.ReplaceAll(name, " ", "")
	mart := *s.mart("dwh.mart.월별"+joined, i, joined+"_코드")
	s.plain("dwh.adhoc."+joined+"_tmp", 1, 20_000, joined+"_코드")
	s.plain("dwh.raw."+joined, 1, 10, joined+"_코드")
	s.ask("Korean", "월별 "+name, mart.URN)
	s.ask("Korean", name+"을 월별", mart.URN)
}

// Half returns the judged queries with odd or even numbers: the former are for
// tuning, the latter for reporting.
func Half(judged []search.Judged, even bool) []search.Judged {
	odd := 0
	return slices.DeleteFunc(slices.Clone(judged), func(search.Judged) bool {
		odd++
		return (odd%2 == 1) == even
	})
}
