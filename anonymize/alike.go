// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// Alike are two holdings, or two examples, that look like one. They count as one
// contributor until a person says that they are apart, and so do those who look like
// one by way of others, up to a dozen that hang together: see Config.Apart. It holds
// references only, but says who may be whom, and is for the working group's eyes.
type Alike struct {
	Why string `json:"why"` // name, domain or text; copy of holdings that gave nearly the same text
	A   string `json:"a"`   // references of holdings; of examples where Why is text
	B   string `json:"b"`
}

// LookAlikes finds among the examples of a collection the organisations that
// seem to be one (by names without legal forms and short forms, and by domains
// of e-mail addresses), and examples of different holdings that are nearly the
// same text. Pairs that are said to be apart are left out. Sorted.
func LookAlikes(examples []*model.Example, apart [][2]string) []Alike {
	said := map[[2]string]bool{}
	for _, p := range apart {
		said[ordered(p[0], p[1])] = true
	}
	var out []Alike
	add := func(why, x, y string) {
		p := ordered(x, y)
		if x != y && !said[p] {
			out = append(out, Alike{Why: why, A: p[0], B: p[1]})
		}
	}
	alikeNames(examples, apart, add)
	alikeTexts(examples, add)
	slices.SortFunc(out, func(x, y Alike) int {
		return cmp.Or(cmp.Compare(x.Why, y.Why), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return slices.Compact(out)
}

func ordered(x, y string) [2]string { return [2]string{min(x, y), max(x, y)} }

// alikeNames links holdings by what their parties are called, and by domains. The first
// of those of one name stands for all, since what is linked in a row is one; so does
// each that a person parted from another of them, for that says nothing of the rest.
func alikeNames(examples []*model.Example, apart [][2]string, add func(why, x, y string)) {
	cores, domains := calledAlike(examples)
	parted := partings{}
	for _, p := range apart {
		parted[p[0]], parted[p[1]] = append(parted[p[0]], p[1]), append(parted[p[1]], p[0])
	}
	// first are those of refs who stand for all of them.
	first := func(refs, others []string) []string { return append(parted.from(refs, others), slices.Min(refs)) }
	all := func(why string, refs, others []string) {
		for _, x := range refs {
			for _, y := range others {
				add(why, x, y)
			}
		}
	}
	for key, refs := range cores {
		all("name", first(refs, refs), refs)
		words := strings.Fields(key)
		for n := 1; n < len(words); n++ {
			if shorter := cores[strings.Join(words[:n], " ")]; len(shorter) > 0 && telling(words[:n]) {
				all("name", first(shorter, slices.Concat(shorter, refs)), refs)
				all("name", shorter, parted.from(refs, shorter))
			}
		}
	}
	for _, refs := range domains {
		all("domain", first(refs, refs), refs)
	}
}

// calledAlike are the holdings of each organisation's name, without its legal form, and
// of each domain.
func calledAlike(examples []*model.Example) (cores, domains map[string][]string) {
	cores, domains = map[string][]string{}, map[string][]string{}
	put := func(in map[string][]string, key, ref string) {
		if key != "" && !slices.Contains(in[key], ref) {
			in[key] = append(in[key], ref)
		}
	}
	for _, e := range examples {
		for _, p := range e.Parties {
			if own := ownOrganisation(p); own != nil {
				for _, name := range append([]model.Raw{own.Name}, own.Forms...) {
					put(cores, strings.Join(core(string(name)), " "), p.HoldingRef())
				}
			}
			put(domains, domain(string(p.Contact)), p.HoldingRef())
			for _, id := range p.Identities {
				if id.Type == "code" {
					put(domains, domain(string(id.Name)), p.HoldingRef())
				}
			}
		}
	}
	return cores, domains
}

// partings are the holdings that a person parted from each.
type partings map[string][]string

// from are those of refs whom a person parted from one of others.
func (p partings) from(refs, others []string) (out []string) {
	for _, x := range refs {
		if slices.ContainsFunc(p[x], func(y string) bool { return slices.Contains(others, y) }) {
			out = append(out, x)
		}
	}
	return out
}

// ownOrganisation is the identity that a party goes by: the first organisation.
func ownOrganisation(p model.Party) *model.Identity {
	for i := range p.Identities {
		if p.Identities[i].Type == "organisation" {
			return &p.Identities[i]
		}
	}
	return nil
}

// sameName reports whether two names of organisations differ by legal forms and
// short forms only.
func sameName(a, b string) bool {
	x, y := core(a), core(b)
	n := min(len(x), len(y))
	return n > 0 && slices.Equal(x[:n], y[:n]) && (len(x) == len(y) || telling(x[:n]))
}

// core returns the words of an organisation's name by which it is compared with
// others: folded, without legal forms, countries and little words. Countries and the
// like stay where the other words only say of what kind it is: a "Youth Forum Wales"
// is not a "Youth Forum Scotland". Where nothing is left, all words are returned.
func core(name string) []string {
	words := strings.FieldsFunc(text.Fold(strings.NewReplacer(".", "", "'", "", "’", "").Replace(name)), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80)
	})
	without := func(drop string) []string {
		var out []string
		for _, w := range words {
			if strings.HasPrefix(w, "pharma") {
				w = "pharma"
			}
			if !slices.Contains(strings.Fields(drop), w) {
				out = append(out, w)
			}
		}
		return out
	}
	if out := without(legalWords + " " + reachWords); telling(out) {
		return out
	}
	if out := without(legalWords); len(out) > 0 {
		return out
	}
	return words
}

// telling reports whether words say which organisation, and not only what kind.
func telling(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return len(w) > 2 && !slices.Contains(strings.Fields(kindWords), w)
	})
}

