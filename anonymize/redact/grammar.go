// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// withArticle puts a or an before a noun phrase of the tables, by its sound.
func withArticle(noun string) string {
	if soundsLikeVowel(noun) {
		return "an " + noun
	}
	return "a " + noun
}

// withoutArticle takes the article off a phrase of the tables that brings its own.
func withoutArticle(noun string) (bare string, had bool) {
	for _, article := range []string{"a ", "an "} {
		if rest, ok := strings.CutPrefix(noun, article); ok {
			return rest, true
		}
	}
	return noun, false
}

func soundsLikeVowel(noun string) bool {
	n := strings.ToLower(noun)
	if n != "" && n[0] >= '0' && n[0] <= '9' {
		number := n[:len(n)-len(strings.TrimLeft(n, "0123456789"))]
		return n[0] == '8' || number == "11" || number == "18"
	}
	for _, p := range []string{"uni", "use", "eu", "one", "once"} {
		if strings.HasPrefix(n, p) {
			return false
		}
	}
	for _, p := range []string{"hour", "honest", "heir", "nhs", "mp"} {
		if strings.HasPrefix(n, p) {
			return true
		}
	}
	return n != "" && strings.IndexByte("aeiou", n[0]) >= 0
}

// fit makes a phrase read where a cut was: it chooses article, number and
// capital from the words around the cut, and returns the cut, which may have
// grown over a wrong article before it or a bare apostrophe after it. It never
// shrinks, and the text outside it stays as it is.
//
// grown is the cut as it has grown before; sentence is where the sentence begins that
// holds it; plural says that the cut text was the plural of a name.
func fit(s string, cut, grown text.Span, p phrase, sentence int, plural bool) (text.Span, string) {
	cut, noun := fitArticle(s, grown, p, plural, grown.Start < cut.Start)
	tail := possessiveEnd(s[cut.Start:cut.End])
	if n := bareApostrophe(s, cut, sentence); n > 0 {
		cut.End += n
		tail = "'s"
	}
	if first, _ := utf8.DecodeRuneInString(s[cut.Start:]); !unicode.IsLower(first) && startsSentence(s, sentence, cut.Start) {
		noun = capital(noun)
	}
	return cut, "[" + noun + "]" + tail
}

// fitArticle chooses article and number of a phrase. Wrong articles before the cut are
// cut too; over says that one has been.
func fitArticle(s string, cut text.Span, p phrase, plural, over bool) (grown text.Span, noun string) {
	before, start := previousWord(s, cut.Start)
	noun, article := p.one, p.article
	if plural && p.many != "" {
		noun, article = p.many, false
	}
	bare, hasArticle := withoutArticle(noun)
	for article && wrongArticle(s, cut, before, start, bare) {
		cut.Start, over = start, true
		before, start = previousWord(s, start)
	}
	switch low := strings.ToLower(before); {
	case low == "a" || low == "an":
		if soundsLikeVowel(bare) == (low == "an") {
			article, noun = false, bare
		}
	case determiner(low) && hasArticle:
		article, noun = false, bare
	case pluralDeterminer(low):
		if p.many != "" && endsInS(s[cut.Start:cut.End]) {
			noun = p.many
		}
		article = false
	case determiner(low) || possessive(low):
		article = false
	case adjective(low):
		earlier, _ := previousWord(s, start)
		article = article && !takesNoArticle(strings.ToLower(earlier))
	}
	if article && (over || !joinsNext(s[cut.End:])) {
		noun = withArticle(noun)
	}
	return cut, noun
}

// wrongArticle reports that the word right before the cut is an article, and not the
// one that the noun takes by its sound.
func wrongArticle(s string, cut text.Span, word string, start int, noun string) bool {
	low := strings.ToLower(word)
	return (low == "a" || low == "an") && s[start:cut.Start] == word+" " && soundsLikeVowel(noun) != (low == "an")
}

// takesNoArticle reports whether after a word and an adjective no article stands.
func takesNoArticle(w string) bool {
	return determiner(w) || possessive(w) || w == "a" || w == "an"
}

