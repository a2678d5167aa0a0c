package sqllineage

import (
	"encoding/binary"
	"encoding/hex"
)

// Hash identifies a statement up to literals, white space, the length of
// lists of literals and the letter case of keywords.
type Hash [16]byte

// String is the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Fingerprint is the stable hash of the redacted statement.
func Fingerprint(d Dialect, sql string) Hash {
	t := traitsOf(d)
	tokens, _ := lex(t, sql, nil, maxTokens)
	return fingerprintTokens(t, sql, tokens[:len(tokens)-1])
}

// hasher is two lanes of FNV-1a with different starts.
type hasher struct{ a, b uint64 }

func (h *hasher) byte(c byte) {
	h.a = (h.a ^ uint64(c)) * 1099511628211
	h.b = (h.b ^ uint64(c)) * 0x9E3779B97F4A7C15
	h.b ^= h.b >> 29
}

func (h *hasher) sum() (out Hash) {
	binary.BigEndian.PutUint64(out[:8], h.a)
	binary.BigEndian.PutUint64(out[8:], h.b)
	return out
}

// fingerprintTokens hashes the redacted form of tokens, where a list of
// literals counts as one literal and rows of them as one row.
func fingerprintTokens(t *traits, sql string, tokens []token) Hash {
	rd := redactor{traits: t, sql: sql, tokens: tokens, collapse: true}
	return rd.hash()
}

func (rd *redactor) hash() Hash {
	h := hasher{14695981039346656037, 1099511628211}
	t, sql := rd.traits, rd.sql
	for _, p := range rd.pieces() {
		switch p.kind {
		case pieceLiteral:
			h.byte('?')
		case pieceTemplate:
			h.byte('{')
		default:
			fold := p.kind == pieceWord && (t.columns != foldNone && t.tables != foldNone || p.keyword)
			for i := p.start; i < p.end; i++ {
				c := sql[i]
				if fold {
					c = lower[c]
				}
				h.byte(c)
			}
		}
		h.byte(0)
	}
	return h.sum()
}
