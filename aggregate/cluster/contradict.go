// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Statements that differ in one of the ways below say different things however
// alike they sound. The rules err towards keeping statements apart: two
// statements of one thing cost a line, a merged contradiction costs trust.

// opposites are sets of stems and phrases; a statement that names one side only
// is never merged with one that names another side only. Sides are separated
// by |, phrases written with _.
var opposites = [...]string{
	"online virtual virtually remote remotely zoom video webinar digital digitally|in_person face_to_face face-to-face on_site onsite hall venue room",
	"phone telephone telephoned phoned call called ring rang|email emails emailed e-mail e-mails|post posted letter letters mail mailed|text_message sms texted whatsapp",
	"paper printed print hard_copy|online digital electronic website app email",
	"before prior beforehand ahead in_advance|after afterwards following|during",
	"early earlier soon sooner outset|late later end",
	"more increase increased increasing raise raised grow grew rise rose extend extended higher|less fewer reduce reduced reducing decrease decreased cut lower lowered drop dropped fall fell",
	"longer lengthen lengthened long extend extended prolong prolonged|shorter shorten shortened short brief",
	"large larger big bigger|small smaller",
	"high|low", "fast faster quick quickly quicker|slow slowly slower",
	"paid pay paying payment|unpaid voluntary volunteers_only without_pay unremunerated",
	"easy easier simple simpler|hard harder difficult complex complicated",
	"include included including invite invited|exclude excluded excluding leave_out left_out",
	"open|closed close", "public publicly|private privately",
	"start started starting begin began launch launched open_with opened_with|stop stopped stopping end ended finish finished close_with closed_with",
	"accept accepted agree agreed approve approved|reject rejected refuse refused decline declined",
	"worked succeeded successful helped improved better|failed unsuccessful hindered worsened worse backfired",
	"all every everyone always|none never nobody no_one|some sometimes",
	"individual individually one-to-one one_to_one one-on-one alone|group groups together jointly collectively",
	"morning mornings|afternoon afternoons|evening evenings", "weekday weekdays|weekend weekends saturday sunday",
	"daily day|weekly week|fortnightly fortnight|monthly month|quarterly quarter|yearly annually annual year",
	"child children young_people|adult adults|older_people elderly",
	"internal internally|external externally independent", "formal formally|informal informally",
	"anonymous anonymously|named with_names by_name", "optional voluntary|mandatory compulsory required must",
	"first|last", "new|existing old", "male men|female women", "urban city|rural countryside",
	"experienced|inexperienced first-time", "increase_support|withdraw_support", "same|different",
	"keep kept retain retained|remove removed drop dropped delete deleted scrap scrapped", "join joined|leave left quit",
	"once|twice|three_times", "single one|several many multiple various", "with|without",
	"patient-led patient_led|staff-led staff_led clinician-led|charity-led|company-led",
}

// kinds are words of one kind: two statements that are the same but for these
// words speak of different things.
var kinds = [...]string{
	"monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday sunday",
	"january february march april may june july august september october november december",
	"spring summer autumn winter", "north south east west", "first second third fourth last next",
	"patient patients carer carers caregiver caregivers staff clinician clinicians doctor doctors nurse nurses researcher researchers sponsor sponsors company companies charity charities family families child children parent parents volunteer volunteers manager managers pharmacist pharmacists student students adults teenagers men women regulator regulators hospital hospitals industry",
	"english welsh french german spanish polish urdu punjabi arabic chinese",
	"travel food childcare hotel accommodation parking", "newspaper radio television poster leaflet website film newsletter podcast",
}

const negations = " not no never without cannot can't don't didn't doesn't wasn't weren't won't isn't aren't couldn't shouldn't wouldn't hadn't hasn't haven't nothing none neither nor avoid avoided hardly rarely unable fail failed lack lacked refuse refused instead "

const numberWords = " zero one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred half double twice thrice once single "

const roleWords = " patient patients carer carers caregiver caregivers staff clinician clinicians doctor doctors nurse nurses researcher researchers sponsor sponsors company companies charity charities family families child children parent parents volunteer volunteers manager managers member members partner partners "

// reading holds the parts of a statement that the rules look at.
type reading struct {
	negative bool
	numbers  []string
	sides    []uint8 // of each opposite: the sides named, as bits
	roles    []string
	folded   []string
	stems    []string // of folded, "" where a word carries no meaning
	content  []string
	ordered  []string // content, sorted
}

