// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// A dayOrder is how a column's dates of figures are to be read; in a mixed one
// only those count that can be read in one way. Shown is one that a date of the column has.
type dayOrder struct{ monthFirst, mixed, shown bool }

var figures = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[ T,].*)?$`)
})

// orderOf looks at a column's dates: where one has a second figure above 12, the
// month comes first. Otherwise the day does, as in the United Kingdom.
func orderOf(cells []string) dayOrder {
	var second, first bool
	for _, cell := range cells {
		if m := figures().FindStringSubmatch(strings.TrimSpace(cell)); m != nil && len(m[1]) <= 2 {
			first = first || number2(m[1]) > 12
			second = second || number2(m[2]) > 12
		}
	}
	return dayOrder{monthFirst: second && !first, mixed: first && second, shown: first != second}
}

func number2(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// day reads a date as people and spreadsheets write it.
func (o dayOrder) day(cell string) (string, bool) {
	cell = strings.TrimSpace(cell)
	if m := figures().FindStringSubmatch(cell); m != nil {
		a, b, c := number2(m[1]), number2(m[2]), number2(m[3])
		switch {
		case len(m[1]) == 4:
			return iso(a, b, c)
		case len(m[3]) == 2:
			c += 2000
		case len(m[3]) != 4:
			return "", false
		}
		if o.mixed && a != b && a <= 12 && b <= 12 {
			return "", false
		}
		if o.monthFirst || o.mixed && b > 12 {
			a, b = b, a
		}
		return iso(c, b, a)
	}
	if n, err := strconv.ParseFloat(cell, 64); err == nil && n > 20_000 && n < 80_000 { // Excel counts days from 30 December 1899
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format(time.DateOnly), true
	}
	if day, ok := endOf(cell); ok {
		return day, true
	}
	cell = englishMonths(cell)
	plain := strings.Join(strings.Fields(ordinal().ReplaceAllString(strings.ReplaceAll(cell, ",", " "), "$1")), " ")
	for _, form := range []string{"2 January 2006", "2 Jan 2006", "January 2 2006", "Jan 2 2006", "2-Jan-2006", "2-Jan-06", "2 January 06", "Monday 2 January 2006", "Mon 2 Jan 2006"} {
		if t, err := time.Parse(form, plain); err == nil {
			return t.Format(time.DateOnly), true
		}
	}
	if t, err := time.Parse(time.RFC3339, cell); err == nil {
		return t.Format(time.DateOnly), true
	}
	return "", false
}

// months are the names of the months in other languages, by their number.
var months = sync.OnceValue(func() map[string]time.Month {
	all := map[string]time.Month{}
	for _, year := range []string{
		"januar februar märz april mai juni juli august september oktober november dezember",
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"januari februari maart april mei juni juli augustus september oktober november december",
		"stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
		"januari februari mars april maj juni juli augusti september oktober november december",
		"ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr",
	} {
		for i, name := range strings.Fields(year) {
			all[name] = time.Month(i + 1)
		}
	}
	return all
})

// englishMonths writes "1. Mai 2025" and "1 de mayo de 2025" as "1 May 2025".
func englishMonths(cell string) string {
	fields := strings.Fields(strings.ToLower(cell))
	out, found := []string{}, false
	for i, f := range fields {
		m := months()[strings.Trim(f, ".,")]
		switch {
		case m > 0:
			out, found = append(out, m.String()), true
		case f == "de" || f == "den" || f == "le" || f == "il" || f == "el":
		case i < len(fields)-1:
			out = append(out, strings.TrimRight(f, "."))
		default:
			out = append(out, f)
		}
	}
	if !found {
		return cell
	}
	return strings.Join(out, " ")
}

var ordinal = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)\b`) })

func iso(year, month, day int) (string, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day || year < 1900 || year > 2200 {
		return "", false
	}
	return t.Format(time.DateOnly), true
}

var years = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:\b|FY|\D)((?:19|20)\d\d)(?:\s*(?:/|-|–|—|to|until)\s*((?:19|20)?\d\d|\d))?\b`)
})

// shortYear is a year of two figures after a month's name or an apostrophe: "Dec-23",
// "’23".
var shortYear = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:\p{L}{3,10}\.?[\s\-/]*['’]?|['’])([0-3]\d)$`)
})

// schoolYear are two years of two figures, "24/25", and a year of a calendar of its own,
// "FY24".
var schoolYear = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:(?:FY|AY|SY|financial year|academic year|school year)\s*)?['’]?(\d\d)(?:\s*[/–—-]\s*['’]?(\d\d))?$`)
})

// monthYear is a month and a year of two figures, "09.22"; of two months the later stands last.
var monthYear = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(?:0?\d|1[0-2])[./][0-3]\d\s*[–—-]\s*)?(?:0?[1-9]|1[0-2])[./]([0-3]\d)$`)
})

