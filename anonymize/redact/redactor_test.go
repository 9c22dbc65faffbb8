// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// finder finds given words: a recogniser whose findings a test can choose.
type finder []recognize.Finding

// find is a word for a finder, with its kind and perhaps "/subtype".
func find(word, kind string) recognize.Finding {
	k, sub, _ := strings.Cut(kind, "/")
	return recognize.Finding{Entity: word, Kind: recognize.Kind(k), Subtype: sub}
}

func (f finder) list() []recognize.Recognizer { return []recognize.Recognizer{f} }

func (f finder) Name() string { return "finder" }

func (f finder) Recognize(_ context.Context, d *recognize.Document) ([]recognize.Finding, error) {
	var out []recognize.Finding
	for _, w := range f {
		for at := 0; ; {
			i := strings.Index(d.Text[at:], w.Entity)
			if i < 0 {
				break
			}
			at += i
			out = append(out, recognize.Finding{
				Span: text.Span{Start: at, End: at + len(w.Entity)}, Kind: w.Kind, Subtype: w.Subtype,
				Recognizer: "finder", Rule: "given", Score: 0.9, Entity: strings.ToLower(w.Entity),
			})
			at += len(w.Entity)
		}
	}
	return out, nil
}

func redactWith(t testing.TB, c redact.Config, texts ...string) []redact.Redacted {
	t.Helper()
	r, err := redact.New(c)
	require.NoError(t, err)
	return redacted(t, r, texts...)
}

func redacted(t testing.TB, r *redact.Redactor, texts ...string) []redact.Redacted {
	t.Helper()
	passages := make([]redact.Passage, len(texts))
	for i, s := range texts {
		passages[i] = redact.Passage{Text: s, Document: fmt.Sprint(i)}
	}
	out, err := r.Redact(t.Context(), passages)
	require.NoError(t, err)
	require.Len(t, out, len(texts))
	return out
}

func preset(t testing.TB, level string) redact.Policy {
	t.Helper()
	p, err := redact.PolicyFor(level)
	require.NoError(t, err)
	return p
}

// keepsTheRest checks that the texts agree outside the cuts, byte for byte.
func keepsTheRest(t testing.TB, before string, after redact.Redacted) {
	t.Helper()
	in, out := 0, 0
	for _, d := range after.Decisions {
		if d.Operator == redact.Keep {
			require.Equal(t, before[d.Start:d.End], after.Text[d.OutputStart:d.OutputEnd])
			continue
		}
		require.LessOrEqual(t, in, d.Start)
		require.LessOrEqual(t, d.Start, d.End)
		require.LessOrEqual(t, d.End, len(before))
		require.Equal(t, before[in:d.Start], after.Text[out:d.OutputStart])
		require.True(t, strings.HasPrefix(after.Text[d.OutputStart:d.OutputEnd], "["), "a replacement stands in brackets")
		in, out = d.End, d.OutputEnd
	}
	require.Equal(t, before[in:], after.Text[out:])
}

