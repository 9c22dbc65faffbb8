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

type triggerTable struct {
	keys []uint64
	vals []class
	mask uint64
	// phrases of two words and more, by the hash of their first word
	phrases map[uint64][]phrase
}

type phrase struct {
	words []uint64
	class class
}

var triggers = sync.OnceValue(func() *triggerTable { return readTables(classFiles[:]) })

// readTables reads files of data/en, each of which gives its words a bit.
func readTables(files []string) *triggerTable {
	single := map[uint64]class{}
	t := &triggerTable{phrases: map[uint64][]phrase{}}
	for i, name := range files {
		data, err := fs.ReadFile(english, "data/en/"+name+".txt")
		if err != nil {
			panic("recognize: embedded table is missing: " + name)
		}
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			ws := hashWords(line)
			switch len(ws) {
			case 0:
			case 1:
				single[ws[0]] |= 1 << i
			default:
				t.phrases[ws[0]] = append(t.phrases[ws[0]], phrase{ws, 1 << i})
			}
		}
	}
	n := uint64(64)
	for n < uint64(len(single))*3 {
		n *= 2
	}
	t.keys, t.vals, t.mask = make([]uint64, n), make([]class, n), n-1
	for k, v := range single {
		i := k & t.mask
		for t.vals[i] != 0 {
			i = (i + 1) & t.mask
		}
		t.keys[i], t.vals[i] = k, v
	}
	return t
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

func (t *triggerTable) look(hash uint64) class {
	i := hash & t.mask
	for t.vals[i] != 0 {
		if t.keys[i] == hash {
			return t.vals[i]
		}
		i = (i + 1) & t.mask
	}
	return 0
}

// list is a list of words that one rule asks for. A class is what many ask, and is
// noted with each word; a list is looked up.
type list uint8

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
}

// tableSize is how many lists one table holds.
const tableSize = 64

var lists = sync.OnceValue(func() (tables []*triggerTable) {
	for files := range slices.Chunk(listFiles[:], tableSize) {
		tables = append(tables, readTables(files))
	}
	return tables
})

// listed reports that the folded word s is on one of the lists.
func listed(s string, on ...list) bool { return hashListed(wordHash(s), on) }

// hashListed is listed for the word whose hash is h.
func hashListed(h uint64, on []list) bool {
	tables := lists()
	for _, l := range on {
		if tables[l/tableSize].look(h)&(1<<(l%tableSize)) != 0 {
			return true
		}
	}
	return false
}

// listedPhrase reports that a phrase of several words, which is on a list, begins at word i.
func (d *Document) listedPhrase(i int, l list) bool {
	for _, p := range lists()[l/tableSize].phrases[d.words[i].hash] {
		if p.class&(1<<(l%tableSize)) != 0 && d.matches(i, p.words) > 0 {
			return true
		}
	}
	return false
}