const (
	legalWords = "the of and for a an ltd limited plc llp llc lp inc incorporated corp corporation co company companies gmbh kg kgaa ag se sa sas sarl srl spa bv nv ab as asa oy aps " +
		"cic cio charity registered"
	reachWords = "uk gb eu usa ireland britain england scotland wales europe international global worldwide group holding holdings"
	kindWords  = "health healthcare care cancer patient patients people national royal saint children childrens young youth community local british english scottish welsh irish european world " +
		"hospice hospital hospitals trust nhs foundation society association support voices network alliance council university college school institute centre center clinic surgery practice medical medicines medicine pharma pharmacy " +
		"north south east west northern southern eastern western central city county rare disease diseases mental women men family families carers research public services service union federation partnership academy forum action"
)

// domain is the domain of an e-mail address, where it belongs to one organisation.
func domain(address string) string {
	_, d, ok := strings.Cut(strings.ToLower(strings.Trim(address, " \t<>.,;")), "@")
	d, _, _ = strings.Cut(d, " ")
	d = strings.Trim(d, "<>.,;)")
	if !ok || !strings.Contains(d, ".") || slices.Contains(strings.Fields(sharedDomains), d) {
		return ""
	}
	return d
}

// sharedDomains are those at which anybody has an address.
const sharedDomains = "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com live.co.uk msn.com yahoo.com yahoo.co.uk ymail.com icloud.com me.com mac.com aol.com proton.me protonmail.com " +
	"gmx.de gmx.net gmx.com web.de t-online.de orange.fr wanadoo.fr free.fr laposte.net libero.it btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com mail.com fastmail.com zoho.com seznam.cz wp.pl onet.pl o2.pl " +
	"nhs.net nhs.uk gov.uk ac.uk hscni.net example.com example.org example.net"

// CommonShingle is the number of examples above which a run of words that stands
// in all of them says nothing about copying.
const CommonShingle = 12

const (
	shingleWords    = 4
	leastShingles   = 12 // that a text must have to be compared
	nearCopyPercent = 60 // of the shorter text's shingles
)

// NearCopy reports whether examples of x and y shingles that share so many are
// nearly the same text. Shingles that more than CommonShingle examples have do
// not count as shared.
func NearCopy(shared, x, y int) bool {
	n := min(x, y)
	return n >= leastShingles && shared*100 >= nearCopyPercent*n
}