func TestRedactGrammar(t *testing.T) {
	org, person, place := find("Brightwater", "ORG"), find("Okafor", "PERSON"), find("Alnmouth", "LOC")
	policy := all(redact.Label)
	policy.Rules = append(policy.Rules, redact.Rule{Kind: recognize.Date, Subtype: "age", Operator: redact.Generalise})
	for _, tc := range []struct {
		name, in, want, reason string
		find                   []recognize.Finding
	}{
		{"article", "We met Brightwater twice.", "We met [an organisation] twice.", "a count noun needs an article", finder{org}},
		{"article by sound", "We met Alnmouth twice.", "We met [a place] twice.", "a before a consonant", finder{place}},
		{"after the", "The Brightwater team", "The [organisation] team", "the is the article already", finder{org}},
		{"after an adjective", "the local Brightwater team", "the local [organisation] team", "the article stands before the adjective", finder{org}},
		{"after our", "our Brightwater team", "our [organisation] team", "a possessive is a determiner", finder{org}},
		{"after a name's possessive", "Leeds's Brightwater team", "Leeds's [organisation] team", "a genitive is a determiner", finder{org}},
		{"wrong a", "a Brightwater-funded nurse", "[an organisation]-funded nurse", "a before a vowel is taken into the cut", finder{org}},
		{"right a", "a Alnmouth-based nurse", "a [place]-based nurse", "an article that fits stays", finder{place}},
		{"wrong an", "an Alnmouth nurse", "[a place] nurse", "an before a consonant is taken into the cut", finder{place}},
		{"an before eight", "an 82-year-old man", "an [80-89]-year-old man", "eighty sounds like a vowel", finder{find("82", "DATE/age")}},
		{"compound", "one Brightwater-funded nurse, Brightwater-led", "one [organisation]-funded nurse, [organisation]-led", "no article inside a compound", finder{org}},
		{"sentence start", "Brightwater helped. Alnmouth came too.", "[An organisation] helped. [A place] came too.", "a sentence begins with a capital", finder{org, place}},
		{"bullet start", "Who:\n- Brightwater\n- Alnmouth", "Who:\n- [An organisation]\n- [A place]", "so does a bullet", finder{org, place}},
		{"quoted start", "\"Brightwater helped\", she said.", "\"[An organisation] helped\", she said.", "a quotation mark does not hide the start", finder{org}},
		{"possessive", "She read Okafor's letter.", "She read [name]'s letter.", "the possessive stays readable", finder{person}},
		{"possessive after s", "They read James' letter.", "They read [name]'s letter.", "a bare apostrophe would not fit the label", finder{find("James", "PERSON")}},
		{"closing quote", "They read 'Friends of James' twice.", "They read 'Friends of [name]' twice.", "a quotation mark is no possessive", finder{find("James", "PERSON")}},
		{"plural", "Both Smiths came.", "Both [names] came.", "a plural determiner makes a plural label", finder{find("Smiths", "PERSON")}},
		{"number and plural", "The three Brightwaters agreed.", "The three [organisations] agreed.", "a number makes a plural label", finder{find("Brightwaters", "ORG")}},
		{"no article for contact", "Ring 0191 now", "Ring [a phone number] now", "a subtype has its own label", finder{find("0191", "CONTACT/phone")}},
		{"neighbours", "Amara Okafor came.", "[Name] came.", "how many words a name has is not told", finder{person, find("Amara", "PERSON")}},
		{"list", "We asked Brightwater, Okafor and Alnmouth.", "We asked [an organisation], [name] and [a place].", "commas and and stay", finder{org, person, place}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := redact.Config{Recognizers: finder(tc.find).list(), Balanced: true, Policy: policy}
			got := redactWith(t, c, tc.in)[0]
			require.Equal(t, tc.want, got.Text, tc.reason)
			keepsTheRest(t, tc.in, got)
		})
	}
}