// ofCalendar reads a year that stands as schoolYear says.
func ofCalendar(cell string) string {
	m := schoolYear().FindStringSubmatch(strings.TrimSpace(cell))
	if of := monthYear().FindStringSubmatch(strings.TrimSpace(cell)); of != nil && number2(of[1]) > 12 {
		return "20" + of[1]
	}
	if fields := strings.Fields(cell); m == nil && len(fields) > 1 { // "school year 22-23", in any language
		if m = schoolYear().FindStringSubmatch(fields[len(fields)-1]); m != nil && m[2] == "" {
			m = nil
		}
	}
	switch {
	case m == nil:
	case m[2] == "" && strings.TrimLeft(strings.TrimSpace(cell), "'’") != m[1]: // "FY24"
		return "20" + m[1]
	case m[2] != "" && number2(m[2]) == number2(m[1])+1 && number2(m[1]) > 12: // no month
		return "20" + m[2]
	}
	return ""
}

// year reads the year in which something ended: "2022-23" is 2023.
func year(cell string) (string, bool) {
	if o, ok := (dayOrder{}).day(cell); ok {
		return o[:4], true
	}
	if ongoing(cell) {
		return "", false // it has not ended
	}
	if y := cmp.Or(ofCalendar(cell), monthAndYear(cell)); y != "" {
		return y, true
	}
	last := ""
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune("–—-,;", r) }) {
		part = strings.NewReplacer("‘", "'", "’", "'").Replace(strings.TrimSpace(part))
		if m := shortYear().FindStringSubmatch(part); m != nil {
			last = max(last, "20"+m[1])
		}
	}
	if m := shortYear().FindStringSubmatch(cell); m != nil {
		last = "20" + m[1]
	}
	for _, m := range years().FindAllStringSubmatch(cell, -1) {
		y := m[1]
		switch len(m[2]) {
		case 4:
			y = max(y, m[2])
		case 1, 2:
			if to := m[1][:4-len(m[2])] + m[2]; to > m[1] {
				y = to
			}
		}
		last = max(last, y)
	}
	return last, last != ""
}

var ages = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:aged?\s*)?(\d{1,3})\s*(?:-|–|—|to|and)\s*(\d{1,3})(?:\s*(?:years?|yrs?)(?:\s*old)?)?$`)
})

var older = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(?:over|aged?|from)\s*)?(\d{1,3})\s*(?:\+|and over|and above|or over|plus|years and over|or older)?$`)
})

// ageBand reads "18 to 24", "65 and over", "under 18".
func ageBand(cell string) (string, bool) {
	cell = strings.ToLower(strings.TrimSpace(cell))
	if m := ages().FindStringSubmatch(cell); m != nil {
		return m[1] + "-" + m[2], true
	}
	if rest, ok := strings.CutPrefix(cell, "under "); ok {
		if n := number2(strings.TrimSpace(rest)); n > 0 {
			return "0-" + strconv.Itoa(n-1), true
		}
	}
	if m := older().FindStringSubmatch(cell); m != nil && strings.ContainsAny(cell, "+aov") {
		return m[1] + "+", true
	}
	return cell, false
}

// written are the languages in which names of countries and languages are known. Where
// one name means two things, the first that has it decides.
func written() []language.Tag {
	return []language.Tag{
		language.BritishEnglish, language.German, language.French, language.Spanish, language.Italian,
		language.Dutch, language.Polish, language.Swedish, language.Make("cy"),
	}
}

// countries are the names of countries in the nine languages, and the everyday
// names of some.
var countries = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, tag := range written() {
		names := display.Regions(tag)
		if names == nil {
			continue
		}
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				region, err := language.ParseRegion(string([]rune{a, b}))
				if err != nil || !region.IsCountry() || region.Canonicalize() != region {
					continue
				}
				if k := key(names.Name(region)); k != "" && all[k] == "" {
					all[k] = region.String()
				}
				all[key(region.String())], all[key(region.ISO3())] = region.String(), region.String()
			}
		}
	}
	for name, code := range map[string]string{
		"England": "GB-ENG", "Scotland": "GB-SCT", "Wales": "GB-WLS", "Northern Ireland": "GB-NIR", "Cymru": "GB-WLS",
		"UK": "GB", "U.K.": "GB", "The UK": "GB", "Great Britain": "GB", "Britain": "GB", "United Kingdom of Great Britain and Northern Ireland": "GB",
		"Eng": "GB-ENG", "Scot": "GB-SCT", "N Ire": "GB-NIR", "N Ireland": "GB-NIR", "Ulster": "GB-NIR", "Alba": "GB-SCT",
		"GB": "GB", "D": "DE", "BRD": "DE", "Dtl": "DE", "Deutschl": "DE", "Bundesrepublik": "DE", "Bundesrepublik Deutschland": "DE", "A": "AT", "Österr": "AT", "Aotearoa": "NZ", "USA": "US", "U.S.": "US", "U.S.A.": "US", "America": "US", "United States of America": "US", "The Netherlands": "NL", "Holland": "NL",
		"Republic of Ireland": "IE", "Rep of Ireland": "IE", "Eire": "IE", "Czech Republic": "CZ", "Turkey": "TR", "KSA": "SA", "UAE": "AE", "RSA": "ZA", "ROI": "IE", "PRC": "CN", "ROK": "KR", "South Korea": "KR", "Russia": "RU",
	} {
		all[key(name)] = code
	}
	return all
})

