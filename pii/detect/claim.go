package detect

import "math"

// claim is what the evidence so far says about one class of one column.
type claim struct {
	class    string
	format   string
	rate     float64
	evidence []Evidence
}

// caps bound what one kind of evidence can bring for a claim, so that no kind decides by repetition.
var caps = [...]struct {
	kind Kind
	most float64
}{{ByName, 7}, {ByPath, 4.5}, {ByNeighbour, 2.2}, {ByComment, 4}, {ByValue, 12}, {ByType, 3}}

func (c *claim) add(kind Kind, rule string, weight float64, detail string) {
	c.evidence = append(c.evidence, Evidence{Rule: rule, Version: Version, Kind: kind, Detail: detail, Weight: weight})
}

// odds sums the evidence, kind by kind within its cap; what speaks against is not capped.
func (c *claim) odds() float64 {
	sum := prior
	for _, bound := range caps {
		speaks := 0.0
		for _, e := range c.evidence {
			switch {
			case e.Kind != bound.kind:
			case e.Weight > 0:
				speaks += e.Weight
			default:
				sum += e.Weight
			}
		}
		sum += min(speaks, bound.most)
	}
	return sum
}

// score is the calibrated probability.
func (c *claim) score() float64 { return calibrate(c.odds()) }

// calibrate turns log-odds into a probability. The weights were chosen so that no other slope is needed: the calibration
// error on labelled columns is held by a test. Sums beyond +/-7 say no more than 0.999.
func calibrate(odds float64) float64 {
	odds = max(-7, min(7, odds))
	return 1 / (1 + math.Exp(-odds))
}

func (c *claim) has(kind Kind) bool {
	for _, e := range c.evidence {
		if e.Kind == kind {
			return true
		}
	}
	return false
}
