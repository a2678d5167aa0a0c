package sqllineage

import "strings"

// extend makes e a path, or lengthens the path that it is.
func (p *parser) extend(e *expr, step string) *expr {
	if e.kind != xPath {
		base := e
		e = p.node(xPath, base.start)
		p.exprs = append(p.exprs, base)
		e.args = p.take(len(p.exprs) - 1)
	}
	m := p.ext(e)
	if m.path != "" && step[0] != '[' {
		m.path += "."
	}
	m.path += step
	e.end = p.lastEnd()
	return e
}

// field reads .name, .* or .method(…) behind an operand.
func (p *parser) field(e *expr) *expr {
	t := p.peek(1)
	switch {
	case t.is('*'):
		p.pos++
		star := p.star(nil)
		p.exprs = append(p.exprs, e)
		star.args = p.take(len(p.exprs) - 1)
		star.start = e.start
		return star
	case t.name() && p.peekOp(2, '('): // x.method(…)
		p.pos += 2
		call := p.call([]ident{p.identOf(t)}, e.start)
		base := len(p.exprs)
		p.exprs = append(append(p.exprs, e), call.args...)
		call.args = p.take(base)
		return call
	case t.name() || t.kind == tNumber:
		p.pos += 2
		return p.extend(e, p.identOf(t).text)
	case t.kind == tString:
		p.pos += 2
		return p.extend(e, p.stringText(t))
	}
	return nil
}

// subscript reads [ … ]: an index, a key or a slice.
func (p *parser) subscript(e *expr) *expr {
	p.pos++
	base := len(p.exprs)
	step := "[]"
	if t := p.tok(); t.kind == tString && p.peekOp(1, ']') {
		step = p.stringText(t)
	}
	for !p.done() && !p.atOp(']') {
		if p.acceptOp(':') || p.acceptOp(opCast) || p.acceptOp(',') || p.peekOp(1, ']') && p.acceptOp('*') {
			continue
		}
		before := p.pos
		p.push(p.expr())
		if p.pos == before {
			p.pos++
		}
	}
	p.acceptOp(']')
	keys := p.take(base)
	if step == "" {
		step = "[]"
	}
	path := p.extend(e, step)
	for _, k := range keys {
		if k.kind != xConst {
			path.args = append(path.args[:len(path.args):len(path.args)], k)
		}
	}
	return path
}

// jsonStep reads -> 'key' and ->> '$.a.b'.
func (p *parser) jsonStep(e *expr, t token) *expr {
	step := "[]"
	if t.kind == tString {
		step = jsonPath(p.stringText(t))
	}
	if step == "" {
		return p.op(opPlain, e.start, e)
	}
	e = p.extend(e, step)
	e.class = opJSON
	return e
}

