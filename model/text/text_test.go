// SPDX-License-Identifier: Apache-2.0

package text_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/text"
)

func TestViewReadsDisguises(t *testing.T) {
	rows := []struct{ name, in, want, reason string }{
		{"plain", "Jose O'Neill", "Jose O'Neill", "nothing to change"},
		{"accent", "José", "Jose", "compared without accents"},
		{"decomposed", "Jose\u0301", "Jose", "NFD and NFC read alike"},
		{"struck out", "S\u0336m\u0336i\u0336th", "Smith", "added marks are noise"},
		{"zero width", "Smi\u200bth\u2060", "Smith", "not seen"},
		{"soft hyphen", "Smi\u00adth", "Smith", "not seen"},
		{"full width", "Ｓｍｉｔｈ　４２", "Smith 42", "width is style"},
		{"mathematical", "𝐒𝐦𝐢𝐭𝐡", "Smith", "style letters"},
		{"small capitals", "ꜱᴍɪᴛʜ", "smith", "style letters"},
		{"Cyrillic in a Latin word", "Smіth", "Smith", "look-alike"},
		{"all look-alikes", "Јоу", "Joy", "wholly made of look-alikes"},
		{"Greek capital", "Νiamh", "Niamh", "look-alike"},
		{"real Cyrillic", "Рыжова Юлия", "Рыжова Юлия", "a word of one script stays"},
		{"look-alike in capitals", "НОРЕ Норе", "HOPE Hope", "wholly made of look-alikes"},
		{"Arabic digits", "٠٢٠ ٧٩", "020 79", "digits of any script"},
		{"Devanagari stays", "हिन्दी", "हिन्दी", "marks of other scripts are letters"},
		{"Korean", "\u1112\u1161\u11ab", "한", "composed"},
		{"quotes and dashes", "‘x’ “y” a–b", `'x' "y" a-b`, "one shape each"},
		{"no-break space", "Dr\u00a0Oyelaran", "Dr Oyelaran", "a space"},
		{"entity", "O&rsquo;Neill &amp; Sons, Jos&eacute;", "O'Neill & Sons, Jose", "markup"},
		{"numeric entity", "&#83;mi&#x74;h", "Smith", "markup"},
		{"no entity", "R&D; AT&T", "R&D; AT&T", "unknown names stay"},
		{"split at line end", "Oye-\n  laran", "Oyelaran", "joined"},
		{"split, capital", "Smith-\nJones", "Smith-Jones", "a double name keeps its hyphen"},
		{"split, capitals", "SMI-\r\nTH", "SMITH", "joined"},
		{"hyphen then space", "well- known", "well- known", "no line end"},
		{"trade mark", "Carelink™", "Carelink™", "not letters"},
		{"ligature", "ﬁeld", "field", "NFKC"},
		{"sharp s", "Groß", "Gross", "folded alike"},
		{"stroke letters", "Łukasz Sørensen Đặng", "Lukasz Sorensen Dang", "base letters"},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			v, err := text.NewView(r.in)
			require.NoError(t, err)
			require.Equal(t, r.want, v.Text(), r.reason)
			require.Len(t, v.Folded(), len(v.Text()))
			require.Equal(t, text.Span{End: len(v.Text())}, v.Reading(text.Span{End: len(r.in)}))
		})
	}
}

func TestOriginalCutsTheDisguisedWord(t *testing.T) {
	for _, disguised := range []string{
		"Smith", "S\u0336mith\u0336", "Smi\u200bth", "Ｓmith", "Smіth", "S&#109;ith", "Smi-\nth", "𝐒𝐦𝐢𝐭𝐡", "Ѕміth", "ꜱᴍɪᴛʜ",
	} {
		in := "café “" + disguised + "” naïve"
		v, err := text.NewView(in)
		require.NoError(t, err)
		i := strings.Index(v.Folded(), "smith")
		require.Positive(t, i, "%q", disguised)
		cut := v.Original(text.Span{Start: i, End: i + 5})
		require.Equal(t, disguised, in[cut.Start:cut.End])
		require.Equal(t, text.Span{Start: i, End: i + 5}, v.Reading(cut))
	}
}

