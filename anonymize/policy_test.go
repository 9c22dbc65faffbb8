// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"math/rand"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/quick"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

func kinds() []recognize.Kind {
	return []recognize.Kind{
		recognize.Person, recognize.Org, recognize.Place, recognize.Date, recognize.Contact,
		recognize.Code, recognize.Brand, recognize.Other,
	}
}

func operators() []anonymize.Operator {
	return []anonymize.Operator{
		anonymize.Suppress, anonymize.Remove, anonymize.Label, anonymize.Pseudonym, anonymize.GeneraliseRelative,
		anonymize.Generalise, anonymize.GeneraliseQuarter, anonymize.GeneraliseRegion, anonymize.Keep,
	}
}

func subtypes() []string {
	return []string{"", "age", "money", "figure", "medicine", "email", "uk-postcode", "condition", "unheard-of"}
}

func TestPolicyRejectsWhatCannotBeDone(t *testing.T) {
	for _, tc := range []struct {
		name   string
		rule   anonymize.Rule
		ok     bool
		reason string
	}{
		{"date quarter", anonymize.Rule{Kind: recognize.Date, Operator: anonymize.GeneraliseQuarter}, true, "a date has a quarter"},
		{"person quarter", anonymize.Rule{Kind: recognize.Person, Operator: anonymize.GeneraliseQuarter}, false, "a person has none"},
		{"place relative", anonymize.Rule{Kind: recognize.Place, Operator: anonymize.GeneraliseRelative}, false, "only dates have a distance"},
		{"contact generalised", anonymize.Rule{Kind: recognize.Contact, Operator: anonymize.Generalise}, false, "half a phone number identifies"},
		{"contact pseudonym", anonymize.Rule{Kind: recognize.Contact, Operator: anonymize.Pseudonym}, false, "an address is no entity"},
		{"date pseudonym", anonymize.Rule{Kind: recognize.Date, Operator: anonymize.Pseudonym}, false, "a date is no entity"},
		{"code generalised", anonymize.Rule{Kind: recognize.Code, Operator: anonymize.Generalise}, false, "there is nothing coarser than a code"},
		{"place region step", anonymize.Rule{Kind: recognize.Place, Operator: anonymize.GeneraliseRegion}, false, "the step is that of organisations"},
		{"contact label", anonymize.Rule{Kind: recognize.Contact, Operator: anonymize.Label}, true, "every kind has a label"},
		{"unknown operator", anonymize.Rule{Kind: recognize.Person, Operator: "redact"}, false, "a misspelt operator must not pass"},
		{"no operator", anonymize.Rule{Kind: recognize.Person}, false, "a rule without an operator says nothing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			policy := anonymize.Policy{Rules: []anonymize.Rule{tc.rule}}
			_, err := anonymize.NewRedactor(anonymize.RedactorConfig{Policy: policy, Recognizers: finder{}.list()})
			if tc.ok {
				require.NoError(t, err, tc.reason)
				return
			}
			require.ErrorIs(t, err, anonymize.ErrOperator, tc.reason)
		})
	}
	twice := anonymize.Policy{Rules: []anonymize.Rule{
		{Kind: recognize.Person, Operator: anonymize.Label}, {Kind: recognize.Person, Operator: anonymize.Keep},
	}}
	require.ErrorIs(t, twice.Validate(), anonymize.ErrOperator, "two rules for one kind contradict each other")
}

func TestPolicyWithoutRuleRemoves(t *testing.T) {
	for _, k := range append(kinds(), "INVENTED") {
		require.Equal(t, anonymize.Remove, anonymize.Policy{}.For(k, "any"))
	}
}

// randomPolicy makes policies that can be carried out.
type randomPolicy struct{ anonymize.Policy }

func (randomPolicy) Generate(r *rand.Rand, size int) reflect.Value {
	var p anonymize.Policy
	for _, k := range kinds() {
		for _, s := range subtypes() {
			if r.Intn(3) > 0 {
				continue
			}
			rule := anonymize.Rule{Kind: k, Subtype: s, Operator: operators()[r.Intn(len(operators()))]}
			if (anonymize.Policy{Rules: []anonymize.Rule{rule}}).Validate() == nil {
				p.Rules = append(p.Rules, rule)
			}
		}
	}
	r.Shuffle(len(p.Rules), func(i, j int) { p.Rules[i], p.Rules[j] = p.Rules[j], p.Rules[i] })
	return reflect.ValueOf(randomPolicy{p})
}