func country(cell string) (string, bool) {
	if code, ok := oneCountry(cell); ok {
		return code, true
	}
	if id := sameCountry(strings.Split(cell, "/")); id != "" {
		return id, true
	}
	if parts := strings.Split(strings.NewReplacer(" and ", "/", "&", "/", " + ", "/").Replace(cell), "/"); len(parts) > 1 {
		for _, part := range parts { // nations of one state
			if code, ok := oneCountry(part); !ok || code[:2] != "GB" {
				return "", false
			}
		}
		return "GB", true
	}
	return "", false
}

// sameCountry is the country that several names are of, "Wales / Cymru".
func sameCountry(names []string) string {
	found := ""
	for _, name := range names {
		code, ok := oneCountry(name)
		if !ok || found != "" && code != found {
			return ""
		}
		found = code
	}
	return found
}

// scaleOfPlace is the scale of a work of which only the country, or the countries, are
// told.
func scaleOfPlace(cell string) string {
	for _, all := range []string{"all over ", "throughout ", "everywhere in ", "all across ", "right across "} {
		if rest, ok := strings.CutPrefix(strings.ToLower(cell), all); ok {
			cell = rest
		}
	}
	fields := strings.Fields(words(cell))
	if body := strings.Fields(stems(cell)); len(body) == 1 && len(fields) <= 3 && (headerWords().classes["org"][fields[len(fields)-1]] || headerWords().classes["org"][body[0]]) {
		return "sc:organisation"
	}
	if at := slices.IndexFunc(fields, func(w string) bool { return compass(w) }); at >= 0 && at < 3 && len(fields) > 1 && len(fields) <= 6 {
		return "sc:regional"
	}
	if _, ok := country(cell); ok {
		return "sc:national"
	}
	if slices.ContainsFunc(fields, func(w string) bool { return slices.Contains(continents(), w) }) && len(fields) <= 3 {
		return "sc:multinational"
	}
	parts := strings.FieldsFunc(strings.NewReplacer(" and ", "/", " & ", "/", " und ", "/", " et ", "/", " y ", "/", " e ", "/", " en ", "/", ",", "/", " + ", "/", ";", "/").Replace(cell), func(r rune) bool { return r == '/' })
	for _, part := range parts {
		if _, ok := country(part); !ok {
			return ""
		}
	}
	if len(parts) < 2 {
		return ""
	}
	return "sc:multinational"
}

// wholly are words by which all of a country is meant.
func wholly() []string { return []string{"wide", "only", "all", "whole", "of", "the", "across"} }

func oneCountry(cell string) (string, bool) {
	if head, inside, cut := strings.Cut(cell, " ("); cut {
		if code, ok := countries()[key(inside)]; ok && countries()[key(head)] == "" { // "South Tyrol (Italy)"
			return code, true
		}
		cell = head
	}
	cell = strings.NewReplacer(" - ", ", ", " – ", ", ", ": ", ", ").Replace(cell)
	if code, ok := countries()[key(cell)]; ok {
		return code, true
	}
	if code, ok := states()[key(cell)]; ok {
		return code, true
	}
	// "England, UK": the narrower comes first.
	if head, _, ok := strings.Cut(cell, ","); ok {
		if code, ok := countries()[key(head)]; ok {
			return code, true
		}
		return oneCountry(cell[strings.LastIndex(cell, ",")+1:])
	}
	fields := strings.Fields(words(cell))
	plain := slices.DeleteFunc(slices.Clone(fields), func(w string) bool { return slices.Contains(wholly(), w) })
	if len(plain) == 2 && plain[0] == "n" {
		plain[0] = "northern"
	}
	if code, ok := countries()[strings.Join(plain, "")]; ok && len(plain) > 0 && (len(plain) < len(fields) || fields[0] == "n") {
		return code, true
	}
	if len(plain) > 1 && (compass(plain[0]) || slices.Contains([]string{"n", "s", "e", "w", "ne", "nw", "se", "sw", "mid", "central"}, plain[0])) { // a part of it
		if code, ok := countries()[strings.Join(plain[1:], "")]; ok {
			return code, true
		}
	}
	if name := strings.Join(plain, " "); name == "four nations" || name == "four uk nations" || name == "home nations" {
		return "GB", true
	}
	upper := strings.ToUpper(strings.TrimSpace(cell))
	if len(upper) == 6 && upper[2] == '-' && countries()[key(upper[:2])] != "" {
		return upper, true // ISO 3166-2
	}
	return "", false
}

