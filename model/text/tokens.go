// SPDX-License-Identifier: Apache-2.0

package text

import (
	"unicode"
	"unicode/utf8"
)

// Kind is the class of characters that a token consists of.
type Kind uint8

// The kinds of token.
const (
	// Word is letters, with apostrophes between letters ("don't", "O'Neill").
	Word Kind = iota + 1
	// Number is decimal digits only.
	Number
	// Mixed is letters and digits in one run ("B12", "2nd").
	Mixed
	// Punct is one punctuation character; a hyphen between words is one too.
	Punct
	// Symbol is any one other visible character.
	Symbol
)

// Token is one token; its offsets are into the string that was tokenised.
type Token struct {
	Span
	Kind Kind
}

// Tokens splits s. White space, control and format characters are in no
// token; every other character is in exactly one.
func Tokens(s string) []Token { return AppendTokens(nil, s) }

const (
	runeSpace uint8 = iota
	runeLetter
	runeDigit
	runePunct
	runeSymbol
	runeQuote // an apostrophe, which may stand inside a word
)

var asciiRune = func() (t [128]uint8) {
	for c := range t {
		switch r := rune(c); {
		case r == '\'':
			t[c] = runeQuote
		case unicode.IsLetter(r):
			t[c] = runeLetter
		case unicode.IsDigit(r):
			t[c] = runeDigit
		case unicode.IsPunct(r):
			t[c] = runePunct
		case r > ' ' && r < 0x7f:
			t[c] = runeSymbol
		}
	}
	return t
}()

func classOf(r rune) uint8 {
	switch {
	case r < utf8.RuneSelf:
		return asciiRune[r]
	case r == '’' || r == 'ʼ':
		return runeQuote
	case unicode.IsLetter(r), unicode.Is(unicode.M, r):
		return runeLetter
	case unicode.IsDigit(r):
		return runeDigit
	case unicode.IsPunct(r):
		return runePunct
	case unicode.IsSpace(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r):
		return runeSpace
	}
	return runeSymbol
}

// AppendTokens appends the tokens of s to dst.
func AppendTokens(dst []Token, s string) []Token {
	i := 0
	for i < len(s) {
		class, size := classAt(s, i)
		switch class {
		case runeSpace:
			i += size
		case runeLetter, runeDigit:
			j, kind := wordEndAt(s, i)
			dst = append(dst, Token{Span{i, j}, kind})
			i = j
		case runePunct, runeQuote:
			dst = append(dst, Token{Span{i, i + size}, Punct})
			i += size
		default:
			dst = append(dst, Token{Span{i, i + size}, Symbol})
			i += size
		}
	}
	return dst
}

func classAt(s string, i int) (class uint8, size int) {
	if c := s[i]; c < utf8.RuneSelf {
		return asciiRune[c], 1
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	return classOf(r), size
}

// wordEndAt is the end of the word or number that begins at i.
func wordEndAt(s string, i int) (int, Kind) {
	letters, digits := false, false
	last := runeSpace
	for i < len(s) {
		class, size := classAt(s, i)
		switch class {
		case runeLetter:
			letters = true
		case runeDigit:
			digits = true
		case runeQuote:
			if last != runeLetter || i+size >= len(s) {
				return i, kindOf(letters, digits)
			}
			if next, _ := classAt(s, i+size); next != runeLetter {
				return i, kindOf(letters, digits)
			}
		default:
			return i, kindOf(letters, digits)
		}
		last = class
		i += size
	}
	return i, kindOf(letters, digits)
}

func kindOf(letters, digits bool) Kind {
	switch {
	case letters && digits:
		return Mixed
	case digits:
		return Number
	}
	return Word
}
