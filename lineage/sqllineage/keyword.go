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
	kAlways
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
	kAuthorization
	kAvro
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
	kBucket
	kBuckets
	kBy
	kCache
	kCall
	kCascade
	kCase
	kCast
	kCatalog
	kCatch
	kChanges
	kCheck
	kClone
	kClose
	kCluster
	kClustered
	kCollate
	kColumn
	kColumns
	kComment
	kComments
	kCommit
	kCompute
	kConcurrently
	kConflict
	kConnect
	kConnectByRoot
	kConnection
	kConstraint
	kContinue
	kConvert
	kCopy
	kCreate
	kCross
	kCsv
	kCube
	kCurrent
	kCurrentDate
	kCurrentRow
	kCurrentTime
	kCurrentTimestamp
	kCurrentUser
	kCursor
	kCycle
	kData
	kDatabase
	kDatabases
	kDate
	kDatetime
	kDeallocate
	kDeclare
	kDeep
	kDefault
	kDefer
	kDeferrable
	kDelayed
	kDelete
	kDeleteAll
	kDelimiter
	kDelta
	kDeny
	kDesc
	kDescribe
	kDetach
	kDictionary
	kDirectory
	kDisable
	kDistinct
	kDistribute
	kDiv
	kDo
	kDouble
	kDrop
	kDumpfile
	kDuplicate
	kEach
	kElements
	kElif
	kElse
	kElseif
	kElsif
	kEmpty
	kEnable
	kEncode
	kEnd
	kEnds
	kEngine
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
	kExtend
	kExternal
	kExtract
	kFalse
	kFetch
	kFields
	kFile
	kFiles
	kFilter
	kFinal
	kFirst
	kFlashback
	kFlatten
	kFollow
	kFollowing
	kFor
	kForce
	kForeign
	kFormat
	kFrom
	kFull
	kFulltext
	kFunction
	kFunctions
	kGenerated
	kGet
	kGetdate
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
	kIdentity
	kIf
	kIgnore
	kIlike
	kImmediate
	kImmutable
	kIn
	kInclude
	kIncrement
	kIndex
	kIndexed
	kInherits
	kInner
	kInout
	kInplace
	kInput
	kInsert
	kInstall
	kInstead
	kIntersect
	kInterval
	kInto
	kIs
	kIsnull
	kIterate
	kJoin
	kJson
	kJsonTable
	kKeep
	kKey
	kKeys
	kKill
	kLabel
	kLanguage
	kLast
	kLateral
	kLeading
	kLeave
	kLeft
	kLet
	kLevel
	kLike
	kLimit
	kLines
	kList
	kLoad
	kLocal
	kLocaltime
	kLocaltimestamp
	kLocation
	kLock
	kLocked
	kLog
	kLogged
	kLoop
	kLowPriority
	kMacro
	kMap
	kMasking
	kMatch
	kMatchCondition
	kMatchRecognize
	kMatched
	kMaterialize
	kMaterialized
	kMerge
	kMinus
	kMod
	kModel
	kMove
	kName
	kNatural
	kNested
	kNext
	kNo
	kNoLog
	kNocycle
	kNolock
	kNonclustered
	kNone
	kNot
	kNothing
	kNotify
	kNotnull
	kNowait
	kNull
	kNulls
	kOf
	kOff
	kOffset
	kOids
	kOn
	kOnly
	kOpen
	kOpenjson
	kOperator
	kOptimize
	kOption
	kOptions
	kOr
	kOrc
	kOrder
	kOrdinality
	kOut
	kOuter
	kOutfile
	kOutput
	kOver
	kOverlaps
	kOverlay
	kOverride
	kOverwrite
	kOverwriting
	kPackage
	kParallel
	kParquet
	kPartition
	kPartitioned
	kPartitions
	kPaste
	kPercent
	kPerform
	kPermanent
	kPermissive
	kPivot
	kPlacing
	kPolicy
	kPopulate
	kPosition
	kPositional
	kPragma
	kPreceding
	kPrecision
	kPrepare
	kPrewhere
	kPrimary
	kPrint
	kPrior
	kPrivate
	kProc
	kProcedure
	kProjection
	kProperties
	kPublic
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
	kReferences
	kRefresh
	kRegexp
	kRename
	kRepair
	kRepeat
	kRepeatable
	kReplace
	kReplication
	kResource
	kRespect
	kRestart
	kRestore
	kRestrict
	kReturn
	kReturning
	kReturns
	kRevoke
	kRight
	kRlike
	kRlock
	kRole
	kRollback
	kRollup
	kRow
	kRownum
	kRows
	kRowtype
	kSafeCast
	kSample
	kSave
	kSavepoint
	kSchema
	kSchemas
	kScroll
	kSearch
	kSecure
	kSecurity
	kSelect
	kSemi
	kSeparator
	kSequence
	kSerde
	kSerdeproperties
	kSession
	kSessionUser
	kSet
	kSetof
	kSets
	kSettings
	kShallow
	kShare
	kSharing
	kShow
	kSiblings
	kSignal
	kSimilar
	kSingle
	kSkip
	kSnapshot
	kSome
	kSort
	kSounds
	kSource
	kStage
	kStart
	kStatement
	kStatistics
	kStep
	kStorage
	kStored
	kStraightJoin
	kStrict
	kStruct
	kSummarize
	kSwap
	kSynonym
	kSysdate
	kSystem
	kSystemTime
	kSystemUser
	kSystimestamp
	kTable
	kTables
	kTablesample
	kTag
	kTask
	kTblproperties
	kTemp
	kTemporary
	kTerminated
	kText
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
	kTrim
	kTrue
	kTruncate
	kTry
	kTryCast
	kTtl
	kType
	kUnbounded
	kUncache
	kUndrop
	kUnion
	kUnique
	kUnknown
	kUnload
	kUnlock
	kUnlogged
	kUnnest
	kUnnestOrdinality
	kUnpivot
	kUnresolved
	kUnset
	kUntil
	kUpdate
	kUpsert
	kUsage
	kUse
	kUser
	kUsing
	kVacuum
	kValue
	kValues
	kVariable
	kVariadic
	kVarying
	kVersion
	kView
	kVirtual
	kVolatile
	kWait
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
	kXmltable
	kXor
	kZone
)

