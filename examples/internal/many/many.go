// SPDX-License-Identifier: Apache-2.0

// Package many makes collections of any size out of the sample collection, so
// that it can be seen how the programs bear a large one. Like the sample,
// everything in them is made up.
package many

import (
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
)

// Examples yields n examples: the sample collection over and over, each time
// told by other parties of other holdings. Declared names and abbreviations
// become other ones wherever they stand, figures change, every sixth longer
// word becomes another one of the sample, each list loses about a quarter of its
// entries, and every fourth example takes its lessons from another one: the
// texts make no more sense, but are as many different ones as a collection of
// that size has. The same n gives the same examples, of which fewer are the
// first ones.
func Examples(n int) iter.Seq2[model.Example, error] {
	return func(yield func(model.Example, error) bool) {
		var source []model.Example
		for e, err := range (model.Reader{}).JSONLines(sample.Collection()) {
			if err != nil {
				yield(model.Example{}, fmt.Errorf("many: sample: %w", err))
				return
			}
			source = append(source, e)
		}
		own, words := ownNames(source), longWords(source)
		for i := range n {
			e := &source[i%len(source)]
			c := change{round: i / len(source), own: own, words: words[e.Lang]}
			if !yield(c.example(source, i%len(source)), nil) {
				return
			}
		}
	}
}

var word = regexp.MustCompile(`\pL+|\d+`)

// ownNames are the words of declared names that occur nowhere in small letters,
// and abbreviations.
func ownNames(source []model.Example) map[string]bool {
	common, own := map[string]bool{}, map[string]bool{}
	for _, e := range source {
		parties := e.Parties
		e.Parties = nil
		eachText(reflect.ValueOf(&e).Elem(), func(s string) string {
			for _, w := range word.FindAllString(s, -1) {
				if w == strings.ToLower(w) {
					common[w] = true
				}
			}
			return s
		})
		for _, p := range parties {
			for _, id := range p.Identities {
				for _, name := range slices.Concat([]model.Raw{id.Name}, id.Forms) {
					for _, w := range word.FindAllString(string(name), -1) {
						if tellsApart(w, string(name)) {
							own[w] = true
						}
					}
				}
			}
		}
	}
	for w := range own {
		if common[strings.ToLower(w)] {
			delete(own, w)
		}
	}
	for w := range own { // as it stands in addresses
		own[strings.ToLower(w)] = true
	}
	return own
}

// tellsApart reports whether a word of a name is an abbreviation that is the whole of it, or a
// longer word with a capital.
func tellsApart(w, name string) bool {
	if w == strings.ToUpper(w) {
		return len(w) > 2 && name == w
	}
	return len(w) > 3 && unicode.IsUpper([]rune(w)[0])
}

// longWords are words in small letters by language, sorted.
func longWords(source []model.Example) map[string][]string {
	out := map[string][]string{}
	for _, e := range source {
		parties := e.Parties
		e.Parties = nil
		eachText(reflect.ValueOf(&e).Elem(), func(s string) string {
			for _, w := range word.FindAllString(s, -1) {
				if len(w) >= longWord && w == strings.ToLower(w) && w[0] > '9' {
					out[e.Lang] = append(out[e.Lang], w)
				}
			}
			return s
		})
		e.Parties = parties
	}
	for lang, words := range out {
		slices.Sort(words)
		out[lang] = slices.Compact(words)
	}
	return out
}

// longWord is the length from which words are exchanged: shorter ones mostly
// hold a sentence together.
const longWord = 5

// change is how one round differs from the sample.
type change struct {
	round int
	own   map[string]bool
	words []string // that may stand for others
}

// number is the same for the same words in the same round, and below n.
func (c change) number(n int, words ...string) int {
	h := fnv.New64a()
	_, _ = fmt.Fprint(h, c.round)
	for _, w := range words {
		_, _ = io.WriteString(h, "\x00"+w)
	}
	x := h.Sum64()
	x ^= x >> 32
	return int(x % uint64(n))
}