func TestRedactOperators(t *testing.T) {
	rule := func(kind recognize.Kind, op redact.Operator) redact.Policy {
		return redact.Policy{Rules: []redact.Rule{{Kind: kind, Operator: op}}}
	}
	for _, tc := range []struct {
		name, in, want, reason string
		find                   finder
		policy                 redact.Policy
	}{
		{"zero policy", "Ask Okafor today.", "Ask [removed] today.", "no rule tells not even the kind", finder{find("Okafor", "PERSON")}, redact.Policy{}},
		{"suppress", "It went well. Okafor led it. We stopped.", "It went well. [Withheld] We stopped.", "the whole sentence goes", finder{find("Okafor", "PERSON")}, rule(recognize.Person, redact.Suppress)},
		{"keep", "Ask Okafor today.", "Ask Okafor today.", "keep keeps", finder{find("Okafor", "PERSON")}, rule(recognize.Person, redact.Keep)},
		{"pseudonyms", "Okafor met Lindqvist. Then Lindqvist left Okafor.", "[Person 1] met [person 2]. Then [person 2] left [person 1].", "numbered as they appear", finder{find("Okafor", "PERSON"), find("Lindqvist", "PERSON")}, rule(recognize.Person, redact.Pseudonym)},
		{"organisation type", "The Brightwater Foundation paid.", "The [charity or foundation] paid.", "the head noun tells the type", finder{find("Brightwater Foundation", "ORG")}, rule(recognize.Org, redact.Generalise)},
		{"trust with region", "We asked Gateshead Vale Hospitals NHS Trust.", "We asked [a hospital trust in the North East].", "a region has several trusts", finder{find("Gateshead Vale Hospitals NHS Trust", "ORG")}, rule(recognize.Org, redact.GeneraliseRegion)},
		{"single in its region", "We asked Gateshead Vale Ambulance Service.", "We asked [an ambulance service].", "a region has one ambulance service, so the region would name it", finder{find("Gateshead Vale Ambulance Service", "ORG")}, rule(recognize.Org, redact.GeneraliseRegion)},
		{"unknown type", "We asked Brightwater.", "We asked [an organisation].", "a type that cannot be read is not guessed", finder{find("Brightwater", "ORG")}, rule(recognize.Org, redact.Generalise)},
		{"place", "Held in Hexham.", "Held in [a place in the North East].", "a place becomes its region", finder{find("Hexham", "LOC")}, rule(recognize.Place, redact.Generalise)},
		{"unknown place", "Held in Alnwickshire-on-Sea.", "Held in [a place].", "an unknown place is not guessed", finder{find("Alnwickshire-on-Sea", "LOC")}, rule(recognize.Place, redact.Generalise)},
		{"postcode", "At NE46 1AB.", "At [a place in the North East].", "the area tells the region", finder{find("NE46 1AB", "LOC/uk-postcode")}, rule(recognize.Place, redact.Generalise)},
		{"year", "On 12 March 2012 and in June 2013.", "On [a day in 2012] and in [2013].", "a day stays a day, so that on fits", finder{find("12 March 2012", "DATE"), find("June 2013", "DATE")}, rule(recognize.Date, redact.Generalise)},
		{"quarter", "On 12 March 2012 and in June 2013.", "On [a day in January to March 2012] and in [April to June 2013].", "three months", finder{find("12 March 2012", "DATE"), find("June 2013", "DATE")}, rule(recognize.Date, redact.GeneraliseQuarter)},
		{"relative", "On 12 March 2012, in June 2013, since 1948.", "On [a day in month 1], in [month 16], since [an earlier year].", "a founding date is no origin", finder{find("12 March 2012", "DATE"), find("June 2013", "DATE"), find("1948", "DATE/year")}, rule(recognize.Date, redact.GeneraliseRelative)},
		{"no year", "On 12 March.", "On [a date].", "a date without year has none", finder{find("12 March", "DATE")}, rule(recognize.Date, redact.Generalise)},
		{"years", "From 2010-2012 and 2012/13.", "From [2010 to 2012] and [2012 to 2013].", "a range of years", finder{find("2010-2012", "DATE"), find("2012/13", "DATE/year-range")}, rule(recognize.Date, redact.Generalise)},
		{"age", "aged 47; a 93-year-old; 12 years old", "[aged 40-49]; a [90-or-over-year-old]; [under-18 years old]", "bands by ten, minors and the oldest in one", finder{find("aged 47", "DATE/age"), find("93-year-old", "DATE/age"), find("12 years old", "DATE/age")}, rule(recognize.Date, redact.Generalise)},
		{"money", "Sums: £9,999, £10,000, £25,000.01, £1.2m, 30k euros €30k", "Sums: [under £10,000], [£10,000 to £25,000], [£25,000 to £50,000], [more than £250,000], 30k euros [€25,000 to €50,000]", "the bands of awards", finder{find("£9,999", "OTHER/money"), find("£10,000", "OTHER/money"), find("£25,000.01", "OTHER/money"), find("£1.2m", "OTHER/money"), find("€30k", "OTHER/money")}, rule(recognize.Other, redact.Generalise)},
		{"figures", "63 of them, 4.46/5, 71%, forty-seven", "[50 to 99] of them, [about 9 in 10], [about 7 in 10], [20 to 49]", "odd figures are fingerprints", finder{find("63", "OTHER/figure"), find("4.46/5", "OTHER/figure"), find("71%", "OTHER/figure"), find("forty-seven", "OTHER/count")}, rule(recognize.Other, redact.Generalise)},
		{"split number", "some 4,812 kits", "some [500 to 4,999] kits", "a thousands separator divides no number", finder{find("4", "CODE/unknown"), find("812", "CODE/unknown")}, redact.Policy{Rules: []redact.Rule{{Kind: recognize.Code, Subtype: "unknown", Operator: redact.Generalise}, {Kind: recognize.Other, Operator: redact.Generalise}}}},
		{"proportion", "Some 9 of 12 and nine out of 12", "Some [about 8 in 10] and [about 8 in 10]", "of few people, tenths say enough", finder{find("9", "OTHER/figure"), find("nine", "OTHER/unknown"), find("12", "OTHER/figure")}, rule(recognize.Other, redact.Generalise)},
		{"score in parts", "rated 4.6/5 by most", "rated [about 9 in 10] by most", "default deny finds the two numbers apart", finder{find("4.6", "OTHER/figure"), find("5", "CODE/unknown")}, redact.Policy{Rules: []redact.Rule{{Kind: recognize.Code, Subtype: "unknown", Operator: redact.Generalise}, {Kind: recognize.Other, Operator: redact.Generalise}}}},
		{"no proportion", "12 of 9 days", "[10 to 19] of [5 to 9] days", "more than all is no proportion", finder{find("9", "OTHER/figure"), find("12", "OTHER/figure")}, rule(recognize.Other, redact.Generalise)},
		{"condition", "living with cystic fibrosis", "living with [a lung condition]", "a rare condition becomes its area", finder{find("cystic fibrosis", "OTHER/condition")}, rule(recognize.Other, redact.Generalise)},
		{"title", "We saw Professor Okafor and Lena Judge.", "We saw [an academic] and [name].", "a title tells the group, a surname does not", finder{find("Professor Okafor", "PERSON"), find("Lena Judge", "PERSON")}, rule(recognize.Person, redact.Generalise)},
		{"role", "our Chief Nurse said", "our [senior manager] said", "a role becomes its group", finder{find("Chief Nurse", "OTHER/role")}, rule(recognize.Other, redact.Generalise)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := redact.Config{Recognizers: tc.find.list(), Balanced: true, Policy: tc.policy}
			got := redactWith(t, c, tc.in)[0]
			require.Equal(t, tc.want, got.Text, tc.reason)
			keepsTheRest(t, tc.in, got)
			again := redactWith(t, c, got.Text)[0]
			require.Equal(t, got.Text, again.Text, "a second reading changes nothing")
		})
	}
}