const spellings = `
add after all alter always analyze and anti any apply array as asc asof at attach authorization avro backup
before begin bernoulli between binary block body both break bucket buckets by cache call cascade case cast
catalog catch changes check clone close cluster clustered collate column columns comment comments commit
compute concurrently conflict connect connect_by_root connection constraint continue convert copy create cross
csv cube current current_date current_row current_time current_timestamp current_user cursor cycle data
database databases date datetime deallocate declare deep default defer deferrable delayed delete delete_all
delimiter delta deny desc describe detach dictionary directory disable distinct distribute div do double drop
dumpfile duplicate each elements elif else elseif elsif empty enable encode end ends engine error escape
except exception exchange exclude exec execute exists exit explain export extend external extract false fetch
fields file files filter final first flashback flatten follow following for force foreign format from full
fulltext function functions generated get getdate glob global go goto grant group grouping groups handler
having high_priority identified identifier identity if ignore ilike immediate immutable in include increment
index indexed inherits inner inout inplace input insert install instead intersect interval into is isnull
iterate join json json_table keep key keys kill label language last lateral leading leave left let level like
limit lines list load local localtime localtimestamp location lock locked log logged loop low_priority macro
map masking match match_condition match_recognize matched materialize materialized merge minus mod model move
name natural nested next no no_log nocycle nolock nonclustered none not nothing notify notnull nowait null
nulls of off offset oids on only open openjson operator optimize option options or orc order ordinality out
outer outfile output over overlaps overlay override overwrite overwriting package parallel parquet partition
partitioned partitions paste percent perform permanent permissive pivot placing policy populate position
positional pragma preceding precision prepare prewhere primary print prior private proc procedure projection
properties public purge put qualify query quick raise range read recursive ref references refresh regexp
rename repair repeat repeatable replace replication resource respect restart restore restrict return returning
returns revoke right rlike rlock role rollback rollup row rownum rows rowtype safe_cast sample save savepoint
schema schemas scroll search secure security select semi separator sequence serde serdeproperties session
session_user set setof sets settings shallow share sharing show siblings signal similar single skip snapshot
some sort sounds source stage start statement statistics step storage stored straight_join strict struct
summarize swap synonym sysdate system system_time system_user systimestamp table tables tablesample tag task
tblproperties temp temporary terminated text then throw ties time timestamp to top totals trailing tran
transaction transient trigger trim true truncate try try_cast ttl type unbounded uncache undrop union unique
unknown unload unlock unlogged unnest unnest_ordinality unpivot unresolved unset until update upsert usage use
user using vacuum value values variable variadic varying version view virtual volatile wait waitfor warehouse
when where while window with within without work xmltable xor zone`

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