func read(s string) reading {
	var r reading
	s = text.Fold(s)
	for _, t := range text.Tokens(s) {
		if t.Kind == text.Punct || t.Kind == text.Symbol {
			continue
		}
		w := s[t.Start:t.End]
		r.folded = append(r.folded, w)
		if strings.Contains(negations, " "+w+" ") {
			r.negative = !r.negative
		}
		if t.Kind != text.Word || strings.Contains(numberWords, " "+w+" ") {
			r.numbers = append(r.numbers, number(w))
		}
		st := stemOf(w)
		r.stems = append(r.stems, st)
		if st != "" {
			r.content = append(r.content, st)
			if strings.Contains(roleWords, " "+w+" ") {
				r.roles = append(r.roles, st)
			}
		}
	}
	slices.Sort(r.numbers)
	r.numbers = slices.Compact(r.numbers)
	r.ordered = sorted(r.content)
	r.sides = make([]uint8, len(opposites))
	line := " " + strings.Join(r.folded, " ") + " "
	starting := sidesByWord()
	at := 0
	for _, w := range r.folded {
		for _, side := range starting[w] {
			if strings.HasPrefix(line[at:], side.phrase) {
				r.sides[side.opposite] |= side.bit
			}
		}
		at += len(w) + 1
	}
	return r
}

// side is one phrase of one side of an opposite, between blanks.
type side struct {
	phrase   string
	opposite int
	bit      uint8
}

// sidesByWord are the opposites by the first word of each phrase.
var sidesByWord = sync.OnceValue(func() map[string][]side {
	out := map[string][]side{}
	spaced := strings.NewReplacer("_", " ", "-", " ")
	for i, o := range opposites {
		for n, words := range strings.Split(o, "|") {
			for w := range strings.FieldsSeq(words) {
				phrase := spaced.Replace(w)
				first, _, _ := strings.Cut(phrase, " ")
				out[first] = append(out[first], side{" " + phrase + " ", i, 1 << n})
			}
		}
	}
	return out
})

func number(w string) string {
	for i, n := range [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
		if w == n {
			return [...]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}[i]
		}
	}
	switch w {
	case "once", "single":
		return "1"
	case "twice", "double":
		return "2"
	case "thrice":
		return "3"
	case "fifteen":
		return "15"
	case "twenty":
		return "20"
	case "thirty":
		return "30"
	case "hundred":
		return "100"
	}
	return w
}

// contradicts reports whether two statements must be kept apart however alike
// they sound: one denies what the other says, they name opposite sides (online
// and in person, before and after, more and less), other numbers, or who did
// what to whom the other way round. It errs towards true.
func contradicts(a, b string) bool { return read(a).against(read(b)) }

func (r reading) against(o reading) bool {
	if r.negative != o.negative {
		return true
	}
	for i, s := range r.sides {
		t := o.sides[i]
		if s != 0 && t != 0 && s&t == 0 {
			return true
		}
	}
	if len(r.numbers) > 0 && len(o.numbers) > 0 && !slices.Equal(r.numbers, o.numbers) {
		return true
	}
	return r.reversed(o) || r.otherKind(o)
}

// otherKind reports whether the statements differ only in words of one kind.
func (r reading) otherKind(o reading) bool {
	const most = 3
	a, b := r.without(o, most), o.without(r, most)
	if len(a) == 0 || len(b) == 0 || len(a)+len(b) > most {
		return false
	}
	ofA, ofB := kindsOf(a), kindsOf(b)
	for i := range kinds {
		if ofA[i] && ofB[i] {
			return true
		}
	}
	return false
}

// kindsOf are the kinds that one of the words is of.
func kindsOf(words []string) (of [len(kinds)]bool) {
	for i, k := range kinds {
		for _, w := range words {
			of[i] = of[i] || strings.Contains(" "+k+" ", " "+w+" ")
		}
	}
	return of
}

// without is the words that carry meaning in r and not in o; as many as most,
// and one more if there are more.
func (r reading) without(o reading, most int) (out []string) {
	for i, st := range r.stems {
		if st != "" && !slices.Contains(o.content, st) {
			if out = append(out, r.folded[i]); len(out) > most {
				break
			}
		}
	}
	return out
}

// reversed reports whether the same roles occur in another order among much
// the same words, or the same words on other sides of "before" or "after".
func (r reading) reversed(o reading) bool {
	if len(r.roles) > 1 && !slices.Equal(r.roles, o.roles) && slices.Equal(sorted(r.roles), sorted(o.roles)) &&
		slices.Equal(r.ordered, o.ordered) {
		return true
	}
	same := slices.Equal(r.ordered, o.ordered)
	for _, w := range [...]string{"before", "after", "than", "instead", "over", "to", "from", "into", "for"} {
		if len(w) <= 4 && w != "than" && w != "over" && !same {
			continue
		}
		i, j := slices.Index(r.folded, w), slices.Index(o.folded, w)
		if i < 0 || j < 0 {
			continue
		}
		straight := common(r.stems[:i], o.stems[:j]) + common(r.stems[i:], o.stems[j:])
		crossed := common(r.stems[:i], o.stems[j:]) + common(r.stems[i:], o.stems[:j])
		if crossed > straight {
			return true
		}
	}
	return false
}

func sorted(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return s
}

// common counts the stems of a that b has.
func common(a, b []string) int {
	n := 0
	for _, st := range a {
		if st != "" && slices.Contains(b, st) {
			n++
		}
	}
	return n
}
