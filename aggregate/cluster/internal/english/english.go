// SPDX-License-Identifier: Apache-2.0

package english

import "strings"

// verbList is the verbs with which objectives and tasks begin. A word counts as
// a verb only from this list: most nouns of the field are no verb.
const verbList = ` accept achieve adapt add address adjust adopt advise agree align allow analyse anonymise answer apply ask assess attend
attract avoid balance begin boost break bring build capture change check choose clarify co-create co-design coach collect combine
communicate complete conduct connect consult convince coordinate cover create cut deal decide define deliver demonstrate design develop
discuss disseminate diversify draft draw earn educate embed empower enable encourage engage enrol ensure establish evaluate examine
expand explain explore extend facilitate fill find fix focus follow foster fund gain gather get give grow guide handle hear help hire
hold identify implement improve include increase inform integrate interpret introduce invite involve join keep know learn limit link
listen maintain make manage map measure meet mitigate monitor motivate navigate negotiate obtain offer open organise overcome pay
persuade pilot plan prepare prevent prioritise produce promote protect prove provide publish raise reach recognise recruit redesign
reduce refine register reimburse remove repair report represent respect respond retain return review revise run scale schedule secure
seek select send set shape share shorten show sign simplify solve speak speed spread standardise start stop streamline strengthen
study summarise support survey sustain talk teach tell test track train translate travel trust understand update use validate visit
work write `

// IsVerb reports whether a folded word is the plain form of a listed verb.
func IsVerb(w string) bool {
	return w != "" && !strings.Contains(w, " ") && strings.Contains(spaced(verbList), " "+w+" ")
}

func spaced(list string) string { return strings.ReplaceAll(list, "\n", " ") }

// Gerund is the -ing form of a plain verb.
func Gerund(w string) string {
	n := len(w)
	switch {
	case n < 2:
		return w
	case strings.HasSuffix(w, "ie"):
		return w[:n-2] + "ying"
	case strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "ee"):
		return w[:n-1] + "ing"
	case doubles(w):
		return w + w[n-1:] + "ing"
	}
	return w + "ing"
}

// doubles reports whether the last consonant doubles before an ending: after
// one short vowel, in the verbs of the list that are stressed there.
func doubles(w string) bool {
	return strings.Contains(" get run set cut plan stop begin map enrol commit fit put let win travel bet ", " "+w+" ")
}

// Plain is the Plain form of a gerund of a listed verb, or "".
func Plain(w string) string {
	stem, ok := strings.CutSuffix(w, "ing")
	if !ok {
		return ""
	}
	for _, v := range [...]string{stem, stem + "e"} {
		if IsVerb(v) && Gerund(v) == w {
			return v
		}
	}
	if n := len(stem); n > 2 && stem[n-1] == stem[n-2] && IsVerb(stem[:n-1]) && Gerund(stem[:n-1]) == w {
		return stem[:n-1]
	}
	return ""
}
