// SPDX-License-Identifier: Apache-2.0

package recognize

import "sync"

// list is a list of words that one rule asks for. A class is what many ask, and is
// noted with each word; a list is looked up.
type list = class

const (
	listSeason list = 1 << iota
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
}

var lists = sync.OnceValue(func() *triggerTable { return readTables(listFiles[:]) })

// listed reports that the folded word s is on a list.
func listed(s string, l list) bool {
	return lists().look(wordHash(s))&l != 0
}

// listedPhrase reports that a phrase of several words, which is on a list, begins at word i.
func (d *Document) listedPhrase(i int, l list) bool {
	for _, p := range lists().phrases[d.words[i].hash] {
		if p.class&l != 0 && d.matches(i, p.words) > 0 {
			return true
		}
	}
	return false
}
