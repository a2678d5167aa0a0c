package sqllineage

import "strings"

// word is the number of a keyword, or noWord for any other word. What a keyword
// means depends on where it stands; none is reserved as such.
type word uint16

// The keywords, in the order of spellings.
const (
	noWord word = iota
	kAdd
	kAfter
	kAll
	kAlter
	kAnalyze
	kAnd
	kAnti
	kAny
	kApply
	kArray
	kAs
	kAsc
	kAsof
	kAt
	kAttach
	kBackup
	kBefore
	kBegin
	kBernoulli
	kBetween
	kBinary
	kBlock
	kBody
	kBoth
	kBreak
	kBy
	kCache
	kCall
	kCase
	kCast
	kCatalog
	kCatch
	kChanges
	kCheck
	kClone
	kClose
	kCluster
	kCollate
	kComment
	kCommit
	kConflict
	kConnect
	kConnectByRoot
	kConstraint
	kContinue
	kConvert
	kCopy
	kCreate
	kCross
	kCube
	kCurrent
	kCurrentDate
	kCurrentTime
	kCurrentTimestamp
	kCurrentUser
	kCursor
	kCycle
	kData
	kDatabase
	kDate
	kDatetime
	kDeallocate
	kDeclare
	kDefault
	kDelayed
	kDelete
	kDelimiter
	kDeny
	kDesc
	kDescribe
	kDetach
	kDirectory
	kDistinct
	kDistribute
	kDiv
	kDo
	kDrop
	kDumpfile
	kDuplicate
	kEach
	kElse
	kElseif
	kElsif
	kEmpty
	kEnd
	kError
	kEscape
	kExcept
	kException
	kExchange
	kExclude
	kExec
	kExecute
	kExists
	kExit
	kExplain
	kExport
	kExternal
	kExtract
	kFalse
	kFetch
	kFiles
	kFilter
	kFinal
	kFirst
	kFor
	kForce
	kForeign
	kFormat
	kFrom
	kFull
	kFulltext
	kFunction
	kGet
	kGlob
	kGlobal
	kGo
	kGoto
	kGrant
	kGroup
	kGrouping
	kGroups
	kHandler
	kHaving
	kHighPriority
	kIdentified
	kIdentifier
	kIf
	kIgnore
	kIlike
	kImmediate
	kIn
	kInclude
	kIndex
	kIndexed
	kInner
	kInout
	kInsert
	kInstead
	kIntersect
	kInterval
	kInto
	kIs
	kIsnull
	kIterate
	kJoin
	kJson
	kKeep
	kKey
	kKill
	kLanguage
	kLast
	kLateral
	kLeading
	kLeave
	kLeft
	kLike
	kLimit
	kList
	kLoad
	kLocal
	kLocaltime
	kLocaltimestamp
	kLocation
	kLock
	kLog
	kLoop
	kLowPriority
	kMap
	kMatch
	kMatchCondition
	kMatchRecognize
	kMatched
	kMaterialized
	kMerge
	kMinus
	kMod
	kModel
	kName
	kNatural
	kNested
	kNext
	kNo
	kNocycle
	kNot
	kNothing
	kNotify
	kNotnull
	kNull
	kNulls
	kOf
	kOffset
	kOn
	kOnly
	kOpen
	kOperator
	kOptimize
	kOption
	kOptions
	kOr
	kOrder
	kOrdinality
	kOut
	kOuter
	kOutfile
	kOutput
	kOver
	kOverlaps
	kOverwrite
	kPackage
	kPartition
	kPaste
	kPercent
	kPivot
	kPosition
	kPositional
	kPragma
	kPrecision
	kPrepare
	kPrewhere
	kPrimary
	kPrior
	kPrivate
	kProc
	kProcedure
	kProjection
	kPurge
	kPut
	kQualify
	kQuery
	kQuick
	kRaise
	kRange
	kRead
	kRecursive
	kRef
	kRefresh
	kRegexp
	kRename
	kRepair
	kRepeat
	kRepeatable
	kReplace
	kRespect
	kRestore
	kReturn
	kReturning
	kRevoke
	kRight
	kRlike
	kRole
	kRollback
	kRollup
	kRow
	kRownum
	kRows
	kSafeCast
	kSample
	kSavepoint
	kSchema
	kSearch
	kSecure
	kSecurity
	kSelect
	kSemi
	kSeparator
	kSerdeproperties
	kSession
	kSessionUser
	kSet
	kSets
	kSettings
	kShare
	kShow
	kSiblings
	kSignal
	kSimilar
	kSnapshot
	kSome
	kSort
	kSounds
	kSource
	kStart
	kStep
	kStraightJoin
	kSummarize
	kSwap
	kSysdate
	kSystem
	kSystemTime
	kSystemUser
	kSystimestamp
	kTable
	kTables
	kTablesample
	kTask
	kTemp
	kTemporary
	kThen
	kThrow
	kTies
	kTime
	kTimestamp
	kTo
	kTop
	kTotals
	kTrailing
	kTran
	kTransaction
	kTransient
	kTrigger
	kTrue
	kTruncate
	kTry
	kTryCast
	kUncache
	kUndrop
	kUnion
	kUnique
	kUnknown
	kUnload
	kUnlock
	kUnlogged
	kUnnest
	kUnpivot
	kUnset
	kUntil
	kUpdate
	kUpsert
	kUse
	kUsing
	kVacuum
	kValue
	kValues
	kVariable
	kVariadic
	kVarying
	kVersion
	kView
	kWaitfor
	kWarehouse
	kWhen
	kWhere
	kWhile
	kWindow
	kWith
	kWithin
	kWithout
	kWork
	kXor
	kZone
)

