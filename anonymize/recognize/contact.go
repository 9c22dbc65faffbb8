// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// emails masks e-mail addresses, plain or disguised ("jane dot doe at nhs dot
// net", "jane(at)nhs.net").
func emails(d *Document, emit func(Finding)) {
	for at := 0; ; {
		i := strings.IndexByte(d.fold[at:], '@')
		if i < 0 {
			break
		}
		i += at
		at = i + 1
		if a, b := d.mailAround(i); a < i && strings.IndexByte(d.fold[i+1:b], '.') > 0 {
			emit(d.at(a, b, Contact, "email", "local@domain", 0.9))
		}
	}
	d.spokenEmails(emit)
}

// mailAround is the address around the @ at byte i, without marks that belong to its sentence.
func (d *Document) mailAround(i int) (a, b int) {
	const longestLocal, longestDomain = 80, 120
	a, b = i, i+1
	for a > 0 && i-a < longestLocal {
		r, n := utf8.DecodeLastRuneInString(d.fold[:a])
		if !mailRune(r) {
			break
		}
		a -= n
	}
	for b < len(d.fold) && b-i < longestDomain {
		r, n := utf8.DecodeRuneInString(d.fold[b:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '-' {
			break
		}
		b += n
	}
	a = i - len(strings.TrimLeft(d.fold[a:i], ".-+'"))
	b = i + 1 + len(strings.TrimRight(d.fold[i+1:b], ".-"))
	return a, b
}

func mailRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._%+-'&", r)
}

// spokenEmails finds "x dot y at z dot uk" with words, brackets or spaces.
func (d *Document) spokenEmails(emit func(Finding)) {
	for i := range d.words {
		w := &d.words[i]
		if !(w.end-w.start == 2 && d.str(i) == "at") && !d.punct(i, '@') {
			continue
		}
		if d.punct(i, '@') && d.words[i].gap != gapNone && i+1 < len(d.words) && d.words[i+1].gap == gapNone {
			continue // "we asked @name.example": a handle, and a verb before it
		}
		to, dots := d.spokenPart(i+1, 1)
		if dots == 0 || !d.topLevel(to-1) {
			continue
		}
		from, _ := d.spokenPart(i-1, -1)
		emit(d.found(from, to, Contact, "email", "at/dot", 0.9))
	}
}

// spokenPart walks over word (dot word)*, brackets allowed, in a direction,
// and gives the edge that a half-open span needs.
func (d *Document) spokenPart(i, step int) (edge, dots int) {
	edge = i
	if step < 0 {
		edge = i + 1
	}
	wantWord := true
	for n := 0; n < 24 && i >= 0 && i < len(d.words); n++ {
		switch {
		case d.mark(i, "()[]{}"):
		case wantWord && d.isWord(i) && d.str(i) != "dot":
			wantWord = false
			edge = i + 1
			if step < 0 {
				edge = i
			}
		case !wantWord && d.spokenJoint(i):
			wantWord = true
			dots++
		default:
			return edge, dots
		}
		i += step
	}
	return edge, dots
}

// spokenJoint reports what joins words of a spoken address: "dot", a tight full stop, a hyphen.
func (d *Document) spokenJoint(i int) bool {
	w := &d.words[i]
	return w.kind == text.Word && d.dotWord(i) || d.tightMark(i, ".") && i+1 < len(d.words) && d.words[i+1].gap == gapNone || d.mark(i, "_-")
}

func (d *Document) dotWord(i int) bool {
	return d.inList(i, listDotWord)
}

func (d *Document) topLevel(i int) bool {
	if !d.isWord(i) {
		return false
	}
	return d.inList(i, listTopLevel)
}

// urls masks web addresses and file shares, whole.
func urls(d *Document, emit func(Finding)) {
	for at := 0; ; {
		i := strings.Index(d.fold[at:], "://")
		if i < 0 {
			break
		}
		i += at
		a := i
		for a > 0 && i-a < 12 && (d.fold[a-1] >= 'a' && d.fold[a-1] <= 'z') {
			a--
		}
		at = d.url(a, i+3, emit)
	}
	for at := 0; ; {
		i := strings.Index(d.fold[at:], "www.")
		if i < 0 {
			break
		}
		i += at
		at = d.url(i, i+4, emit)
	}
	for _, n := range d.marks {
		i := int(n)
		d.bareDomain(i, emit)
	}
}

func (d *Document) url(a, from int, emit func(Finding)) int {
	b := from
	for b < len(d.fold) && d.fold[b] > ' ' && strings.IndexByte("\"<>|{}^`", d.fold[b]) < 0 {
		b++
	}
	for b > from && strings.IndexByte(".,;:!?)]'*", d.fold[b-1]) >= 0 {
		b--
	}
	if b > from {
		emit(d.at(a, b, Contact, "url", "scheme", 0.9))
	}
	return max(b, from)
}

// bareDomain masks "example.org.uk/page": words joined by full stops of which
// the last is a top-level domain.
func (d *Document) bareDomain(i int, emit func(Finding)) {
	const before, longest = 80, 200
	if !d.domainDot(i) {
		return
	}
	a := int(d.words[i].start)
	for a > 0 && (isWordByte(d.fold[a-1]) || d.fold[a-1] == '.' || d.fold[a-1] == '-') && int(d.words[i].start)-a < before {
		a--
	}
	b := int(d.words[i+1].end)
	for b < len(d.fold) && b-a < longest && (isWordByte(d.fold[b]) || strings.IndexByte("./-_?=&%#~+", d.fold[b]) >= 0) {
		b++
	}
	for b > a && strings.IndexByte(".,;:!?)-", d.fold[b-1]) >= 0 {
		b--
	}
	emit(d.at(a, b, Contact, "url", "domain", 0.7))
}

// domainDot reports the full stop before a top-level domain, which no sentence ends with.
func (d *Document) domainDot(i int) bool {
	if i == 0 || !d.tightMark(i, ".") || !d.isWord(i-1) || d.words[i-1].initial() || i+1 >= len(d.words) || d.words[i+1].gap != gapNone {
		return false
	}
	return (d.topLevel(i+1) || d.shortLink(i)) && (d.words[i+1].shape&shUpper1 == 0 || d.words[i-1].shape&shLower == 0)
}

// shortLink reports a name, a full stop, the two letters of some country and a path:
// "tiny.cc/abcd".
func (d *Document) shortLink(i int) bool {
	j := i + 2
	return d.words[i+1].kind == text.Word && d.words[i+1].end-d.words[i+1].start == 2 && d.words[i-1].end-d.words[i-1].start >= 3 &&
		d.tightMark(j, "/") && d.isWord(j+1) && d.words[j+1].gap == gapNone && d.words[j+1].end-d.words[j+1].start >= 2
}

// fileNames masks words that underscores join, which are names of files, users and
// variables: "Reply_Yarrow_Talia.docx".
func fileNames(d *Document, emit func(Finding)) {
	const longest = 200
	for _, n := range d.marks {
		i := int(n)
		if !d.joinedAt(i, "_") {
			continue
		}
		a, b := d.pathStart(i), int(d.words[i+1].end)
		for b < len(d.fold) && b-a < longest && pathByte(d.fold[b]) {
			b++
		}
		b = a + len(strings.TrimRight(d.fold[a:b], pathMarks))
		a = b - len(strings.TrimLeft(d.fold[a:b], pathMarks))
		emit(d.at(a, b, Contact, "handle", "words with underscores", 0.7))
	}
}

// joinedAt reports that the mark i joins two words without a space.
func (d *Document) joinedAt(i int, marks string) bool {
	return d.tightMark(i, marks) && d.isWord(i-1) && d.isWord(i+1) && d.words[i+1].gap == gapNone
}

// pathStart is where the path begins of which word i-1 is a part.
func (d *Document) pathStart(i int) int {
	a := int(d.words[i-1].start)
	for a > 0 && int(d.words[i].start)-a < longestPath && pathByte(d.fold[a-1]) {
		a--
	}
	return a
}

// endedFiles masks names of files by how they end: "minutes-of-may.pdf". One everyday word
// before the end names nobody.
func endedFiles(d *Document, emit func(Finding)) {
	for _, n := range d.marks {
		i := int(n)
		if !d.joinedAt(i, ".") || !d.inList(i+1, listFileEnd) || d.goesOnTight(i+2) {
			continue
		}
		a, b := int(d.words[i-1].start), int(d.words[i+1].end)
		if w := &d.words[i-1]; w.lex.grade() >= 2 && w.lex&lexGiven == 0 && (a == 0 || d.fold[a-1] <= ' ') {
			continue
		}
		a = b - len(strings.TrimLeft(d.fold[d.pathStart(i):b], pathMarks))
		emit(d.at(a, b, Contact, "handle", "name of a file", 0.7))
	}
}

// goesOnTight reports that a word, or a full stop and a word, goes on at i without a space.
func (d *Document) goesOnTight(i int) bool {
	if d.isWord(i) {
		return d.words[i].gap == gapNone
	}
	return d.tightMark(i, ".") && d.isWord(i+1) && d.words[i+1].gap == gapNone
}

const (
	longestPath = 120    // bytes of a file's name before its first mark
	pathMarks   = "_-./" // inside it
)

// pathByte reports a byte of a file's name.
func pathByte(c byte) bool { return isWordByte(c) || strings.IndexByte(pathMarks, c) >= 0 }

func isWordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf
}