func sameEffect(a, b anonymize.Policy) bool {
	for _, k := range kinds() {
		for _, s := range subtypes() {
			if a.For(k, s) != b.For(k, s) {
				return false
			}
		}
	}
	return true
}

func TestTightenIsAMeet(t *testing.T) {
	law := func(a, b, c randomPolicy) bool {
		ab := anonymize.Tighten(a.Policy, b.Policy)
		if ab.Validate() != nil {
			return false
		}
		for _, k := range kinds() {
			for _, s := range subtypes() {
				x, y, z := a.For(k, s), b.For(k, s), ab.For(k, s)
				if x.Stricter(z) || y.Stricter(z) || (z != x && z != y) {
					return false
				}
			}
		}
		return sameEffect(ab, anonymize.Tighten(b.Policy, a.Policy)) &&
			sameEffect(anonymize.Tighten(ab, c.Policy), anonymize.Tighten(a.Policy, anonymize.Tighten(b.Policy, c.Policy))) &&
			sameEffect(anonymize.Tighten(a.Policy, a.Policy), a.Policy)
	}
	require.NoError(t, quick.Check(law, &quick.Config{MaxCount: 500, Rand: rand.New(rand.NewSource(1))}))
}

func TestOperatorOrderIsTotal(t *testing.T) {
	ops := operators()
	for i, a := range ops {
		for j, b := range ops {
			require.Equal(t, i < j, a.Stricter(b), "%s, %s", a, b)
		}
	}
}

func TestPresetsCloseFromPublicToAggregate(t *testing.T) {
	levels := []string{"public", "attributed", "anonymous", "aggregate"}
	var before anonymize.Policy
	for i, level := range levels {
		p, err := anonymize.PolicyFor(level)
		require.NoError(t, err)
		require.NoError(t, p.Validate())
		for _, k := range kinds() {
			require.True(t, slices.ContainsFunc(p.Rules, func(r anonymize.Rule) bool {
				return r.Kind == k && r.Subtype == ""
			}), "%s says what to do with %s", level, k)
			for _, s := range append(subtypes(), "percent", "score", "count", "role") {
				if i > 0 {
					require.False(t, before.For(k, s).Stricter(p.For(k, s)), "%s %s/%s", level, k, s)
				}
			}
		}
		before = p
	}
	for _, level := range []string{"withheld", "", "Public", "anon"} {
		_, err := anonymize.PolicyFor(level)
		require.ErrorIs(t, err, anonymize.ErrUnknownLevel, "an unknown level is never a policy")
	}
}

func all(op anonymize.Operator) anonymize.Policy {
	var p anonymize.Policy
	for _, k := range kinds() {
		p.Rules = append(p.Rules, anonymize.Rule{Kind: k, Operator: op})
	}
	return p
}

func TestPolicyForCopies(t *testing.T) {
	a, err := anonymize.PolicyFor("anonymous")
	require.NoError(t, err)
	a.Rules[0].Operator = anonymize.Keep
	b, err := anonymize.PolicyFor("anonymous")
	require.NoError(t, err)
	require.NotEqual(t, a.Rules[0], b.Rules[0], "a caller must not be able to loosen the preset of others")
}

func TestTablesAreWhole(t *testing.T) {
	for name, width := range map[string]int{
		"policies": 4, "labels": 6, "organisations": 4, "roles": 3, "conditions": 2, "regions": 2, "postcode-areas": 2,
	} {
		b, err := os.ReadFile("data/" + name + ".tsv")
		require.NoError(t, err)
		lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
		require.Contains(t, string(b), "# Source: ", name)
		require.Contains(t, string(b), "Licence: ", name)
		var keys []string
		for i, line := range lines {
			if strings.HasPrefix(line, "#") {
				continue
			}
			require.True(t, norm.NFC.IsNormalString(line), "%s line %d", name, i+1)
			cells := strings.Split(line, "\t")
			require.Len(t, cells, width, "%s line %d", name, i+1)
			for _, c := range cells {
				require.NotEmpty(t, strings.TrimSpace(c), "%s line %d", name, i+1)
				require.Equal(t, strings.TrimSpace(c), c, "%s line %d", name, i+1)
			}
			key := cells[0]
			switch name {
			case "policies":
				key = strings.Join(cells[:3], " ")
			case "labels":
				key = strings.Join(cells[:2], " ")
			}
			require.NotContains(t, keys, key, "%s line %d", name, i+1)
			keys = append(keys, key)
		}
		if width == 2 {
			require.True(t, slices.IsSorted(keys), name)
		}
		require.Greater(t, len(keys), 30, name)
	}
}