func (c change) example(source []model.Example, at int) model.Example {
	// The copy goes through the codec, so that nothing is shared.
	var body strings.Builder
	one := func(e model.Example) iter.Seq2[model.Example, error] {
		return func(yield func(model.Example, error) bool) { yield(e, nil) }
	}
	e := source[at]
	if c.number(4, "lessons of", e.ID) == 0 {
		other := source[c.number(len(source), "whose", e.ID)]
		if other.Lang == e.Lang {
			e.Lessons = other.Lessons
		}
	}
	if err := model.WriteJSONLines(&body, one(e)); err != nil {
		panic(err) // the sample is valid
	}
	for copied, err := range (model.Reader{}).JSONLines(strings.NewReader(body.String())) {
		if err != nil {
			panic(err)
		}
		e = copied
	}
	reviewed := make([]bool, len(e.Agreements))
	for i, a := range e.Agreements {
		reviewed[i] = a.ConditionsReviewed != "" && a.ConditionsReviewed == model.HashText(string(a.Conditions))
	}
	id := e.ID
	e.Steps, e.Outcomes = some(c, id+"steps", e.Steps), some(c, id+"outcomes", e.Outcomes)
	e.Lessons, e.Resources, e.Criteria = some(c, id+"lessons", e.Lessons), some(c, id+"resources", e.Resources), some(c, id+"criteria", e.Criteria)
	eachRef(reflect.ValueOf(&e).Elem(), func(ref string) string { return fmt.Sprintf("%s-%d", ref, c.round) })
	texts := 0
	eachText(reflect.ValueOf(&e).Elem(), func(s string) string {
		texts++
		return c.reworded(s, id+fmt.Sprint(texts))
	})
	e.ID = c.id(e.ID)
	for i := range e.Agreements {
		e.Agreements[i].ID = c.id(e.Agreements[i].ID)
		if reviewed[i] {
			e.Agreements[i].ConditionsReviewed = model.HashText(string(e.Agreements[i].Conditions))
		}
	}
	return e
}

func (c change) id(of string) string {
	return uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, of, c.round)).String()
}

// some keeps about three quarters of a list, and always its first entry.
func some[T any](c change, name string, list []T) []T {
	var out []T
	for i, x := range list {
		if i == 0 || c.number(4, name, fmt.Sprint(i)) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// reworded is a text with other names, figures and some other words. An address
// keeps its words.
func (c change) reworded(s, name string) string {
	at, address := 0, strings.ContainsAny(s, "@/")
	return word.ReplaceAllStringFunc(s, func(w string) string {
		at++
		switch {
		case w[0] >= '0' && w[0] <= '9' && len(w) <= 3 && w[0] != '0': // no year, no telephone
			digits := []byte(w)
			last := len(digits) - 1
			digits[last] = '1' + byte(c.number(9, w))
			return string(digits)
		case !c.own[w]:
			if len(w) >= longWord && w == strings.ToLower(w) && len(c.words) > 0 && !address && c.number(6, name, w, fmt.Sprint(at)) == 0 {
				return c.words[c.number(len(c.words), w, name, fmt.Sprint(at))]
			}
			return w
		case w == strings.ToUpper(w):
			return c.letters(w, len(w))
		case w == strings.ToLower(w):
			if up := strings.ToUpper(w); c.own[up] {
				return strings.ToLower(c.letters(up, len(w)))
			}
			return strings.ToLower(c.name(w))
		default:
			return c.name(w)
		}
	})
}

func (c change) letters(of string, n int) string {
	out := make([]byte, n)
	for i := range out {
		out[i] = 'A' + byte(c.number(26, of, fmt.Sprint(i)))
	}
	return string(out)
}

// name makes up a name; the same for the same word, whatever its case.
func (c change) name(of string) string {
	of = strings.ToLower(of)
	starts := strings.Fields("Alv Bram Brin Cald Corv Dask Dunn Elver Farn Fosk Gorse Gwin Hesk Holv Ivel Jarr Kell Kist Lorn Marl Mosk Nesp Orrel Penn Quor Rusk Selm Skarl Tarv Ulver Vosp Wex")
	middles := strings.Fields("a an e en er i in is o or u wyn yl")
	ends := strings.Fields("beck borough bourne bridge bury by combe cote dale den don field ford garth gate ham hay holt hurst keld lea ley mere more side stead thorpe ton wick wold worth wyke")
	return starts[c.number(len(starts), of, "a")] + middles[c.number(len(middles), of, "b")] + ends[c.number(len(ends), of, "c")]
}

// eachText changes every text of a value.
func eachText(v reflect.Value, change func(string) string) {
	walk(v, "", func(v reflect.Value, _ string) {
		if v.Type() == reflect.TypeFor[model.Raw]() {
			v.SetString(change(v.String()))
		}
	})
}

// eachRef changes every reference to a party or holding, as the rules of the
// model name them.
func eachRef(v reflect.Value, change func(string) string) {
	walk(v, "", func(v reflect.Value, rule string) {
		if slices.Contains(strings.Split(rule, "; "), "ref") && v.Len() > 0 {
			v.SetString(change(v.String()))
		}
	})
}

// walk visits every text with the rule of its field.
func walk(v reflect.Value, rule string, visit func(v reflect.Value, rule string)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				walk(v.Field(i), f.Tag.Get("rule"), visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), rule, visit)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			walk(v.Elem(), rule, visit)
		}
	case reflect.String:
		visit(v, rule)
	}
}
