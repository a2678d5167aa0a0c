package sqllineage

// Outcome says how much of a statement was understood.
type Outcome string

// The outcomes, from best to worst.
const (
	Parsed  Outcome = "parsed"  // all of it understood
	Partial Outcome = "partial" // tables right, some columns unknown; Reason says why
	Failed  Outcome = "failed"  // tables not trustworthy; Reason has line, column and the offending words
	Skipped Outcome = "skipped" // no data flow by nature: SET, GRANT, BEGIN
)

// Kind is what a statement does.
type Kind string

// The kinds of statements.
const (
	KindSelect                 Kind = "SELECT"
	KindInsert                 Kind = "INSERT"
	KindInsertOverwrite        Kind = "INSERT_OVERWRITE"
	KindCreateTableAs          Kind = "CREATE_TABLE_AS"
	KindCreateView             Kind = "CREATE_VIEW"
	KindCreateMaterializedView Kind = "CREATE_MATERIALIZED_VIEW"
	KindCreateTable            Kind = "CREATE_TABLE"
	KindMerge                  Kind = "MERGE"
	KindUpdate                 Kind = "UPDATE"
	KindDelete                 Kind = "DELETE"
	KindCopy                   Kind = "COPY"
	KindUnload                 Kind = "UNLOAD"
	KindClone                  Kind = "CLONE"
	KindRename                 Kind = "RENAME"
	KindDrop                   Kind = "DROP"
	KindTruncate               Kind = "TRUNCATE"
	KindAlter                  Kind = "ALTER"
	KindCall                   Kind = "CALL"
	KindCreateProcedure        Kind = "CREATE_PROCEDURE"
	KindOther                  Kind = "OTHER"
)

// Type tells a value that flows into a column from one that only steers it.
type Type string

// The two types of OpenLineage.
const (
	Direct   Type = "DIRECT"
	Indirect Type = "INDIRECT"
)

// Subtype is how an input column takes part.
type Subtype string

// The subtypes of OpenLineage; the first three are Direct, the others Indirect.
const (
	Identity       Subtype = "IDENTITY"
	Transformation Subtype = "TRANSFORMATION"
	Aggregation    Subtype = "AGGREGATION"
	Join           Subtype = "JOIN"
	GroupBy        Subtype = "GROUP_BY"
	Filter         Subtype = "FILTER"
	Sort           Subtype = "SORT"
	Window         Subtype = "WINDOW"
	Conditional    Subtype = "CONDITIONAL"
)

// Script is the answer for one request: its statements in order, and the view
// of the request as a whole, in which temporary tables are flattened out.
type Script struct {
	Statements []Statement    `json:"statements"`
	Inputs     []string       `json:"inputs"`
	Outputs    []string       `json:"outputs"`
	Columns    []OutputColumn `json:"columns"`
	Outcome    Outcome        `json:"outcome"`
	Reason     string         `json:"reason,omitempty"`
	// Dialect is set when the request named none and one was detected.
	Dialect     Dialect      `json:"dialect,omitempty"`
	Diagnostics []Diagnostic `json:"diagnostics,omitempty"`
}

// Statement is what one statement does. Start and End are byte offsets into
// the request's text.
type Statement struct {
	Index   int            `json:"index"`
	Start   int            `json:"start"`
	End     int            `json:"end"`
	Kind    Kind           `json:"kind"`
	Outcome Outcome        `json:"outcome"`
	Reason  string         `json:"reason"`
	Inputs  []string       `json:"inputs"`
	Outputs []string       `json:"outputs"`
	Columns []OutputColumn `json:"columns"`
	Reads   []Read         `json:"reads"`
	// Joins are the column pairs that the statement joins by equality.
	Joins       []JoinPair   `json:"joins,omitempty"`
	Diagnostics []Diagnostic `json:"diagnostics,omitempty"`
	// Parent is the index of the CREATE PROCEDURE whose body holds the statement.
	Parent      *int   `json:"parent,omitempty"`
	Fingerprint string `json:"fingerprint,omitempty"`
}

// OutputColumn is one column that a statement writes or returns, with
// everything that flows into it. A constant has no Inputs.
type OutputColumn struct {
	Output     ColumnRef `json:"output"`
	Expression string    `json:"expression"`
	Inputs     []Input   `json:"inputs"`
	// Start and End are the span of Expression in the request's text.
	Start int `json:"start"`
	End   int `json:"end"`
}

// ColumnRef names an output column. Table is nil for a bare SELECT.
type ColumnRef struct {
	Table  *string `json:"table"`
	Column string  `json:"column"`
}

// Input is one source column of an output column. Column is "*" where a star
// could not be expanded for want of a schema.
type Input struct {
	Table   string  `json:"table"`
	Column  string  `json:"column"`
	Type    Type    `json:"type"`
	Subtype Subtype `json:"subtype"`
	Masking bool    `json:"masking"`
	// Path is what is read below the column, for structs, arrays and JSON.
	Path string `json:"path,omitempty"`
	// Candidate marks one of several columns that an unqualified name may mean.
	Candidate bool `json:"candidate,omitempty"`
}

// Read is one input column with every way in which the statement reads it.
type Read struct {
	Table    string    `json:"table"`
	Column   string    `json:"column"`
	Subtypes []Subtype `json:"subtypes"`
}

// JoinPair is a pair of columns compared for equality in a join.
type JoinPair struct {
	Left  TableColumn `json:"left"`
	Right TableColumn `json:"right"`
}

// TableColumn names a column of a table.
type TableColumn struct {
	Table  string `json:"table"`
	Column string `json:"column"`
}

// Severity grades a Diagnostic.
type Severity string

// The severities. An Info costs nothing, a Warning may cost columns, an Error
// costs the statement.
const (
	Info    Severity = "info"
	Warning Severity = "warning"
	Error   Severity = "error"
)

// Code is what a Diagnostic is about. The list is closed.
type Code string

// The codes.
const (
	UnknownStatement Code = "unknown_statement"
	UnknownClause    Code = "unknown_clause"
	UnknownColumn    Code = "unknown_column"
	AmbiguousColumn  Code = "ambiguous_column"
	StarUnknown      Code = "star_unknown"
	OpaqueFunction   Code = "opaque_function"
	DynamicSQL       Code = "dynamic_sql"
	DynamicColumns   Code = "dynamic_columns"
	PlaceholderName  Code = "placeholder_name"
	Template         Code = "template"
	Truncated        Code = "truncated"
	Unbalanced       Code = "unbalanced"
	ArityMismatch    Code = "arity_mismatch"
	DialectGuess     Code = "dialect_guess"
	SecondOpinion    Code = "second_opinion"
	DepthLimit       Code = "depth_limit"
	StepLimit        Code = "step_limit"
	EdgeLimit        Code = "edge_limit"
	ColumnLimit      Code = "column_limit"
	SizeLimit        Code = "size_limit"
	InternalError    Code = "internal"
)

// Diagnostic tells what was not understood, and where. Words quotes
// identifiers and keywords, never literals.
type Diagnostic struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	Start    int      `json:"start"`
	End      int      `json:"end"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Words    string   `json:"words,omitempty"`
}

// Span is a half-open range of byte offsets.
type Span struct{ Start, End int }

// Guess is a dialect that a text may be written in; a higher Score is likelier.
type Guess struct {
	Dialect Dialect
	Score   int
}