func TestNewViewRefusesInvalidUTF8(t *testing.T) {
	_, err := text.NewView("canary\xff")
	require.ErrorIs(t, err, text.ErrInvalidUTF8)
	require.NotContains(t, err.Error(), "canary")
	require.Equal(t, "canary\uFFFD", text.Repair("canary\xff"))
}

func TestViewPrintsNoText(t *testing.T) {
	v, err := text.NewView("canary")
	require.NoError(t, err)
	for _, f := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		require.Equal(t, "[view of 6 bytes]", fmt.Sprintf(f, v))
	}
	require.Equal(t, "[view of 6 bytes]", v.LogValue().String())
}

func TestTokens(t *testing.T) {
	in := "Dr O'Neill's B12 score: 4.46/5 (pre-trial) it’s 'so' 😀!"
	var got []string
	for _, k := range text.Tokens(in) {
		got = append(got, fmt.Sprintf("%d:%s", k.Kind, in[k.Start:k.End]))
	}
	require.Equal(t, strings.Fields("1:Dr 1:O'Neill's 3:B12 1:score 4:: 2:4 4:. 2:46 4:/ 2:5 4:( 1:pre 4:- 1:trial 4:) "+
		"1:it’s 4:' 1:so 4:' 5:😀 4:!"), got)
}

func TestSentences(t *testing.T) {
	rows := []struct {
		name, in string
		want     []string
		reason   string
	}{
		{"two", "We met Dr. Adeyemi. She agreed.", []string{"We met Dr. Adeyemi.", "She agreed."}, "title is no end"},
		{"initials", "J. Smith came. So did A.B. Jones.", []string{"J. Smith came.", "So did A.B. Jones."}, "initials"},
		{"bullets", "Aims:\n- hear carers\n- share results\nDone", []string{"Aims:", "- hear carers", "- share results", "Done"}, "items"},
		{"wrapped", "We asked forty\npeople about it.\nThey came.", []string{"We asked forty\npeople about it.", "They came."}, "prose"},
		{"heading", "Background\nThe trust began.", []string{"Background", "The trust began."}, "a capital begins"},
		{"numbered", "1. First\n2. Second", []string{"1. First", "2. Second"}, "items"},
		{"quote", `He said "yes." Then left!`, []string{`He said "yes."`, "Then left!"}, "closing quote"},
		{"decimal", "Score 4.5 of 5. Good", []string{"Score 4.5 of 5.", "Good"}, "inside a number"},
		{"empty", " \n\n ", nil, "nothing"},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			var got []string
			for _, s := range text.Sentences(r.in) {
				got = append(got, r.in[s.Start:s.End])
			}
			require.Equal(t, r.want, got, r.reason)
		})
	}
}

func TestStem(t *testing.T) {
	for row := range strings.FieldsSeq(`caresses:caress flies:fli dies:die mules:mule denied:deni agreed:agre owned:own humbled:humbl
		sized:size meeting:meet stating:state itemization:item sensational:sensat traditional:tradit reference:refer
		colonizer:colon plotted:plot generously:generous generate:generat community:communiti communication:communic hopping:hop
		hoping:hope happy:happi cry:cri say:say by:by knightly:knight relational:relat consignment:consign knack:knack
		involvement:involv patients:patient engagement:engag engaged:engag recruitment:recruit barriers:barrier trust's:trust
		gas:gas this:this skies:sky dying:die news:news bias:bias proceed:proceed inning:inning kindness:kind y:y
		universities:univers feasibility:feasibl controlled:control falling:fall hissing:hiss fizzed:fizz failing:fail
		filing:file electrical:electr hopefulness:hope goodness:good revival:reviv adoption:adopt rate:rate cease:ceas roll:roll`) {
		w, want, _ := strings.Cut(row, ":")
		require.Equal(t, want, text.Stem(w), w)
	}
	require.Equal(t, "covid19", text.Stem("covid19"), "not only letters")
	require.Equal(t, "анна", text.Stem("анна"), "another script")
}