// previousWord is the word that ends before at, with only spaces between, and its start.
func previousWord(s string, at int) (string, int) {
	end := len(strings.TrimRight(s[:at], " \t"))
	if end == at {
		return "", at
	}
	start := end
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:start])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' {
			break
		}
		start -= n
	}
	return s[start:end], start
}

func determiner(w string) bool {
	switch w {
	case "the", "this", "that", "our", "your", "my", "his", "her", "its", "their", "each",
		"every", "another", "any", "no", "which", "whose", "one", "either", "neither":
		return true
	}
	return false
}

func pluralDeterminer(w string) bool {
	switch w {
	case "these", "those", "both", "all", "many", "several", "few", "two", "three", "four",
		"five", "six", "seven", "eight", "nine", "ten", "some", "other", "various":
		return true
	}
	return len(w) > 0 && len(w) < 4 && strings.Trim(w, "0123456789") == "" && w != "1"
}

func possessive(w string) bool {
	return strings.HasSuffix(w, "'s") || strings.HasSuffix(w, "’s") || strings.HasSuffix(w, "s'") || strings.HasSuffix(w, "s’")
}

// possessiveEnd is the possessive at the end of a cut, which stays readable.
func possessiveEnd(cut string) string {
	for _, end := range []string{"'s", "’s"} {
		if strings.HasSuffix(cut, end) {
			return end
		}
	}
	return ""
}

func adjective(w string) bool {
	switch w {
	case "local", "large", "small", "new", "national", "big", "old", "same", "former", "own",
		"main", "whole", "first", "second", "third", "last", "late", "lead", "partner", "nearby",
		"regional", "entire", "original", "current", "existing", "leading", "major", "wider",
		"young", "younger", "elder", "famous", "excellent", "innovative":
		return true
	}
	return false
}

func endsInS(s string) bool { return strings.HasSuffix(s, "s") || strings.HasSuffix(s, "S") }

// joinsNext reports that a hyphen ties the next word to the cut: "X-funded".
func joinsNext(rest string) bool {
	for _, hyphen := range []string{"-", "‑", "‐"} {
		if after, ok := strings.CutPrefix(rest, hyphen); ok {
			r, _ := utf8.DecodeRuneInString(after)
			return unicode.IsLetter(r)
		}
	}
	return false
}

// bareApostrophe is the length of the apostrophe of "James' report", else 0. An
// apostrophe that closes a quotation opened earlier in the sentence is none.
func bareApostrophe(s string, cut text.Span, sentence int) int {
	if !endsInS(s[cut.Start:cut.End]) {
		return 0
	}
	n := 0
	for _, mark := range []string{"'", "’"} {
		if strings.HasPrefix(s[cut.End:], mark) {
			n = len(mark)
		}
	}
	if n == 0 || !strings.HasPrefix(s[cut.End+n:], " ") || quotationOpen(s, min(max(sentence, 0), cut.Start), cut.Start) {
		return 0
	}
	return n
}

// quotationOpen reports that a single quotation mark between two places is not closed there.
func quotationOpen(s string, from, to int) bool {
	open := 0
	for i, r := range s[from:to] {
		if r != '\'' && r != '‘' && r != '’' {
			continue
		}
		prev, _ := utf8.DecodeLastRuneInString(s[:from+i])
		next, _ := utf8.DecodeRuneInString(s[from+i+utf8.RuneLen(r):])
		if r == '‘' || (!letterOrDigit(prev) && letterOrDigit(next)) {
			open++
		} else if !letterOrDigit(next) && open > 0 {
			open--
		}
	}
	return open > 0
}

func letterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// startsSentence reports that no letter or digit stands between the sentence's
// begin and the cut; a sentence that began before the text has none.
func startsSentence(s string, sentence, at int) bool {
	if sentence < 0 || sentence > at {
		return sentence > at
	}
	return strings.IndexFunc(s[sentence:at], letterOrDigit) < 0
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
