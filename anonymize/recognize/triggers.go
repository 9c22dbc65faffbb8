// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"embed"
	"io/fs"
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
