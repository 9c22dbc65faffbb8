// SPDX-License-Identifier: Apache-2.0

package sample_test

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/samber/lo"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// texts returns every raw text of an example but what its parties declare.
func texts(e model.Example) []string {
	e.Parties, e.Agreements = nil, nil
	var all []string
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.String:
			if v.Type() == reflect.TypeFor[model.Raw]() && v.Len() > 0 {
				all = append(all, v.String())
			}
		}
	}
	walk(reflect.ValueOf(e))
	return all
}

func declared(e model.Example) string {
	var names []string
	for _, p := range e.Parties {
		for _, id := range p.Identities {
			names = append(names, string(id.Name))
			for _, form := range id.Forms {
				names = append(names, string(form))
			}
		}
	}
	return strings.Join(names, "\n")
}

func TestSubmissionsAreAsUntidyAsRealOnes(t *testing.T) {
	all := read(t)
	for _, mess := range []struct {
		name    string
		pattern string
		least   int // examples that show it
		reason  string
	}{
		{"bullets", `(?m)^\s*[•▪✓*·-]\s`, 3, "lists are pasted into prose"},
		{"headings", `(?m)^(\d+\.\s)?[A-Z]{4,}(?: [A-Z]+)*:?$`, 1, "reports are pasted whole"},
		{"capitals", `\b(?:[A-Z]{2,}[ ,'-]+){6,}`, 2, "capitalisation tells nothing there"},
		{"no capitals", `(?:^|\. )[a-z][a-z' ]{30,}`, 30, "sentences begin small"},
		{"telephone", `\b0\d{2,4} ?\d{3} ?\d{3,4}\b|\b07700 900\d{3}\b`, 4, "signatures"},
		{"e-mail", `\S+@\S+\.example`, 1, "signatures"},
		{"forwarded", `(?s)From: .*(?:Sent|Date): .*Subject: `, 2, "forwarded mail"},
		{"hashtag", `(?:^|\s)#\p{L}{4,}`, 2, "campaigns can be searched for"},
		{"link", `https?://|\bbit\.`, 4, "links"},
		{"award", `(?i)\baward`, 3, "awards are published with their year"},
		{"quotes from Word", `[“”‘’]`, 2, "typographic quotes"},
		{"date in words", `\b\d{1,2}(?:st|nd|rd|th)? (?:Sept|October|March|Mar)\w* \d{4}`, 2, "exact dates"},
		{"date in figures", `\b\d{1,2}/\d{1,2}/\d{2,4}\b`, 2, "exact dates"},
		{"money", `[£€]\s?\d[\d,. ]*`, 30, "exact sums"},
		{"odd figure", `\b\d{1,2}\.\d{1,2}(?:%|/\d)`, 2, "figures to a decimal place can be searched for"},
		{"public number", `\b(?:999 \d{3} \d{4}|[A-Z]{2} \d{2} \d{2} \d{2} [A-D])\b`, 2, "numbers of persons get in by mistake"},
		{"doubled marks", `[!?]{2,}|xx\b`, 4, "haste"},
		{"typing errors", `\b(?:noone|exsisted|inequalitys|evrything|refrence|totaly)\b`, 2, "haste"},
		{"broken lines", `\p{Ll}-\n\p{Ll}`, 1, "text taken from a page breaks inside words"},
		{"chat", `(?m)^\[\d\d/\d\d/\d{4}, \d\d:\d\d\] `, 1, "a chat names a speaker in each line"},
		{"transcript", `(?m)^[A-Z]{1,3}: `, 1, "an interview names its speakers by initials"},
		{"form marks", `[☐☒]`, 1, "a committee's form is pasted with its boxes"},
		{"postal address", `(?i)\b(?:flat \d+, )?\d+ [A-Z]\w+ (?:St|Row|Road|Lane)\b`, 2, "signatures"},
	} {
		t.Run(mess.name, func(t *testing.T) {
			pattern := regexp.MustCompile(mess.pattern)
			n := lo.CountBy(all, func(e model.Example) bool { return slices.ContainsFunc(texts(e), pattern.MatchString) })
			require.GreaterOrEqual(t, n, mess.least, mess.reason)
		})
	}
}