func TestRedactOwnLabels(t *testing.T) {
	label, strict := all(redact.Label), all(redact.Remove)
	c := redact.Config{Recognizers: finder{find("Okafor", "PERSON"), find("2012", "DATE")}.list(), Balanced: true, Policy: label}
	require.Equal(t, "We say [[name]] is no label", redactWith(t, c, "We say [Okafor] is no label")[0].Text,
		"brackets do not shield a name")
	require.Equal(t, "Nor is [person [name]]", redactWith(t, c, "Nor is [person Okafor]")[0].Text)
	require.Equal(t, "In [a date] the court", redactWith(t, c, "In [2012] the court")[0].Text,
		"a year in brackets is a label of a looser policy, and tightened")
	year := redact.Policy{Rules: []redact.Rule{{Kind: recognize.Date, Operator: redact.Generalise}}}
	c.Policy = year
	require.Equal(t, "In [2012] the court", redactWith(t, c, "In [2012] the court")[0].Text)
	c.Policy = strict
	require.Equal(t, "Ask [removed] in [removed]", redactWith(t, c, "Ask [person 3] in [month 2]")[0].Text,
		"a stricter policy takes a looser policy's labels back")
	c.Policy = redact.Policy{Rules: []redact.Rule{{Kind: recognize.Person, Operator: redact.Pseudonym}}}
	require.Equal(t, "Ask [person 3] and [person 4].", redactWith(t, c, "Ask [person 3] and Okafor.")[0].Text,
		"a number that stands already is not given to somebody else")
}

