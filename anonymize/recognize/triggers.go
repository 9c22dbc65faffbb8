// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// class is a set of roles that a word can play; the words are the files of
// data/en, one file a class.
type class uint64

const (
	clsTitle class = 1 << iota
	clsRole
	clsPostnominal
	clsOrgHead
	clsOrgSuffix
	clsPlaceHead
	clsMonth
	clsWeekday
	clsBridge
	clsParticle
	clsSaid
	clsEponym
	clsWorld
	clsDemonym
	clsAcronym
	clsUnit
	clsNumberWord
	clsLabel
	clsBrandHead
	clsTerm
	clsMedicine
	clsRelation
	clsRegion
	clsDirection
	clsOrdinal
	clsDigitWord
	clsGeneric
	clsCondition
	clsAfterEponym
	clsOccupation
	clsTitleName
	clsForename
	clsKind
	clsPlaceTail
	clsLineLabel
	clsCopula
	clsMet
	clsThis
	clsSeason
	clsRange
	clsPartOf
	clsSpoken
	clsCampaign
	clsCounted
	clsNational
	clsNationalProduct
	clsDocument
	clsQualification
	clsNameTail
	clsWide
	clsCountedMany
	clsClaim
	clsAsk
	clsClinical
	clsEponymAlone
	clsNamedThing
	clsAttendance
	clsLanguage
)

var classFiles = [...]string{
	"titles", "roles", "postnominals", "org-heads", "org-suffixes", "place-heads", "months", "weekdays", "bridges", "particles",
	"said", "eponyms", "world", "demonyms", "acronyms", "units", "number-words", "labels", "brand-heads", "terms", "medicines",
	"relations", "regions", "directions", "ordinals", "digit-words", "generic-nouns", "conditions", "after-eponym", "occupations", "title-names",
	"forenames", "kinds", "place-tails", "line-labels", "copulas", "met", "this", "seasons", "ranges", "parts-of", "spoken", "campaigns",
	"counted", "national", "national-products", "documents", "qualifications", "name-tails", "wide-countries", "counted-many", "claims", "ask", "clinical", "eponyms-alone",
	"named-things", "attendance", "languages",
}

//go:embed data/en
var english embed.FS

// wordTable is what the files of data/en hold of each word.
type wordTable struct {
	entries []wordEntry // the first is that of a word in no file
	slots   []uint16    // by hash, the number of the entry; 0 if there is none
}

// wordEntry is what the files hold of one word.
type wordEntry struct {
	hash    uint64
	class   class
	lists   listSet
	phrases []phrase // those of two words and more that it begins
}

type phrase struct {
	words []uint64
	class class
	lists listSet
}

var wordTables = sync.OnceValue(func() *wordTable {
	t := &wordTable{entries: make([]wordEntry, 1)}
	at := map[uint64]int{}
	entryOf := func(hash uint64) *wordEntry {
		if at[hash] == 0 {
			at[hash] = len(t.entries)
			t.entries = append(t.entries, wordEntry{hash: hash})
		}
		return &t.entries[at[hash]]
	}
	for i, file := range slices.Concat(classFiles[:], listFiles[:]) {
		var cls class
		var on listSet
		if i < len(classFiles) {
			cls = 1 << i
		} else {
			on.add(list(i - len(classFiles)))
		}
		eachRow(file, func(words []uint64) {
			e := entryOf(words[0])
			if len(words) > 1 {
				e.phrases = append(e.phrases, phrase{words, cls, on})
				return
			}
			e.class |= cls
			e.lists.join(on)
		})
	}
	t.index()
	return t
})

// index makes the slots, of which at most a quarter are used.
func (t *wordTable) index() {
	n := 64
	for n < len(t.entries)*4 {
		n *= 2
	}
	t.slots = make([]uint16, n)
	for k := range t.entries[1:] {
		i := t.entries[k+1].hash & uint64(n-1)
		for t.slots[i] != 0 {
			i = (i + 1) & uint64(n-1)
		}
		t.slots[i] = uint16(k + 1)
	}
}

// find is the number of the entry of a word, 0 if it is in no file.
func (t *wordTable) find(hash uint64) uint16 {
	mask := uint64(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		if n := t.slots[i]; n == 0 || t.entries[n].hash == hash {
			return n
		}
	}
}

func (t *wordTable) look(hash uint64) class { return t.entries[t.find(hash)].class }

// eachRow gives the words of each row of a file of data/en.
func eachRow(file string, do func(words []uint64)) {
	data, err := fs.ReadFile(english, "data/en/"+file+".txt")
	if err != nil {
		panic("recognize: embedded table is missing: " + file)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if ws := hashWords(line); len(ws) > 0 {
			do(ws)
		}
	}
}

func hashWords(line string) []uint64 {
	f := text.Fold(line)
	var ws []uint64
	for _, k := range text.Tokens(f) {
		if k.Kind != text.Punct && k.Kind != text.Symbol {
			ws = append(ws, wordHash(strings.TrimSuffix(f[k.Start:k.End], "'s")))
		}
	}
	return ws
}

