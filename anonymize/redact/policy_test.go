// SPDX-License-Identifier: Apache-2.0

package redact_test

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

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

func kinds() []recognize.Kind {
	return []recognize.Kind{
		recognize.Person, recognize.Org, recognize.Place, recognize.Date, recognize.Contact,
		recognize.Code, recognize.Brand, recognize.Other,
	}
}

func operators() []redact.Operator {
	return []redact.Operator{
		redact.Suppress, redact.Remove, redact.Label, redact.Pseudonym, redact.GeneraliseRelative,
		redact.Generalise, redact.GeneraliseQuarter, redact.GeneraliseRegion, redact.Keep,
	}
}

func subtypes() []string {
	return []string{"", "age", "money", "figure", "medicine", "email", "uk-postcode", "condition", "unheard-of"}
}

func TestPolicyRejectsWhatCannotBeDone(t *testing.T) {
	for _, tc := range []struct {
		name   string
		rule   redact.Rule
		ok     bool
		reason string
	}{
		{"date quarter", redact.Rule{Kind: recognize.Date, Operator: redact.GeneraliseQuarter}, true, "a date has a quarter"},
		{"person quarter", redact.Rule{Kind: recognize.Person, Operator: redact.GeneraliseQuarter}, false, "a person has none"},
		{"place relative", redact.Rule{Kind: recognize.Place, Operator: redact.GeneraliseRelative}, false, "only dates have a distance"},
		{"contact generalised", redact.Rule{Kind: recognize.Contact, Operator: redact.Generalise}, false, "half a phone number identifies"},
		{"contact pseudonym", redact.Rule{Kind: recognize.Contact, Operator: redact.Pseudonym}, false, "an address is no entity"},
		{"date pseudonym", redact.Rule{Kind: recognize.Date, Operator: redact.Pseudonym}, false, "a date is no entity"},
		{"code generalised", redact.Rule{Kind: recognize.Code, Operator: redact.Generalise}, false, "there is nothing coarser than a code"},
		{"place region step", redact.Rule{Kind: recognize.Place, Operator: redact.GeneraliseRegion}, false, "the step is that of organisations"},
		{"contact label", redact.Rule{Kind: recognize.Contact, Operator: redact.Label}, true, "every kind has a label"},
		{"unknown operator", redact.Rule{Kind: recognize.Person, Operator: "redact"}, false, "a misspelt operator must not pass"},
		{"no operator", redact.Rule{Kind: recognize.Person}, false, "a rule without an operator says nothing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			policy := redact.Policy{Rules: []redact.Rule{tc.rule}}
			_, err := redact.New(redact.Config{Policy: policy, Recognizers: finder{}.list()})
			if tc.ok {
				require.NoError(t, err, tc.reason)
				return
			}
			require.ErrorIs(t, err, redact.ErrOperator, tc.reason)
		})
	}
	twice := redact.Policy{Rules: []redact.Rule{
		{Kind: recognize.Person, Operator: redact.Label}, {Kind: recognize.Person, Operator: redact.Keep},
	}}
	require.ErrorIs(t, twice.Validate(), redact.ErrOperator, "two rules for one kind contradict each other")
}

func TestPolicyWithoutRuleRemoves(t *testing.T) {
	for _, k := range append(kinds(), "INVENTED") {
		require.Equal(t, redact.Remove, redact.Policy{}.For(k, "any"))
	}
}

// randomPolicy makes policies that can be carried out.
type randomPolicy struct{ redact.Policy }

func (randomPolicy) Generate(r *rand.Rand, size int) reflect.Value {
	var p redact.Policy
	for _, k := range kinds() {
		for _, s := range subtypes() {
			if r.Intn(3) > 0 {
				continue
			}
			rule := redact.Rule{Kind: k, Subtype: s, Operator: operators()[r.Intn(len(operators()))]}
			if (redact.Policy{Rules: []redact.Rule{rule}}).Validate() == nil {
				p.Rules = append(p.Rules, rule)
			}
		}
	}
	r.Shuffle(len(p.Rules), func(i, j int) { p.Rules[i], p.Rules[j] = p.Rules[j], p.Rules[i] })
	return reflect.ValueOf(randomPolicy{p})
}

func sameEffect(a, b redact.Policy) bool {
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
		ab := redact.Tighten(a.Policy, b.Policy)
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
		return sameEffect(ab, redact.Tighten(b.Policy, a.Policy)) &&
			sameEffect(redact.Tighten(ab, c.Policy), redact.Tighten(a.Policy, redact.Tighten(b.Policy, c.Policy))) &&
			sameEffect(redact.Tighten(a.Policy, a.Policy), a.Policy)
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
	var before redact.Policy
	for i, level := range levels {
		p, err := redact.PolicyFor(level)
		require.NoError(t, err)
		require.NoError(t, p.Validate())
		for _, k := range kinds() {
			require.True(t, slices.ContainsFunc(p.Rules, func(r redact.Rule) bool {
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
		_, err := redact.PolicyFor(level)
		require.ErrorIs(t, err, redact.ErrOperator, "an unknown level is never a policy")
	}
}

func all(op redact.Operator) redact.Policy {
	var p redact.Policy
	for _, k := range kinds() {
		p.Rules = append(p.Rules, redact.Rule{Kind: k, Operator: op})
	}
	return p
}

func TestPolicyForCopies(t *testing.T) {
	a, err := redact.PolicyFor("anonymous")
	require.NoError(t, err)
	a.Rules[0].Operator = redact.Keep
	b, err := redact.PolicyFor("anonymous")
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