func TestRedactTightensOnePassage(t *testing.T) {
	c := redact.Config{Recognizers: finder{find("Okafor", "PERSON")}.list(), Balanced: true, Policy: all(redact.Label)}
	r, err := redact.New(c)
	require.NoError(t, err)
	remove, keep := all(redact.Remove), all(redact.Keep)
	out, err := r.Redact(t.Context(), []redact.Passage{
		{Text: "Okafor", Policy: &remove}, {Text: "Okafor", Policy: &keep}, {Text: "Okafor"},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"[removed]", "[Name]", "[Name]"}, []string{out[0].Text, out[1].Text, out[2].Text},
		"a passage's own policy tightens and never loosens")
}

func TestRedactStrictForOnePassage(t *testing.T) {
	const s = "We used Brindlewick and zorblax in it."
	balanced, err := redact.New(redact.Config{Policy: all(redact.Label), Balanced: true, Recognizers: finder{}.list()})
	require.NoError(t, err)
	out, err := balanced.Redact(t.Context(), []redact.Passage{{Text: s, Strict: true}, {Text: s}})
	require.NoError(t, err)
	require.NotContains(t, out[0].Text, "Brindlewick", "nothing clears it")
	require.NotContains(t, out[0].Text, "zorblax", "nor this")
	require.Equal(t, s, out[1].Text, "the other passage stays balanced")
}

func TestKeepNeverSwallowsWhatIsCut(t *testing.T) {
	long, short := find("Amara Okafor House", "LOC"), find("Okafor", "PERSON")
	for name, list := range map[string]finder{"long first": {long, short}, "short first": {short, long}} {
		c := redact.Config{Recognizers: list.list(), Balanced: true, Policy: redact.Policy{Rules: []redact.Rule{
			{Kind: recognize.Place, Operator: redact.Keep}, {Kind: recognize.Person, Operator: redact.Label},
		}}}
		out := redactWith(t, c, "We met in Amara Okafor House, then left.", "They met in Amara Okafor House.")
		for _, o := range out {
			require.NotContains(t, o.Text, "Okafor", "%s: a kept place must not carry a person out", name)
		}
	}
}

func TestKeepOutweighsOnlySuspicion(t *testing.T) {
	for _, tc := range []struct {
		name, want, reason string
		kept, cut          float64
		declared           bool
	}{
		{"suspicion inside a date", "Born on 3/4/1934.", "the date has its full shape", 0.9, 0.5, false},
		{"evidence inside a date", "Born on [a reference number].", "both are well founded: the stricter wins", 0.9, 0.7, false},
		{"weak date", "Born on [a reference number].", "a date of little evidence does not outweigh anything", 0.7, 0.5, false},
		{"declared inside a date", "Born on [a reference number].", "nothing outweighs a declared name", 0.9, 0.5, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			span := text.Span{Start: 8, End: 16}
			c := redact.Config{Balanced: true, Recognizers: []recognize.Recognizer{fixed{
				{Span: span, Kind: recognize.Date, Subtype: "date", Score: tc.kept},
				{Span: text.Span{Start: 8, End: 11}, Kind: recognize.Code, Score: tc.cut, Declared: tc.declared},
				{Span: span, Kind: recognize.Code, Score: tc.cut, Declared: tc.declared},
			}}, Policy: redact.Policy{Rules: []redact.Rule{
				{Kind: recognize.Date, Operator: redact.Keep}, {Kind: recognize.Code, Operator: redact.Label},
			}}}
			require.Equal(t, tc.want, redactWith(t, c, "Born on 3/4/1934.")[0].Text, tc.reason)
		})
	}
}