// states are the countries of states whose names stand where a country is asked
// for. Names that are a country's too are none of them.
var states = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for code, names := range map[string]string{
		"US": "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington State|West Virginia|Wisconsin|Wyoming",
		"AU": "New South Wales|Queensland|South Australia|Tasmania|Western Australia|Northern Territory|Australian Capital Territory|Victoria|NSW|QLD|VIC|TAS",
		"CA": "Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland and Labrador|Nova Scotia|Ontario|Prince Edward Island|Quebec|Québec|Saskatchewan",
		"DE": "Baden-Württemberg|Bayern|Brandenburg|Hessen|Mecklenburg-Vorpommern|Niedersachsen|Nordrhein-Westfalen|Rheinland-Pfalz|Saarland|Sachsen|Sachsen-Anhalt|Schleswig-Holstein|Thüringen",
	} {
		for name := range strings.SplitSeq(names, "|") {
			all[key(name)] = code
		}
	}
	return all
})

// ofNations reports whether a column of countries holds nations of the United Kingdom:
// then "NI" is one of them.
func ofNations(cells []string) bool {
	return slices.ContainsFunc(cells, func(s string) bool { return strings.HasPrefix(countries()[key(s)], "GB-") })
}

// ofStates reports whether a column of countries holds states: then a code of two
// letters may be a state's, and says nothing.
func ofStates(header string, cells []string) bool {
	h := words(header)
	if strings.Contains(h, " state ") || strings.Contains(h, " territory ") || strings.Contains(h, " province ") {
		return true
	}
	for _, cell := range cells {
		if states()[key(cell)] != "" {
			return true
		}
	}
	return false
}

// endOf is the last day of a year or of a month of which an answer says that it is its
// end: "end of 2027", "Ende Juni 2027".
func endOf(cell string) (string, bool) {
	fields := strings.Fields(strings.ToLower(englishMonths(strings.NewReplacer(",", " ", ".", " ").Replace(cell))))
	if len(fields) > 0 && slices.Contains([]string{"until", "till", "to", "by", "bis", "jusqu'à", "hasta", "fino"}, fields[0]) {
		fields = fields[1:]
	}
	if len(fields) < 2 || !slices.Contains([]string{"end", "ende", "fin", "fine", "final", "finales", "eind", "einde", "koniec", "slutet", "diwedd"}, fields[0]) {
		return "", false
	}
	rest := slices.DeleteFunc(fields[1:], func(w string) bool { return slices.Contains([]string{"of", "de", "di", "van", "av", "the"}, w) })
	switch len(rest) {
	case 1:
		return iso(number2(rest[0]), 12, 31)
	case 2:
		for _, form := range []string{"January 2006", "Jan 2006"} {
			if t, err := time.Parse(form, rest[0]+" "+rest[1]); err == nil {
				return t.AddDate(0, 1, -1).Format(time.DateOnly), true
			}
		}
	}
	return "", false
}

// howMany reads a number as people write it: in words, or as the least of several. Of a
// span it is the greater one, which lets fewer be told.
func howMany(cell string) (string, bool) {
	counts := strings.Fields("one two three four five six seven eight nine ten eleven twelve")
	most := -1
	for w := range strings.FieldsSeq(words(cell)) {
		switch n := slices.Index(counts, w) + 1; {
		case number2(w) >= 0:
			most = max(most, number2(w))
		case n > 0:
			most = max(most, n)
		case !slices.Contains([]string{"at", "least", "min", "minimum", "about", "approx", "approximately", "around", "others", "other", "organisations", "groups", "contributors", "or", "more", "to", "and", "of", "ca", "mindestens", "au", "moins", "al", "menos", "almeno", "minstens", "minst", "co", "najmniej"}, w):
			return "", false
		}
	}
	return strconv.Itoa(most), most >= 0
}

// tongues are the tags of languages by their names in the nine languages.
var tongues = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, tag := range written() {
		names := display.Languages(tag)
		if names == nil {
			continue
		}
		for a := 'a'; a <= 'z'; a++ {
			for b := 'a'; b <= 'z'; b++ {
				base, err := language.ParseBase(string([]rune{a, b}))
				if err != nil {
					continue
				}
				if k := key(names.Name(base)); k != "" && all[k] == "" {
					all[k] = base.String()
				}
			}
		}
	}
	return all
})
