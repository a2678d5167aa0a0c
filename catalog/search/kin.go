package search

import "context"

// A word of a question that no document has is taken for its kin: words that begin
// with its first two thirds, at least four letters, and are not much longer.
const (
	kinLetters = 5 // shorter words have no kin, only namesakes
	kinBegins  = 4
	kinLonger  = 4
	mostKin    = 4
)

// kin widens unknown words of a question, nationality to nation, and says whether it
// found any. In short queries a slip of the keyboard is likelier; near.go tries that.
func (f *finder) kin(ctx context.Context) (any bool, err error) {
	v, ok := f.s.index.(Vocabulary)
	if !ok {
		return false, nil
	}
	for i := range f.words {
		w := &f.words[i]
		stem := w.Variants[0].Stems[0]
		if len(stem) < kinLetters || !isASCII(stem) || isNumber(stem) || w.group().Frequency(&f.found) > 0 {
			continue
		}
		list, err := v.Completions(ctx, stem[:max(kinBegins, len(stem)*2/3)], mostKin)
		if err != nil {
			return false, err
		}
		for _, s := range list {
			if len(s) <= len(stem)+kinLonger {
				w.add(variant(howKin, factorKin, s))
				any = true
			}
		}
	}
	return any, nil
}