// fixed reports findings in the first text that it reads, whatever it says.
type fixed []recognize.Finding

func (fixed) Name() string { return "fixed" }

func (f fixed) Recognize(_ context.Context, d *recognize.Document) ([]recognize.Finding, error) {
	if strings.Contains(d.Text, "[") {
		return nil, nil
	}
	return slices.Clone(f), nil
}

func TestRedactDecisionsHoldNoText(t *testing.T) {
	const secret = "Zanzibaria"
	c := redact.Config{
		Recognizers: finder{find(secret, "PERSON")}.list(), Balanced: true, Policy: all(redact.Pseudonym),
		Declared: []recognize.Declared{{Kind: recognize.Person, Name: secret}}, Key: []byte("0123456789abcdef"),
	}
	c.Policy = redact.Policy{Rules: []redact.Rule{{Kind: recognize.Person, Operator: redact.Pseudonym}}}
	r, err := redact.New(c)
	require.NoError(t, err)
	p := redact.Passage{Text: "Ask " + secret}
	keys := &redact.KeyFile{}
	out, err := r.RedactWithKeys(t.Context(), []redact.Passage{p}, keys)
	require.NoError(t, err)
	require.Equal(t, 1, keys.Len())
	tr := r.NewTransformer(t.Context())
	_, _, err = tr.Transform(nil, []byte(p.Text), false)
	require.NoError(t, err)
	for _, v := range []any{c, p, &p, r, *r, keys, *keys, tr, out, out[0].Decisions, []any{c, p, r, keys}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			got := fmt.Sprintf(verb, v)
			require.NotContains(t, got, secret, verb)
			require.NotContains(t, got, fmt.Sprintf("%x", secret), verb)
			require.NotContains(t, got, "0123456789abcdef", verb)
		}
	}
	var b strings.Builder
	_, err = keys.WriteTo(&b)
	require.NoError(t, err)
	require.JSONEq(t, `{"scope":"","pseudonym":"person 1","original":"`+secret+`"}`, b.String())
}

func TestRedactFailsClosed(t *testing.T) {
	c := redact.Config{Policy: all(redact.Label)}
	r, err := redact.New(c)
	require.NoError(t, err)
	out, err := r.Redact(t.Context(), []redact.Passage{{Text: "fine"}, {Text: "Okafor\xff"}})
	require.ErrorIs(t, err, text.ErrInvalidUTF8)
	require.Nil(t, out, "an error yields no output at all")
	require.NotContains(t, err.Error(), "Okafor")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out, err = r.Redact(ctx, []redact.Passage{{Text: "fine"}})
	require.ErrorIs(t, err, context.Canceled)
	require.Nil(t, out)
	_, err = redact.New(redact.Config{Collection: "2026"})
	require.ErrorIs(t, err, redact.ErrKey)
	_, err = redact.New(redact.Config{Key: []byte("short")})
	require.ErrorIs(t, err, redact.ErrKey)
}

// restless finds something new whenever it reads.
type restless struct{}

func (restless) Name() string { return "restless" }

func (restless) Recognize(_ context.Context, d *recognize.Document) ([]recognize.Finding, error) {
	if i := strings.Index(d.Text, " z"); i >= 0 {
		return []recognize.Finding{{Span: text.Span{Start: i + 1, End: i + 2}, Kind: recognize.Person, Score: 1}}, nil
	}
	return nil, nil
}

func TestRedactGivesUpOnWhatDoesNotSettle(t *testing.T) {
	c := redact.Config{Recognizers: []recognize.Recognizer{restless{}}, Balanced: true, Policy: all(redact.Label)}
	r, err := redact.New(c)
	require.NoError(t, err)
	_, err = r.Redact(t.Context(), []redact.Passage{{Text: "a" + strings.Repeat(" z, b", 100)}})
	require.ErrorIs(t, err, redact.ErrUnstable)
	out, err := r.Redact(t.Context(), []redact.Passage{{Text: "a" + strings.Repeat(" z, b", 5)}})
	require.NoError(t, err)
	require.NotContains(t, out[0].Text, " z", "what a later reading finds is cut too")
	require.Len(t, out[0].Decisions, 5)
}