// list is a list of words that one rule asks for; a class is what many ask, and may be that of
// a phrase.
type list uint8

// listSet is a set of lists.
type listSet [2]uint64

func (s *listSet) add(l list) { s[l/64] |= 1 << (l % 64) }

func (s *listSet) join(t listSet) {
	for i := range s {
		s[i] |= t[i]
	}
}

// any reports whether one of the lists is in the set.
func (s *listSet) any(of []list) bool {
	for _, l := range of {
		if s[l/64]>>(l%64)&1 != 0 {
			return true
		}
	}
	return false
}

const (
	listSeason list = iota
	listQuarter
	listPersonNoun
	listYearWord
	listPossessivePronoun
	listCurrencyCode
	listCurrencyWord
	listHistoryWord
	listDotWord
	listTopLevel
	listLaw
	listSpeaks
	listLocative
	listMonthInSentence
	listTimeUnit
	listThingUnit
	listGeneric
	listGenericAlone
	listRoman
	listStreetWord
	listUnitWord
	listPrefix
	listAttached
	listShortTitle
	listNumberedPart
	listBetweenNumbers
	listAnnouncing
	listAnnouncedBy
	listLaunched
	listDoseAfter
	listDoseBefore
	listDoseBetween
	listAgeDecade
	listAgeTail
	listRoughly
	listCivilTitle
	listSpokenBefore
	listPost
	listSpokenAfter
	listRoyal
	listBodyAcronym
	listPartCounted
	listDone
	listDid
	listBecomes
	listBodyEnd
	listKin
	listBeforeDay
	listAwardLabel
	listHolder
	listTitledThing
	listNeutralTitle
	listLowerTail
	listLoanWord
	listState
	listActingLetters
	listMinutesSaid
	listMinutedBy
	listFileEnd
	listLettered
	listPairedPlaces
	listOneOfItsName
	listPublicBody
	listSaysKind
	listClaimArea
	listHeadsBody
	listThanked
	listBegins
	listOwnKind
	listPharma
	listExplained
	listPairDid
	listUnitLetters
	listAsks
	listAfterNumber
	listBodyLabel
	listWorkLabel
	listSetPhrase
	listEntered
	listBodyActs
	listMassNoun
	listProgrammeNoun
	listHeading
	listLeadsIn
	listPeopleAct
	listFeast
	listTask
	listPersonHas
	listLetteredPerson
	listBareContraction
	listGivenWord
	listGivenNoun
)

// listFiles are the files of data/en, one a list, in the order of the constants.
var listFiles = [...]string{
	"parts-of-year", "quarters", "age-persons", "age-units", "whose-life", "currency-codes", "currency-words", "history",
	"dot-words", "top-levels", "laws", "things-say", "before-place", "before-month", "time-units", "thing-units",
	"name-openers", "determiners", "roman-numerals", "streets-abroad", "premises", "prefixes", "attached", "short-titles",
	"numbered-parts", "between-numbers", "announcing", "announced-by", "launched", "dose-after", "dose-before", "dose-between",
	"age-decades",
	"age-tails",
	"roughly",
	"civil-titles",
	"spoken-before",
	"posts",
	"spoken-after",
	"royal",
	"body-acronyms",
	"parts-counted",
	"done",
	"did",
	"becomes",
	"body-ends",
	"kin",
	"before-day",
	"award-labels",
	"holders",
	"titled-things",
	"neutral-titles",
	"lower-tails",
	"loan-words",
	"us-states",
	"acting-letters",
	"minutes-said",
	"minuted-by",
	"file-ends",
	"lettered-things",
	"paired-places",
	"groups-named",
	"public-bodies",
	"texts",
	"claim-areas",
	"heads-of-bodies",
	"thanks",
	"before-clauses",
	"body-kinds",
	"pharma-heads",
	"explaining-kinds",
	"pairs-did",
	"unit-letters",
	"questions-begin",
	"after-numbered-names",
	"labels-of-bodies",
	"labels-of-works",
	"set-phrases",
	"works-entered",
	"bodies-act",
	"mass-nouns",
	"programme-nouns",
	"headings",
	"leading-in",
	"people-act",
	"feasts",
	"tasks",
	"persons-have",
	"lettered-persons",
	"contractions-bare",
	"given-words",
	"given-nouns",
}

// listed reports that the folded word s is on one of the lists.
func listed(s string, on ...list) bool {
	t := wordTables()
	return t.entries[t.find(wordHash(s))].lists.any(on)
}

// listedPhrase reports that a phrase of several words, which is on a list, begins at word i.
func (d *Document) listedPhrase(i int, l list) bool {
	for _, p := range d.entry(i).phrases {
		if p.lists.any([]list{l}) && d.matches(i, p.words) > 0 {
			return true
		}
	}
	return false
}