const spellings = `
add after all alter analyze and anti any apply array as asc asof at attach backup before begin bernoulli
between binary block body both break by cache call case cast catalog catch changes check clone close cluster
collate comment commit conflict connect connect_by_root constraint continue convert copy create cross cube
current current_date current_time current_timestamp current_user cursor cycle data database date datetime
deallocate declare default delayed delete delimiter deny desc describe detach directory distinct distribute
div do drop dumpfile duplicate each else elseif elsif empty end error escape except exception exchange exclude
exec execute exists exit explain export external extract false fetch files filter final first for force
foreign format from full fulltext function get glob global go goto grant group grouping groups handler having
high_priority identified identifier if ignore ilike immediate in include index indexed inner inout insert
instead intersect interval into is isnull iterate join json keep key kill language last lateral leading leave
left like limit list load local localtime localtimestamp location lock log loop low_priority map match
match_condition match_recognize matched materialized merge minus mod model name natural nested next no nocycle
not nothing notify notnull null nulls of offset on only open operator optimize option options or order
ordinality out outer outfile output over overlaps overwrite package partition paste percent pivot position
positional pragma precision prepare prewhere primary prior private proc procedure projection purge put qualify
query quick raise range read recursive ref refresh regexp rename repair repeat repeatable replace respect
restore return returning revoke right rlike role rollback rollup row rownum rows safe_cast sample savepoint
schema search secure security select semi separator serdeproperties session session_user set sets settings
share show siblings signal similar snapshot some sort sounds source start step straight_join summarize swap
sysdate system system_time system_user systimestamp table tables tablesample task temp temporary then throw
ties time timestamp to top totals trailing tran transaction transient trigger true truncate try try_cast
uncache undrop union unique unknown unload unlock unlogged unnest unpivot unset until update upsert use using
vacuum value values variable variadic varying version view waitfor warehouse when where while window with
within without work xor zone`

// spelling lists the keywords by number.
var spelling = append([]string{""}, strings.Fields(spellings)...)

// keywords is an open-addressed hash table from spelling to number. It is at
// most a quarter full, so that a lookup is one probe in nearly every case.
var keywords = func() (table [2048]word) {
	for i, s := range spelling[1:] {
		slot := wordHash(s) % uint32(len(table))
		for table[slot] != noWord {
			slot = (slot + 1) % uint32(len(table))
		}
		table[slot] = word(i + 1)
	}
	return table
}()

// wordHash is FNV-1a over the lower-cased bytes.
func wordHash(s string) uint32 {
	h := uint32(hashStart)
	for i := range len(s) {
		h = hashByte(h, s[i])
	}
	return h
}

const hashStart = 2166136261

func hashByte(h uint32, c byte) uint32 { return (h ^ uint32(lower[c])) * 16777619 }

// keyword finds the number of s, whose wordHash is h.
func keyword(s string, h uint32) word {
	for slot := h % uint32(len(keywords)); keywords[slot] != noWord; slot = (slot + 1) % uint32(len(keywords)) {
		if k := keywords[slot]; equalFold(spelling[k], s) {
			return k
		}
	}
	return noWord
}

// equalFold compares a lower-case word with s, ignoring ASCII letter case.
func equalFold(low, s string) bool {
	if len(low) != len(s) {
		return false
	}
	for i := range len(low) {
		if low[i] != lower[s[i]] {
			return false
		}
	}
	return true
}