// handles masks @handles and #hashtags.
func handles(d *Document, emit func(Finding)) {
	threeWords(d, emit)
	for _, n := range d.marks {
		i := int(n)
		at := d.punct(i, '@')
		if !at && !d.punct(i, '#') || !d.marksWord(i) {
			continue
		}
		name := &d.words[i+1]
		switch end := d.handleEnd(i+2, at); {
		case at:
			emit(d.found(i, end, Contact, "handle", "@word", 0.9))
		case name.kind != text.Number && name.cls&(clsTerm|clsAcronym|clsCondition) == 0:
			emit(d.found(i, end, Brand, "hashtag", "#word", 0.9))
		}
	}
}

// marksWord reports that the mark i stands right before a word and not right after one.
func (d *Document) marksWord(i int) bool {
	return d.isWord(i+1) && d.words[i+1].gap == gapNone && !(d.isWord(i-1) && d.words[i].gap == gapNone)
}

// handleEnd is where a handle or hashtag ends that may go on at j: with underscores, and the name of
// somebody with full stops too.
func (d *Document) handleEnd(j int, stops bool) int {
	const underscores, parts = 10, 5
	for n := 0; n < underscores && d.tightMark(j, "_"); n++ {
		j++
		if d.isWord(j) && d.words[j].gap == gapNone {
			j++
		}
	}
	for n := 0; stops && n < parts && d.tightMark(j, ".") && d.isWord(j+1) && d.words[j+1].gap == gapNone; n++ {
		j += 2
	}
	return j
}

