package search

import "strings"

// articles say nothing in any query.
var articles = wordSet(`a an the of in on at by for from to into with and or per via is are was were be as that this`)

// questionWords say nothing in a question: articles, auxiliaries, and the words with
// which a question is asked. Without the latter, "how many ... are there" finds every
// count. Short queries keep them: who types "order" or "view" means it.
var questionWords = wordSet(`
a an the this that these those there here it its itself i me my we us our you your he him his she her hers they them their
of in on at by for from to into onto with without within about as per via than then and or nor not no but if so such each every any all some both either neither
is are was were be been being am do does did done doing have has had having can could will would shall should may might must
how many much what which who whom whose when where why whether
list lists show shows give gives find finds tell return returns display get gets fetch provide name names state identify calculate compute determine describe indicate please
average mean total sum count number maximum minimum max min most least more less fewer highest lowest largest smallest greatest biggest best worst top bottom first last
also only just same different distinct unique other another between among during before after above below over under up down out
order ordered sort sorted ascending descending alphabetical alphabetically group grouped respective respectively corresponding together along
belong belongs contain contains containing exist exists including include includes
table tables dataset datasets data database databases column columns field fields view views record records row rows entry entries
write mention say whether
using used use uses want need know looking look see
`)

// openers begin a question or an order.
var openers = wordSet(`how what which who whose when where why list show give find tell return display calculate compute count identify name state please
is are was were do does did can could would among write mention describe provide get determine`)

// interrogatives make a question wherever they stand.
var interrogatives = wordSet(`how what which who whose whom when where why`)

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// particles stand behind a Korean noun without a space.
var particles = []string{"에서는", "에서", "에게", "으로", "까지", "부터", "을", "를", "은", "는", "의"}

// bare takes the particle off a Korean word of a query, for 주문을 stands in no name.
func bare(w string) string {
	for _, p := range particles {
		if rest, ok := strings.CutSuffix(w, p); ok && len([]rune(rest)) >= 2 {
			return rest
		}
	}
	return w
}