func TestStopWords(t *testing.T) {
	require.True(t, text.IsStopWord("the"))
	require.True(t, text.IsStopWord("don't"))
	require.False(t, text.IsStopWord("patient"))
	require.False(t, text.IsStopWord("The"), "folded words only")
}

func ExampleNewView() {
	in := "Thanks to J&#111;se\u0301 (made-up name)."
	v, err := text.NewView(in)
	if err != nil {
		fmt.Println(err)
		return
	}
	i := strings.Index(v.Folded(), "jose")
	cut := v.Original(text.Span{Start: i, End: i + 4})
	fmt.Println(in[:cut.Start] + "[name]" + in[cut.End:])
	// Output: Thanks to [name] (made-up name).
}

func seeds(f *testing.F) {
	for _, s := range []string{
		"", "plain", "Jose\u0301 O’Neill", "S\u0336mi\u200bth-\n jones", "&#x53;m&eacute;&amp;", "ꜱᴍɪᴛʜ ４２ ٠٢", "Ѕміth Јоу Анна АННА",
		"\u0301\u0301", "a-\r\n\tB", "हिन्दी 한국어 \u1112\u1161\u11ab", "ﬁ ½ ™ … ㏂ ẞ İ ς", "\x00\x01\v", "A. A. A.", "- a\n* b\n1. c", "é\u0301\u0301x",
	} {
		f.Add(s)
	}
}

// FuzzView checks the laws of the offset map.
func FuzzView(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		v, err := text.NewView(s)
		if !utf8.ValidString(s) {
			require.ErrorIs(t, err, text.ErrInvalidUTF8)
			s = text.Repair(s)
			v, err = text.NewView(s)
		}
		require.NoError(t, err)
		require.Len(t, v.Folded(), len(v.Text()))
		require.True(t, utf8.ValidString(v.Text()) && utf8.ValidString(v.Folded()))
		last := text.Span{}
		for i := range v.Text() {
			_, n := utf8.DecodeRuneInString(v.Text()[i:])
			o := v.Original(text.Span{Start: i, End: i + n})
			require.True(t, 0 <= o.Start && o.Start < o.End && o.End <= len(s), "in bounds")
			require.True(t, o.Start >= last.Start && o.End >= last.End, "in order")
			require.True(t, utf8.ValidString(s[o.Start:o.End]), "whole characters")
			last = o
			r := v.Reading(o)
			require.True(t, r.Contains(text.Span{Start: i, End: i + n}), "there and back")
		}
		tokens := text.Tokens(v.Text())
		end := 0
		for _, k := range tokens {
			require.True(t, k.Start >= end && k.End > k.Start && k.End <= len(v.Text()))
			end = k.End
		}
	})
}

// FuzzWords checks folding, stemming and sentences on any string.
func FuzzWords(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		folded := text.Fold(s)
		require.Equal(t, folded, text.Fold(folded), "folding is idempotent")
		_ = text.Stem(s)
		_ = text.Stem(folded)
		end := 0
		var kept strings.Builder
		for _, p := range text.Sentences(s) {
			require.True(t, p.Start >= end && p.End > p.Start && p.End <= len(s))
			require.Empty(t, strings.TrimSpace(s[end:p.Start]), "nothing visible outside a sentence")
			end = p.End
			kept.WriteString(s[p.Start:p.End])
		}
		require.Empty(t, strings.TrimSpace(s[end:]))
	})
}

func BenchmarkView(b *testing.B) {
	s := strings.Repeat("The trust asked forty-two patients, and Dr O’Neill (made up) chaired the José group in 2019.\n", 1000)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := text.NewView(s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTokens(b *testing.B) {
	s := strings.Repeat("The trust asked forty-two patients, and Dr O'Neill (made up) chaired the group in 2019.\n", 1000)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	var dst []text.Token
	for b.Loop() {
		dst = text.AppendTokens(dst[:0], s)
	}
}
