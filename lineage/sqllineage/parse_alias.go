package sqllineage

// itemAlias reads the alias of a select item, with or without AS.
func (p *parser) itemAlias() (alias ident, list []ident) {
	if p.accept(kAs) {
		t := p.tok()
		switch {
		case p.atOp('('):
			list, _ = p.identList()
			return ident{}, list
		case t.name() && !(t.word == kFrom && p.peek(1).name()):
			p.pos++
			return p.placeholderIdent(t), nil
		case t.kind == tString:
			p.pos++
			return ident{text: p.stringText(t), quoted: true}, nil
		case t.kind == tTemplate || t.kind == tParam:
			p.pos++
			return ident{text: p.text(t), quoted: true}, nil
		}
		return ident{}, nil
	}
	t := p.tok()
	switch {
	case t.kind == tQuoted:
		p.pos++
		return p.identOf(t), nil
	case t.kind == tString && !p.stages:
		p.pos++
		return ident{text: p.stringText(t), quoted: true}, nil
	case t.kind == tWord && !p.clauseWord(t.word) && !p.newStatement() && !(p.atText("bulk") && p.tokenIs(1, "collect")):
		p.pos++
		return p.placeholderIdent(t), nil
	}
	return ident{}, nil
}

// placeholderIdent is identOf with a diagnostic for ${…} in the word.
func (p *parser) placeholderIdent(t token) ident {
	if t.flags&flagPlaceholder != 0 {
		p.note(PlaceholderName, Info, p.pos-1, p.pos)
	}
	return p.identOf(t)
}

// tableAlias reads the alias of a FROM item, with its columns.
func (p *parser) tableAlias() (alias ident, cols []ident) {
	t := p.tok()
	if t.word == kAs && !p.asOf() {
		p.pos++
		if p.atOp('(') { // AS (a, b)
			cols, _ = p.identList()
			return ident{}, cols
		}
		t = p.tok()
		switch {
		case t.name():
			p.pos++
			alias = p.identOf(t)
		case t.kind == tString, t.kind == tTemplate, t.kind == tParam:
			p.pos++
			alias = ident{text: p.text(t), quoted: true}
			if t.kind == tString {
				alias.text = p.stringText(t)
			}
		}
	} else if t.kind == tQuoted || t.kind == tWord && !p.clauseWord(t.word) && !p.newStatement() && !p.modelAhead() && !p.scriptAhead() {
		p.pos++
		alias = p.identOf(t)
	}
	if !alias.empty() && p.atOp('(') && !p.hintAhead() {
		cols, _ = p.identList()
	}
	return alias, cols
}

// asOf reports whether AS begins AS OF …, a point in time.
func (p *parser) asOf() bool {
	return p.peekWord(1) == kOf && (p.peekWord(2) == kTimestamp || p.tokenIs(2, "scn") || p.tokenIs(2, "system"))
}

// clauseWord reports whether the word at the cursor begins what may follow an
// alias, and so is none itself.
func (p *parser) clauseWord(w word) bool {
	next := p.peek(1)
	switch w {
	case noWord:
		return false
	case kFrom, kWhere, kHaving, kUnion, kIntersect, kExcept, kOn, kUsing, kJoin, kInner, kLeft, kRight, kFull, kCross, kNatural, kSelect,
		kWhen, kThen, kElse, kEnd, kAnd, kOr, kNot, kAs, kInto, kIn, kIs, kLike, kBetween, kCase, kWith, kFor, kReturning, kSet, kXor, kDistinct:
		return true
	case kGroup, kOrder:
		return next.word == kBy || next.word == kAnd && p.dashNames || next.word == kSiblings || next.word == kAll
	case kCluster, kDistribute, kSort, kConnect:
		return next.word == kBy
	case kPartition:
		return next.is('(') || next.word == kBy
	case kMinus:
		return next.word == kSelect || next.is('(') || next.word == kAll || next.word == kDistinct
	case kLimit, kQualify, kPrewhere, kFetch:
		return !next.is(',') && !next.is(')')
	case kWindow:
		return next.name() && p.peekWord(2) == kAs
	case kOffset:
		return next.kind == tNumber || next.kind == tParam || next.is(':') || next.is('(') || next.kind == tTemplate || next.kind == tWord
	case kLateral:
		return next.word == kView || next.is('(') || next.name()
	case kTablesample:
		return p.sampleAhead()
	case kPivot, kUnpivot, kSample, kMatchRecognize, kMatchCondition, kChanges, kOption:
		return next.is('(') || next.kind == tNumber || next.word == kSystem || next.word == kBernoulli || next.word == kInclude || next.word == kExclude || next.word == kRow
	case kStart, kVersion:
		return next.word == kWith || next.word == kAs
	case kTimestamp:
		return next.word == kAs && p.peekWord(2) == kOf
	case kGlobal:
		return p.joinAhead() || next.word == kIn || next.word == kNot
	case kSemi, kAnti, kAsof, kPositional, kAny, kAll, kArray, kOuter, kPaste:
		return p.joinAhead()
	case kStraightJoin, kApply:
		return true
	case kForce, kUse, kIgnore:
		return next.word == kIndex || next.word == kKey
	case kAt, kBefore:
		return next.is('(') || next.word == kSystemTime || w == kAt && p.impliedUnnest && next.kind == tWord && next.word == noWord
	case kIndexed:
		return next.word == kBy
	case kFinal:
		return p.braceParams
	case kSettings, kFormat:
		return p.braceParams && next.name()
	case kWithin, kWithout:
		return next.word == kGroup
	case kLock:
		return next.word == kIn
	case kValues, kInsert, kUpdate, kDelete, kMerge:
		return next.name() || next.is('(') || next.word == kFrom
	case kGo, kOutput:
		return p.optionalSemi
	case kLog:
		return p.tokenIs(1, "errors")
	}
	return false
}
