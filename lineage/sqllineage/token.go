package sqllineage

// tokenKind is the coarse class of a token.
type tokenKind uint8

const (
	tEOF      tokenKind = iota
	tWord               // unquoted word, keyword or not
	tQuoted             // quoted identifier
	tString             // string, also hex, bit, national, raw and dollar-quoted ones
	tNumber             //
	tParam              // ? $1 @x @@x :x %(x)s: a value that the text does not show
	tStage              // @stage/path
	tTemplate           // {{ … }}
	tOp                 // operator or punctuation; token.op tells which
)

// Flags of a token.
const (
	flagSpace       uint8 = 1 << iota // space or a comment stands before it
	flagNewline                       // it is the first token of its line
	flagUnclosed                      // the text ends inside it
	flagEscaped                       // a quoted text with escapes or doubled quotes
	flagPlaceholder                   // a word with ${…} or {{…}} inside
	flagBackslash                     // a string in which \ escapes
)

// token is a piece of the text. It holds offsets, never text.
type token struct {
	kind  tokenKind
	flags uint8
	op    op   // of a tOp
	word  word // of a tWord
	start int32
	end   int32
}

// op is an operator: the byte itself for punctuation of one byte, one of the
// constants for the longer ones that matter to lineage.
type op uint8

const (
	opCast      op = 128 + iota // ::
	opArrow                     // ->
	opLongArrow                 // ->> #> #>>
	opFat                       // =>
	opAssign                    // :=
	opConcat                    // ||
	opCompare                   // <> != <= >= == <=> ~ @> and other binary operators
	opRange                     // ..
	opQDot                      // ?. and ?::, which some write for . and ::
	opStars                     // **
	opPipe                      // |>
)

// at reports whether the token is the one-byte operator c.
func (t token) is(o op) bool { return t.kind == tOp && t.op == o }

// name reports whether the token can be an identifier.
func (t token) name() bool { return t.kind == tWord || t.kind == tQuoted }

// lower maps ASCII upper case to lower case and every other byte to itself.
var lower = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()

// byteClass sorts bytes for the tokenizer.
type byteClass uint8

const (
	classOther byteClass = iota
	classSpace
	classWord  // begins a word
	classDigit // continues a word, begins a number
	classOp
	classQuote
)

var classOf = func() (t [256]byteClass) {
	for i := range t {
		c := byte(i)
		switch {
		case c == ' ' || '\t' <= c && c <= '\r':
			t[i] = classSpace
		case '0' <= c && c <= '9':
			t[i] = classDigit
		case 'a' <= lower[c] && lower[c] <= 'z' || c == '_' || c >= 0x80:
			t[i] = classWord
		case c == '\'' || c == '"' || c == '`':
			t[i] = classQuote
		case c > ' ' && c < 0x7f:
			t[i] = classOp
		}
	}
	return t
}()

func isWordByte(c byte) bool { return classOf[c] == classWord || classOf[c] == classDigit }