// jsonPath turns $.a.b[0] and {a,b} into a.b.
func jsonPath(s string) string {
	if hasPrefix(s, "lax ") || hasPrefix(s, "strict ") {
		s = strings.TrimLeft(s[strings.IndexByte(s, ' '):], " ")
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '$' && len(out) == 0, c == '"', c == '{', c == '}':
		case c == '.' && len(out) == 0:
		case c == ',':
			out = append(out, '.')
		case c == '[':
			for i < len(s) && s[i] != ']' {
				i++
			}
			out = append(out, "[]"...)
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// colonSteps reads doc:user.name and doc:items[0].
func (p *parser) colonSteps(e *expr) *expr {
	defer func() {
		if e.kind == xPath {
			e.class = opJSON
		}
	}()
	for p.atOp(':') && p.colonFollows() {
		p.pos++
		switch t := p.tok(); {
		case t.kind == tString:
			p.pos++
			e = p.extend(e, p.stringText(t))
		case t.name():
			p.pos++
			e = p.extend(e, p.identOf(t).text)
		}
		for p.atOp('.') || p.atOp('[') {
			if p.atOp('[') {
				e = p.subscript(e)
				continue
			}
			next := p.field(e)
			if next == nil {
				return e
			}
			e = next
		}
	}
	return e
}

// star reads * with what may follow it.
func (p *parser) star(qualifier []ident) *expr {
	start := p.offset()
	p.acceptOp('*')
	e := p.node(xStar, start)
	e.parts = qualifier
	for p.starModifier(e) {
	}
	e.end = p.lastEnd()
	return e
}

// starModifier reads one of EXCEPT, EXCLUDE, REPLACE, RENAME, ILIKE, APPLY.
func (p *parser) starModifier(e *expr) bool {
	mods := func() *starMods {
		m := p.ext(e)
		if m.star == nil {
			m.star = &starMods{}
		}
		return m.star
	}
	switch w := p.peekWord(0); {
	case (w == kExcept || w == kExclude) && (p.peekOp(1, '(') && p.peekWord(2) != kSelect && p.peekWord(2) != kWith && p.peekWord(2) != kFrom || w == kExclude && p.peek(1).name()):
		p.pos++
		if list, ok := p.identList(); ok {
			mods().except = append(mods().except, list...)
		} else {
			mods().except = append(mods().except, p.identOf(p.tok()))
			p.pos++
		}
	case w == kExcept && p.peek(1).name() && p.braceParams && p.peekWord(1) != kSelect: // clickhouse: * EXCEPT col
		p.pos++
		p.acceptText("strict")
		mods().except = append(mods().except, p.identOf(p.tok()))
		p.pos++
	case (w == kReplace || w == kRename) && (p.peekOp(1, '(') || p.peek(1).name()):
		p.pos++
		p.starAssignments(mods(), w == kRename)
	case w == kIlike || w == kLike:
		p.pos++
		mods().pattern, mods().ilike = p.stringText(p.tok()), true
		p.pos++
	case w == kApply && p.peekOp(1, '('):
		p.pos++
		p.skipParens()
		p.ext(e)
	case w == kApply && p.braceParams && p.peek(1).name(): // APPLY toString, APPLY x -> f(x)
		p.pos++
		p.expr()
		p.ext(e)
	default:
		return false
	}
	return true
}

// starAssignments reads REPLACE (expr AS a, …) and RENAME (a AS b, …).
func (p *parser) starAssignments(m *starMods, rename bool) {
	parens := p.acceptOp('(')
	for {
		value := p.expr()
		p.accept(kAs)
		t := p.tok()
		if value == nil || !t.name() {
			break
		}
		p.pos++
		it := item{expr: value, alias: p.identOf(t), start: value.start, end: value.end}
		if rename {
			m.rename = append(m.rename, it)
		} else {
			m.replace = append(m.replace, it)
		}
		if !p.acceptOp(',') {
			break
		}
	}
	if parens {
		p.closeParen()
	}
}

// typeName skips a type: words, then ( … ), < … >, [] and qualifiers of time
// and interval types.
func (p *parser) typeName() {
	if p.at(kInterval) {
		p.pos++
		p.intervalUnits()
		return
	}
	if !p.tok().name() {
		if p.tok().kind == tTemplate || p.tok().kind == tString {
			p.pos++
		}
		return
	}
	first := p.text(p.tok())
	p.pos++
	for p.atOp('.') && p.peek(1).name() {
		p.pos += 2
	}
	switch {
	case equalFold("double", first) && p.at(kPrecision), equalFold("character", first) && p.at(kVarying), equalFold("bit", first) && p.at(kVarying),
		equalFold("char", first) && p.at(kVarying), equalFold("national", first), equalFold("long", first) && p.atText("raw"):
		p.pos++
	case (equalFold("unsigned", first) || equalFold("signed", first)) && p.atText("integer"):
		p.pos++
	}
	p.typeSuffix()
}

func (p *parser) typeSuffix() {
	for {
		switch {
		case p.atOp('(') && !p.outerMark():
			p.skipParens()
		case p.atOp('<') && p.tok().flags&flagSpace == 0 || p.atOp(opCompare) && p.text(p.tok()) == "<>":
			p.skipAngles()
		case p.atOp('[') && (p.peekOp(1, ']') || p.peek(1).kind == tNumber && p.peekOp(2, ']')):
			p.skipParens()
		case (p.at(kWith) || p.at(kWithout)) && (p.peekWord(1) == kTime || p.peekWord(1) == kLocal):
			p.pos++
			p.accept(kLocal)
			p.accept(kTime)
			p.accept(kZone)
		case p.at(kArray) && !p.peekOp(1, '['), p.atText("unsigned"), p.atText("signed"):
			p.pos++
		default:
			return
		}
	}
}

// skipAngles skips < … >, where >> closes two.
func (p *parser) skipAngles() {
	depth := 0
	for ; !p.done(); p.pos++ {
		t := p.tok()
		if t.kind == tOp {
			for _, c := range []byte(p.text(t)) {
				switch c {
				case '<':
					depth++
				case '>':
					depth--
				}
			}
		}
		if depth <= 0 {
			p.pos++
			return
		}
	}
}

// intervalUnits skips DAY, DAY TO SECOND, YEAR(2) TO MONTH and the like.
func (p *parser) intervalUnits() {
	for isUnit(p.wordText()) {
		p.pos++
		if p.atOp('(') {
			p.skipParens()
		}
		if !p.accept(kTo) {
			return
		}
	}
}

// wordText is the word at the cursor, or "" when there is none.
func (p *parser) wordText() string {
	if t := p.tok(); t.kind == tWord {
		return p.text(t)
	}
	return ""
}

var units = set("year", "years", "quarter", "quarters", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minute", "minutes", "second", "seconds",
	"millisecond", "milliseconds", "microsecond", "microseconds", "nanosecond", "nanoseconds", "year_month", "day_hour", "day_minute", "day_second", "hour_minute",
	"hour_second", "minute_second", "day_microsecond", "hour_microsecond", "minute_microsecond", "second_microsecond", "isoyear", "isoweek", "dayofweek", "dayofyear",
	"epoch", "epoch_second", "epoch_seconds", "epoch_millisecond", "epoch_milliseconds", "epoch_microsecond", "epoch_microseconds", "epoch_nanosecond", "epoch_nanoseconds",
	"dayofweekiso", "dayofweek_iso", "yearofweekiso", "weekiso", "decade", "century", "millennium", "dow", "doy", "isodow", "dd", "mm", "yy", "yyyy", "hh", "mi", "ss", "ms", "wk", "ww", "qq", "dw", "dy", "weekday", "timezone",
	"timezone_hour", "timezone_minute", "yyyymm", "mcs", "ns", "qtr", "mon", "weekofyear", "yearofweek", "dayofmonth")

func isUnit(s string) bool { return units.has(s) }