func TestPseudonymScopes(t *testing.T) {
	policy := redact.Policy{Rules: []redact.Rule{{Kind: recognize.Person, Operator: redact.Pseudonym}}}
	names := finder{find("Okafor", "PERSON"), find("Lindqvist", "PERSON"), find("Brennan", "PERSON")}
	run := func(in redact.Config, key string, texts ...string) []string {
		c := redact.Config{Recognizers: names.list(), Balanced: true, Policy: policy, Collection: in.Collection}
		if key != "" {
			c.Key = []byte(key)
		}
		var out []string
		for _, r := range redactWith(t, c, texts...) {
			out = append(out, r.Text)
		}
		return out
	}
	const k1, k2 = "0123456789abcdef", "fedcba9876543210"
	require.Equal(t, []string{"[Person 1], [person 2]", "[Person 1], [person 2]"},
		run(redact.Config{}, "", "Okafor, Lindqvist", "Lindqvist, Okafor"), "each document numbers anew")
	r, err := redact.New(redact.Config{Recognizers: names.list(), Balanced: true, Policy: policy})
	require.NoError(t, err)
	one, err := r.Redact(t.Context(), []redact.Passage{{Document: "one", Text: "Okafor, Lindqvist"}, {Document: "one", Text: "Lindqvist, Okafor"}})
	require.NoError(t, err)
	require.Equal(t, []string{"[Person 1], [person 2]", "[Person 2], [person 1]"}, []string{one[0].Text, one[1].Text}, "passages of one document share their numbers")
	require.Equal(t, run(redact.Config{}, "", "Okafor, Lindqvist"), run(redact.Config{}, k1, "Brennan, Okafor"),
		"a number depends on the order of appearance alone, so it cannot link")

	collection := func(id, key string, texts ...string) []string {
		return run(redact.Config{Collection: id}, key, texts...)
	}
	a := collection("2026", k1, "Okafor", "Lindqvist", "Okafor")
	require.Equal(t, a[0], a[2])
	require.NotEqual(t, a[0], a[1])
	require.Equal(t, a[0], collection("2026", k1, "Brennan", "Okafor")[1], "the order of calls and texts does not matter")
	seen := map[string]string{}
	for _, id := range []string{"2026", "2027", "2026 "} {
		for _, key := range []string{k1, k2} {
			for i, name := range collection(id, key, "Okafor", "Lindqvist", "Brennan") {
				where := fmt.Sprint(id, key, i)
				require.NotContains(t, seen, name, "%s and %s", where, seen[name])
				seen[name] = where
			}
		}
	}
	require.Equal(t, a, collection("2026", k1, a...), "a token is known as a label")
}

func TestRedactorIsSafeForConcurrentUse(t *testing.T) {
	r, err := redact.New(redact.Config{Policy: preset(t, "anonymous")})
	require.NoError(t, err)
	want := redacted(t, r, lawTexts()...)
	got := make([][]redact.Redacted, 8)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() {
			var passages []redact.Passage
			for j, s := range lawTexts() {
				passages = append(passages, redact.Passage{Text: s, Document: fmt.Sprint(j)})
			}
			got[i], _ = r.Redact(t.Context(), passages)
		})
	}
	wg.Wait()
	for _, g := range got {
		require.Equal(t, want, g)
	}
}

func TestRedactPropagatesThroughTheGroup(t *testing.T) {
	r, err := redact.New(redact.Config{Policy: all(redact.Label), Balanced: true})
	require.NoError(t, err)
	out := redacted(t, r, "We thanked Dr Amara Okafor for it.", "Then Okafor left; the OKAFOR papers stayed.")
	require.NotContains(t, strings.ToLower(out[1].Text), "okafor")
}
