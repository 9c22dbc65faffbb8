// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"strings"
	"sync"
)

// grammar are the features of who does what in a sentence, as far as its first
// verb and what stands before it show: "we held", "participants felt", "the
// project aims". broad are those that also help the sentences beside it.
func grammar(folded string) (narrow, broad []string) {
	words := strings.FieldsFunc(folded, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("'%£$-", r)
	})
	first := -1
	for i, w := range words {
		if finite()[w] || i > 0 && isPast(w) {
			first = i
			break
		}
	}
	if first < 0 {
		broad = append(broad, "no verb")
		if len(words) > 0 {
			broad = append(broad, "no verb "+kindOfActor(words[0]))
		}
		return nil, broad
	}
	head := "^"
	for i := range first {
		if i > 0 && prepositions()[words[i]] {
			break
		}
		head = words[i]
	}
	main, aux, be := first, "", false
	for main < len(words)-1 && auxiliaries()[words[main]] {
		if aux == "" {
			aux = words[main]
		}
		be = be || forms()[words[main]]
		main++
	}
	verb := words[main]
	actor, deed := kindOfActor(head), kindOfDeed(verb)
	passive := "active "
	if be && (strings.HasSuffix(verb, "ed") || finite()[verb] && !auxiliaries()[verb]) {
		passive = "passive "
	}
	broad = append(broad, actor+" "+deed+" "+aux+" "+passive, "deed "+deed+" "+aux, passive+deed)
	narrow = append(narrow, "head "+head, "verb "+verb, head+" "+verb, "kind "+actor+" "+verb, head+" does "+deed+" "+aux,
		"after "+string(rune('0'+min(first, 6))))
	for i := 1; i <= 2 && main+i < len(words); i++ {
		narrow = append(narrow, string(rune('0'+i))+" "+verb+" "+words[main+i])
	}
	return narrow, broad
}

func isPast(w string) bool { return len(w) > 4 && strings.HasSuffix(w, "ed") }

var (
	finite = sync.OnceValue(func() map[string]bool {
		return set("was were had did went came held ran met made took gave brought built wrote sent set led got found saw began spoke chose put told said felt became grew won lost kept paid heard understood thought knew sought left drew spent taught shared showed came fell rose meant stood let is are has have does do can could will would should must may might needs need wants want means includes include provides provide aims aim seeks seek offers offer helps help allows allow works work enables enable supports support")
	})
	auxiliaries = sync.OnceValue(func() map[string]bool {
		return set("is are was were be been being has have had do does did will would should must can could may might not also then to")
	})
	forms        = sync.OnceValue(func() map[string]bool { return set("is are was were be been being") })
	prepositions = sync.OnceValue(func() map[string]bool {
		return set("of in on at for with by from to into through during after before across between within about as that which who is are")
	})
	actors = sync.OnceValue(func() map[string]string {
		return kinds([]string{
			"we", "we i our my",
			"people", "us they you he she people participants participant patients patient users user residents members member staff families family parents carers children clients everyone attendees volunteers citizens applicants women men students pupils tenants respondents learners nurses clinicians",
		})
	})
	bodies = sync.OnceValue(func() map[string]bool {
		return set("team project programme program council group committee board trust service organisation organization company department partnership charity hospital network centre university forum panel session sessions workshop workshops meeting meetings event events survey research results feedback report findings process initiative")
	})
	deeds = sync.OnceValue(func() map[string]string {
		return kinds([]string{
			"does", "hold held run ran organise organised organize organized develop developed recruit recruited invite invited create created set start started launch launched deliver delivered design designed conduct conducted carry carried send sent ask asked interview interviewed visit visited train trained use used make made establish established introduce introduced build built write wrote publish published present presented host hosted facilitate facilitated distribute distributed contact contacted work worked meet met test tested produce produced give gave bring brought arrange arranged form formed gather gathered collect collected consult consulted engage engaged involve involved review reviewed",
			"finds", "find found feel felt say said report reported agree agreed identify identified highlight highlighted show showed shown tell told suggest suggested note noted express expressed think thought want wanted prefer preferred struggle struggled understand understood like liked believe believed value valued reveal revealed indicate indicated mention mentioned raise raised emerge emerged",
			"brings", "increase increased lead led result resulted improve improved become became reduce reduced achieve achieved enable enabled help helped benefit benefited allow allowed grow grew rise rose receive received attend attended vote voted approve approved adopt adopted complete completed win won fund funded",
			"is", "is are has have was were had be include includes consist consists provide provides offer offers serve serves runs",
		})
	})
)

// kinds reads pairs of a kind and its words; a word is of the first that has it.
func kinds(pairs []string) map[string]string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		for w := range strings.FieldsSeq(pairs[i+1]) {
			if m[w] == "" {
				m[w] = pairs[i]
			}
		}
	}
	return m
}

func kindOfActor(w string) string {
	if kind := actors()[w]; kind != "" {
		return kind
	}
	if bodies()[w] {
		return w
	}
	return "-"
}

func kindOfDeed(w string) string {
	if kind := deeds()[w]; kind != "" {
		return kind
	}
	if strings.HasSuffix(w, "ed") {
		return "ed"
	}
	return "-"
}