func TestNamesInPassingAreNotAllDeclared(t *testing.T) {
	person := regexp.MustCompile(`\b(?:Mr|Mrs|MRS|MR|Dr|Nurse|Sr|Matron|Ms|Frau)\.? (?:[A-Z]\.? )?([A-Z][\p{L}-]{3,})`)
	all := read(t)
	names := strings.Join(lo.Map(all, func(e model.Example, _ int) string { return declared(e) }), "\n")
	declaredOnes, others := 0, 0
	for _, e := range all {
		for _, text := range texts(e) {
			for _, m := range person.FindAllStringSubmatch(text, -1) {
				if strings.Contains(names, m[1]) {
					declaredOnes++
				} else {
					others++
				}
			}
		}
	}
	require.Positive(t, declaredOnes)
	require.GreaterOrEqual(t, others, 8)
}

func TestFormsComeHalfEmpty(t *testing.T) {
	all := read(t)
	count := func(lacks func(model.Example) bool) int { return lo.CountBy(all, lacks) }
	require.GreaterOrEqual(t, count(func(e model.Example) bool { return len(e.Outcomes) == 0 }), 3)
	require.GreaterOrEqual(t, count(func(e model.Example) bool { return len(e.Stakeholders) == 0 }), 5)
	require.GreaterOrEqual(t, count(func(e model.Example) bool { return len(e.Resources) == 0 }), 20)
	require.GreaterOrEqual(t, count(func(e model.Example) bool {
		return !slices.ContainsFunc(e.Challenges, func(c model.Challenge) bool { return c.Accepted() }) ||
			!slices.ContainsFunc(e.Objectives, func(o model.Objective) bool { return o.Accepted() })
	}), 12, "without an accepted challenge or objective")
	require.GreaterOrEqual(t, count(func(e model.Example) bool {
		return slices.ContainsFunc(e.Challenges, func(c model.Challenge) bool { return c.AssignedBy == model.BySuggestion })
	}), 5, "with a code that is only suggested")
	require.GreaterOrEqual(t, count(func(e model.Example) bool {
		return slices.ContainsFunc(e.TherapyAreas, func(c model.Coded) bool { return c.Code == "ta:rare-disease" })
	}), 4, "about a rare condition")
}

func TestSomeProgrammesAreToldTwice(t *testing.T) {
	tellers := map[[2]string]bool{}
	for _, e := range read(t) {
		for _, p := range e.Parties[1:] {
			tellers[[2]string{e.Parties[0].Ref, p.Ref}] = true
		}
	}
	twice := 0
	for pair := range tellers {
		if tellers[[2]string{pair[1], pair[0]}] {
			twice++
		}
	}
	require.GreaterOrEqual(t, twice/2, 3, "pairs of parties that both told of work with the other")
}

// No one filled in a template: what people did and learnt is hardly ever said
// in the same words twice.
func TestTextsAreWrittenOneByOne(t *testing.T) {
	var said []string
	for _, e := range read(t) {
		for _, s := range e.Steps {
			said = append(said, string(s.Text.Value))
		}
		for _, o := range e.Outcomes {
			said = append(said, string(o.Text.Value))
		}
		for _, l := range e.Lessons {
			said = append(said, string(l.Text.Value))
		}
	}
	require.Greater(t, len(said), 800)
	require.Greater(t, len(lo.Uniq(said))*100, len(said)*97)
}

// Numbers and addresses in the sample reach nobody.
func TestNobodyCanBeReached(t *testing.T) {
	phone := regexp.MustCompile(`(?:\+44 ?|\b0)\d[\d ]{8,12}\d\b`)
	drama := regexp.MustCompile(`^(?:(?:\+44 ?|0)7700 ?900\d{3}|020 7946 0\d{3}|01(?:13|14|15|16|17|18|21|31|41|51|61) 496 0\d{3})$`)
	host := regexp.MustCompile(`(?:https?://|@)([\w-]+(?:\.[\w-]+)+)`)
	for i, e := range read(t) {
		all := append(texts(e), declared(e))
		for _, p := range e.Parties {
			all = append(all, string(p.Contact))
		}
		for _, text := range all {
			for _, number := range phone.FindAllString(text, -1) {
				require.True(t, drama.MatchString(number), "a telephone number of example %d", i+1)
			}
			for _, m := range host.FindAllStringSubmatch(text, -1) {
				require.True(t, strings.HasSuffix(m[1], ".example"), "a host of example %d", i+1)
			}
		}
	}
}