// alikeTexts links examples of which one says most of what another says, word
// for word. Examples of one holding are one anyway.
func alikeTexts(examples []*model.Example, add func(why, x, y string)) {
	runs := make([][]uint64, len(examples))
	where := map[uint64][]int{}
	for i, e := range examples {
		runs[i] = Shingles(e)
		for _, h := range runs[i] {
			where[h] = append(where[h], i)
		}
	}
	for i := range examples {
		if len(runs[i]) < leastShingles {
			continue
		}
		shared := map[int]int{}
		for _, h := range runs[i] {
			if at := where[h]; len(at) <= CommonShingle {
				for _, j := range at {
					if j < i {
						shared[j]++
					}
				}
			}
		}
		for j, n := range shared {
			if NearCopy(n, len(runs[i]), len(runs[j])) && !shareHolding(examples[i], examples[j]) {
				add("text", examples[i].ID, examples[j].ID)
			}
		}
	}
}

// Shingles are hashes of the distinct runs of four words in the texts of an
// example, sorted. They do not hide the text: whoever guesses it can tell.
func Shingles(e *model.Example) []uint64 {
	var out []uint64
	b := builder{terms: model.Terms{Level: model.Anonymous}, text: func(_ string, raw model.Raw) string {
		words := strings.Fields(text.Fold(string(raw)))
		for i := 0; i+shingleWords <= len(words); i++ {
			h := fnv.New64a()
			_, _ = h.Write([]byte(strings.Join(words[i:i+shingleWords], " ")))
			out = append(out, h.Sum64())
		}
		return ""
	}}
	b.content(e)
	slices.Sort(out)
	return slices.Compact(out)
}

func shareHolding(x, y *model.Example) bool {
	refs := holdingRefs(x)
	return slices.ContainsFunc(holdingRefs(y), func(ref string) bool { return slices.Contains(refs, ref) })
}

// holdingRefs are the holdings of all parties of an example and of their clients.
func holdingRefs(e *model.Example) []string {
	var out []string
	for _, p := range e.Parties {
		out = append(append(out, p.HoldingRef()), p.Clients...)
	}
	return out
}

// mostByOthers is the number of holdings up to which all that hang together count
// as one, however many stand between two of them.
const mostByOthers = 12

// groups are the references of holdings that count together, by each of them: two
// count as one where their lists share one. Likeness by way of others says less with
// every step, and in a large collection a chain of short forms and abbreviations that
// happen to be the same runs through half of it. So where more than mostByOthers hang
// together each has itself and what looks like it: two count as one that look alike,
// or that both look like the same third, and no others.
func groups(examples []*model.Example, pairs []Alike) map[string][]string {
	parent := map[string]string{}
	find := func(x string) string {
		for parent[x] != "" {
			x = parent[x]
		}
		return x
	}
	join := func(x, y string) {
		if x, y = find(x), find(y); x != y {
			parent[max(x, y)] = min(x, y)
		}
	}
	contributor := map[string]string{}
	for _, e := range examples {
		if len(e.Parties) > 0 {
			contributor[e.ID] = e.Parties[0].HoldingRef()
		}
	}
	near := map[string][]string{}
	for _, p := range pairs {
		x, y := p.A, p.B
		if p.Why == "text" {
			x, y = contributor[x], contributor[y]
		}
		if x != "" && y != "" {
			join(x, y)
			near[x], near[y] = append(near[x], y), append(near[y], x)
		}
	}
	out, all := map[string][]string{}, map[string][]string{}
	for m := range near {
		all[find(m)] = append(all[find(m)], m)
	}
	for _, together := range all {
		slices.Sort(together)
		for _, m := range together {
			out[m] = together
			if len(together) > mostByOthers {
				out[m] = append(near[m], m)
				slices.Sort(out[m])
				out[m] = slices.Compact(out[m])
			}
		}
	}
	return out
}