// postcodes masks British postcodes, spaced or not, in either case.
func postcodes(d *Document, emit func(Finding)) {
	for _, n := range d.nums {
		i := int(n)
		w := &d.words[i]
		if w.kind != text.Mixed {
			continue
		}
		s := d.str(i)
		switch {
		case len(s) >= 5 && len(s) <= 7 && outward(s[:len(s)-3]) && inward(s[len(s)-3:]):
			emit(d.found(i, i+1, Place, "uk-postcode", "outward+inward", 0.9))
		case len(s) <= 4 && outward(s):
			d.postcodeFrom(i, emit)
		}
	}
}

// postcodeFrom masks the postcode of which word i is the outward half.
func (d *Document) postcodeFrom(i int, emit func(Finding)) {
	j := i + 1
	if d.mark(j, "-._") {
		j++
	}
	switch {
	case d.isWord(j) && d.words[j].gap < gapLine && inward(d.str(j)):
		emit(d.found(i, j+1, Place, "uk-postcode", "outward inward", 0.9))
	case d.isWord(j) && d.isWord(j+1) && len(d.str(j)) == 1 && inward(d.str(j)+d.str(j+1)):
		emit(d.found(i, j+2, Place, "uk-postcode", "outward inward, spaced", 0.7))
	case d.labelled(i, "postcode", "postcodes", "area", "district"):
		emit(d.found(i, i+1, Place, "uk-postcode", "label+outward", 0.7))
	}
}

// outward reports a possible outward code: its area is one of the 124 that
// Royal Mail uses, or one of the Crown dependencies' and forces'.
func outward(s string) bool {
	n := 0
	for n < len(s) && s[n] >= 'a' && s[n] <= 'z' {
		n++
	}
	if n == 0 || n > 2 || n == len(s) || len(s)-n > 2 || s[n] < '0' || s[n] > '9' {
		return false
	}
	if len(s)-n == 2 {
		c := s[n+1]
		if (c < '0' || c > '9') && strings.IndexByte("abcdefghjkmnprstuvwxy", c) < 0 {
			return false
		}
	}
	return strings.Contains(postcodeAreas, " "+s[:n]+" ")
}

const postcodeAreas = " ab al b ba bb bd bf bh bl bn br bs bt bx ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk fy g" +
	" gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph" +
	" pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze "

