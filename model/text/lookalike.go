// SPDX-License-Identifier: Apache-2.0

package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

const (
	scriptLatin uint8 = 1 << iota
	scriptCyrillic
	scriptGreek
	scriptOther
)

// plainReading gives the plain form of punctuation, spaces and digits.
func plainReading(r rune) (string, bool) {
	switch r {
	case '‘', '’', '‚', '‛', '′', 'ʼ', 'ʹ', '´', '‵', 'ˈ', 'ʻ', 'ʽ', '＇', '｀', '՚', '׳':
		return "'", true
	case '“', '”', '„', '‟', '″', '«', '»', '＂', '״', '‶':
		return `"`, true
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹘', '﹣', '－', '⁃', '⸺', '⸻', '˗':
		return "-", true
	case '…':
		return "...", true
	case 'ß':
		return "ss", true
	case 'ẞ':
		return "SS", true
	case '\u0085', '\u2028', '\u2029':
		return "\n", true
	case '。', '．', '｡', '․':
		return ".", true
	}
	if unicode.Is(unicode.Zs, r) {
		return " ", true
	}
	if r >= 0x660 && unicode.Is(unicode.Nd, r) {
		return string('0' + digitValue(r)), true
	}
	return "", false
}

// digitValue is the value of a decimal digit of any script: in Unicode the ten
// digits of a set stand in order, so within a range of the table they repeat
// every ten.
func digitValue(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	return 0
}

// dropped reports characters that are not seen: format characters, variation
// selectors, fillers, controls.
func dropped(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u3164', '\uffa0', '\u17b4', '\u17b5', '\u2800':
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) ||
		r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef || r >= 0x180b && r <= 0x180d
}

// keptSymbol reports marks that would read as letters when decomposed.
func keptSymbol(r rune) bool { return r == '™' || r == '®' || r == '©' || r == '℠' || r == '℗' }

// baseLetter gives the plain Latin letter of one that does not decompose.
func baseLetter(r rune) (string, bool) {
	to, ok := baseLetters()[r]
	return to, ok
}

var baseLetters = sync.OnceValue(func() map[rune]string {
	return map[rune]string{
		'ø': "o", 'Ø': "O", 'ł': "l", 'Ł': "L", 'đ': "d", 'Đ': "D", 'ð': "d", 'Ð': "D", 'þ': "th", 'Þ': "Th",
		'æ': "ae", 'Æ': "AE", 'œ': "oe", 'Œ': "OE", 'ı': "i", 'ħ': "h", 'Ħ': "H", 'ŧ': "t", 'Ŧ': "T", 'ŋ': "n", 'Ŋ': "N",
		'ə': "e", 'Ə': "E", 'ɑ': "a", 'ɡ': "g", 'ɩ': "i", 'ɪ': "i", 'ʀ': "r", 'ʏ': "y", 'ɢ': "g", 'ʜ': "h", 'ʟ': "l", 'ɴ': "n",
		'ʙ': "b", 'ᴀ': "a", 'ᴄ': "c", 'ᴅ': "d", 'ᴇ': "e", 'ᴊ': "j", 'ᴋ': "k", 'ᴍ': "m", 'ᴏ': "o", 'ᴘ': "p", 'ᴛ': "t", 'ᴜ': "u",
		'ᴠ': "v", 'ᴡ': "w", 'ᴢ': "z", 'ꜰ': "f", 'ꜱ': "s", 'ƀ': "b", 'ɓ': "b", 'Ɓ': "B", 'ɗ': "d", 'Ɗ': "D", 'ƙ': "k", 'Ƙ': "K",
		'ɨ': "i", 'ʉ': "u", 'ƴ': "y", 'Ƴ': "Y", 'ɔ': "o", 'ɛ': "e",
	}
})

// lookalikeScript says of which script a letter is, and whether its lower case
// too is the image of a Latin letter.
func lookalikeScript(r rune) (script uint8, strict bool) {
	switch {
	case unicode.Is(unicode.Latin, r):
		return scriptLatin, true
	case unicode.Is(unicode.Cyrillic, r):
		script = scriptCyrillic
	case unicode.Is(unicode.Greek, r):
		script = scriptGreek
	default:
		script = scriptOther
	}
	return script, strings.ContainsRune(closedLookalikes, unicode.ToLower(r))
}

// closedLookalikes are read as the same Latin letter in upper case and in
// lower. A word made of them alone is read as Latin: whichever case it is
// written in, it is read alike, so that a real Cyrillic name is only spelt
// otherwise.
const closedLookalikes = "авекмнорстухіјѕһԁԛԝӏοιαρκτχεβ"

// exactLookalikes cannot be told from the Latin letter in most typefaces.
var exactLookalikes = sync.OnceValue(func() map[rune]rune {
	return map[rune]rune{
		'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i', 'ј': 'j', 'ѕ': 's', 'һ': 'h',
		'ԁ': 'd', 'ԛ': 'q', 'ԝ': 'w', 'ѵ': 'v', 'ӏ': 'l', 'ο': 'o', 'ν': 'v', 'ι': 'i', 'α': 'a', 'ρ': 'p', 'υ': 'u', 'օ': 'o',
	}
})

// otherLookalikes are read as Latin inside a word of mixed scripts only.
var otherLookalikes = sync.OnceValue(func() map[rune]rune {
	return map[rune]rune{
		'А': 'A', 'В': 'B', 'Е': 'E', 'К': 'K', 'М': 'M', 'Н': 'H', 'О': 'O', 'Р': 'P', 'С': 'C', 'Т': 'T', 'У': 'Y', 'Х': 'X',
		'І': 'I', 'Ј': 'J', 'Ѕ': 'S', 'Ԛ': 'Q', 'Ԝ': 'W', 'Ԍ': 'G', 'Һ': 'H', 'Ԁ': 'D', 'Ѵ': 'V', 'Ү': 'Y', 'Ӏ': 'L',
		'к': 'k', 'м': 'm', 'т': 't', 'н': 'h', 'в': 'b', 'г': 'r', 'п': 'n', 'и': 'u', 'ү': 'y', 'Г': 'r',
		'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': 'O', 'Ρ': 'P', 'Τ': 'T',
		'Υ': 'Y', 'Χ': 'X', 'β': 'b', 'ε': 'e', 'κ': 'k', 'τ': 't', 'χ': 'x', 'γ': 'y', 'η': 'n', 'ω': 'w', 'μ': 'u', 'σ': 'o',
		'ո': 'n', 'ս': 'u', 'հ': 'h', 'ց': 'g', 'Օ': 'O', 'Տ': 'S', 'Լ': 'L',
	}
})

// mapLookalikes reads every look-alike in s as Latin, rune for rune.
func mapLookalikes(s string, changed *bool) []rune {
	exact, other := exactLookalikes(), otherLookalikes()
	out := make([]rune, 0, utf8.RuneCountInString(s))
	for _, r := range s {
		to, ok := other[r]
		if !ok {
			if to, ok = exact[r]; !ok {
				if to, ok = exact[unicode.ToLower(r)]; ok {
					to = unicode.ToUpper(to)
				}
			}
		}
		if ok && to != r {
			*changed = true
			r = to
		}
		out = append(out, r)
	}
	return out
}