func inward(s string) bool {
	const letters = "abdefghjlnpqrstuwxyz" // never C I K M O V
	return len(s) == 3 && s[0] >= '0' && s[0] <= '9' && strings.IndexByte(letters, s[1]) >= 0 && strings.IndexByte(letters, s[2]) >= 0
}

// phones masks telephone numbers: British shapes, +country, and any grouping
// that a label announces.
func phones(d *Document, emit func(Finding)) {
	d.runs(func(r numRun) {
		n := len(r.digits)
		if n < 5 || n > 17 || strings.Contains(r.seps, ",") || strings.Contains(r.seps, ":") {
			return
		}
		rule := d.phoneRule(r)
		if rule == "" {
			return
		}
		to := d.extension(r.to)
		from := r.from
		for from > 0 && d.mark(from-1, "+(") && d.words[from].gap == gapNone {
			from--
		}
		emit(d.found(from, to, Contact, "phone", rule, 0.9))
	})
}

func phoneLabels() []string {
	return []string{"tel", "telephone", "phone", "mobile", "fax", "call", "ring", "text", "bleep", "dial", "t", "m", "f"}
}

// nationalPhone reports ten or eleven digits that begin as British numbers do.
func nationalPhone(digits string) bool {
	return len(digits) >= 10 && len(digits) <= 11 && digits[0] == '0' && strings.IndexByte("1235789", digits[1]) >= 0
}

// phoneRule says by what a run of digits is a telephone number, "" if it is none.
func (d *Document) phoneRule(r numRun) string {
	const shortest = 5
	n := len(r.digits)
	switch {
	case r.plus && n >= 8:
		return "+country"
	case nationalPhone(r.digits):
		return "national"
	case strings.HasPrefix(r.digits, "00") && n >= 10:
		return "00country"
	case strings.HasPrefix(r.digits, "44") && n >= 11 && n <= 13 && len(r.groups) > 1:
		return "44"
	case d.phoneInGroups(r):
		return "groups"
	case n >= shortest && d.labelled(r.from, phoneLabels()...):
		return "label+digits"
	}
	return ""
}

// phoneInGroups reports digits grouped as those of a phone number are, no date, times or years.
func (d *Document) phoneInGroups(r numRun) bool {
	n := len(r.digits)
	if len(r.groups) < 2 || n < 7 || n > 15 || !r.only("- .()") && !r.only("-/") || !phoneGroups(r) {
		return false
	}
	years := len(r.groups) == 2 && d.year(r.from) && d.year(r.to-1)
	return !r.dateLike() && !r.timeRange() && !years
}

// extension is the word after an extension that begins at to, or to.
func (d *Document) extension(to int) int {
	if d.wordIn(to, "ext", "x", "extension") {
		for j := to + 1; j < to+3 && j < len(d.words); j++ {
			if d.words[j].kind == text.Number {
				to = j + 1
				break
			}
		}
	}
	return to
}

func phoneGroups(r numRun) bool {
	for _, g := range r.groups {
		if g < 2 && r.groups[0] != 1 || g > 8 {
			return false
		}
	}
	return len(r.groups) >= 3 || r.groups[len(r.groups)-1] == 4
}

// addresses masks IP addresses (v4 and v6) and hardware addresses.
func addresses(d *Document, emit func(Finding)) {
	d.runs(func(r numRun) {
		if r.fourOctets() {
			emit(d.found(r.from, r.to, Contact, "ip", "four octets", 0.9))
		}
	})
	for _, n := range d.marks {
		i := int(n)
		if i == 0 || !d.tightMark(i, ":") || d.punct(i-1, ':') {
			continue
		}
		if a, b := d.hexAround(i); hexGroups(d.fold[a:b]) {
			emit(d.at(a, b, Contact, "ip", "hexadecimal groups", 0.9))
		}
	}
}

// hexAround is what stands of hexadecimal digits and colons around word i.
func (d *Document) hexAround(i int) (a, b int) {
	const longest = 48
	a, b = int(d.words[i].start), int(d.words[i].end)
	for a > 0 && hexOrColon(d.fold[a-1]) && b-a < longest {
		a--
	}
	for b < len(d.fold) && hexOrColon(d.fold[b]) && b-a < longest {
		b++
	}
	return a, b
}

// hexGroups reports six groups, or fewer with a gap and a digit.
func hexGroups(s string) bool {
	const colons, shortest = 5, 5
	return strings.Count(s, ":") >= colons || strings.Contains(s, "::") && len(s) >= shortest && strings.ContainsAny(s, "0123456789")
}

func hexOrColon(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c == ':'
}
