// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// healthNumbers masks NHS, CHI and Health and Care numbers: ten digits that
// pass the check and stand in an issued range and a usual grouping, or any ten
// digits that a label announces, even if the check fails (typing errors name
// somebody too).
func healthNumbers(d *Document, emit func(Finding)) {
	d.runs(func(r numRun) {
		if len(r.digits) != 10 || strings.ContainsAny(r.seps, ",:") {
			return
		}
		label := d.labelled(r.from, "nhs", "chi", "h&c", "hcn", "patient", "health", "pt")
		switch {
		case label:
			emit(d.found(r.from, r.to, Code, "nhs-number", "label+ten digits", 0.9))
		case nhsNumber(r.digits) && nhsRange(r.digits) && (len(r.groups) == 1 || len(r.groups) == 3 && r.groups[0] == 3 && r.groups[1] == 3):
			emit(d.found(r.from, r.to, Code, "nhs-number", "mod11+range", 0.7))
		case len(r.groups) == 10:
			emit(d.found(r.from, r.to, Code, "nhs-number", "ten spaced digits", 0.7))
		}
	})
}

// nhsRange reports the ranges in use: Scotland's CHI begins with a date;
// 320-399 Northern Ireland; 400-499 and 600-799 England, Wales and the Isle of
// Man; 999 test data.
func nhsRange(s string) bool {
	switch {
	case s[0] == '4', s[0] == '6', s[0] == '7', s[:3] == "999", s[:3] >= "320" && s[:3] <= "399":
		return true
	}
	return s[:2] >= "01" && s[:2] <= "31" && s[2:4] >= "01" && s[2:4] <= "12"
}

// compact is the folded text of words [from,to) without separators, and
// whether only light separators stood between them.
func (d *Document) compact(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		if d.isWord(i) {
			b.WriteString(d.fold[d.words[i].start:d.words[i].end])
		}
	}
	return b.String()
}

// shaped reports whether s has the form: 9 a digit, a a letter, * either.
func shaped(s []byte, form string) bool {
	if len(s) != len(form) {
		return false
	}
	for i := range len(s) {
		digit := s[i] >= '0' && s[i] <= '9'
		letter := s[i] >= 'a' && s[i] <= 'z'
		switch form[i] {
		case '9':
			if !digit {
				return false
			}
		case 'a':
			if !letter {
				return false
			}
		case '*':
			if !digit && !letter {
				return false
			}
		default:
			if s[i] != form[i] {
				return false
			}
		}
	}
	return true
}

// shapedCode is an identifier known by its form alone, or by form and label.
type shapedCode struct {
	form    string
	subtype string
	labels  []string // nil: the form is enough
	ok      func([]byte) bool
}

// fits reports that s has the form of the code.
func (c *shapedCode) fits(s []byte) bool {
	return len(c.form) == len(s) && shaped(s, c.form) && (c.ok == nil || c.ok(s))
}

var shapedCodes = [...]shapedCode{
	{"aa999999a", "ni-number", nil, ninoPrefix},
	{"aa999999", "ni-number", []string{"ni", "nino", "insurance"}, ninoPrefix},
	{"nct99999999", "trial", nil, nil},
	{"isrctn99999999", "trial", nil, nil},
	{"99a9999a", "nmc-pin", []string{"nmc", "pin"}, nil},
	{"aaaaa999999*****", "driving-licence", []string{"driving", "licence", "license", "dvla", "driver"}, nil},
	{"aaaaa999999aa9**", "driving-licence", nil, nil},
	{"aa99aaa", "vehicle-plate", nil, nil},
	{"a999aaa", "vehicle-plate", []string{"registration", "reg", "plate", "vehicle", "car", "van"}, nil},
	{"a99aaa", "vehicle-plate", []string{"registration", "reg", "plate", "vehicle", "car", "van"}, nil},
	{"sc999999", "company-number", nil, nil},
	{"ni999999", "company-number", []string{"company", "registered", "number", "no", "charity"}, nil},
	{"oc999999", "company-number", []string{"company", "registered", "number", "no", "llp"}, nil},
	{"sc099999", "charity-number", nil, nil},
	{"gb999999999", "vat-number", nil, nil},
	{"gb999999999999", "vat-number", nil, nil},
	{"aa9999999", "passport", []string{"passport"}, nil},
	{"999999999", "passport", []string{"passport"}, nil},
	{"mr*999999*9", "grant", nil, nil},
}

func ninoPrefix(s []byte) bool {
	if strings.IndexByte("dfiquv", s[0]) >= 0 || strings.IndexByte("dfiquvo", s[1]) >= 0 {
		return false
	}
	switch string(s[:2]) {
	case "bg", "gb", "kn", "nk", "nt", "tn", "zz":
		return false
	}
	return len(s) == 8 || s[8] >= 'a' && s[8] <= 'd'
}

// fewestIBANDigits tells an account number from words around a figure, one in
// ninety-seven of which pass the check: "of 22 lapsed groups met again". No
// country's numbers hold as few.
const fewestIBANDigits = 10

func digitsIn(s []byte) (n int) {
	for _, c := range s {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

// longestCode is the length of the longest identifier with letters, an IBAN.
const longestCode = 34

// codes masks identifiers with letters in them by their written form.
func codes(d *Document, emit func(Finding)) {
	last := -1
	buf := make([]byte, longestCode)
	for _, n := range d.nums {
		for i := max(int(n)-3, last+1, 0); i <= int(n); i++ {
			if i <= last || !d.isWord(i) || i < int(n) && d.words[i].end-d.words[i].start > 6 {
				continue
			}
			last = i
			if d.words[i].kind == text.Number && d.words[i].end-d.words[i].start > 9 {
				continue
			}
			d.codeAt(i, buf, emit)
		}
	}
}

func (d *Document) codeAt(i int, buf []byte, emit func(Finding)) {
	n := 0
	for j := i; j < len(d.words); j++ {
		w := &d.words[j]
		if j > i && w.gap >= gapLine {
			return
		}
		if w.kind >= text.Punct {
			if c := d.read[w.start]; c != '-' && c != '.' && c != '/' && c != '_' {
				return
			}
			continue
		}
		if n+int(w.end-w.start) > longestCode {
			return
		}
		n += copy(buf[n:], d.fold[w.start:w.end])
		if n >= 6 {
			d.codeIs(buf[:n], i, j+1, emit)
		}
	}
}

// codeIs masks words [i,to) if their letters and digits s have a known form.
func (d *Document) codeIs(s []byte, i, to int, emit func(Finding)) {
	const digits = 16
	for k := range shapedCodes {
		if c := &shapedCodes[k]; c.fits(s) && (c.labels == nil && !d.proseAt(i, to) || d.labelled(i, c.labels...)) {
			emit(d.found(i, to, Code, c.subtype, "form", 0.9))
		}
	}
	if ibanForm(s) && (digitsIn(s) >= fewestIBANDigits && mod97(s) || d.labelled(i, "iban")) {
		emit(d.found(i, to, Code, "iban", "mod97", 0.9))
	}
	if len(s) == digits && d.words[i].end-d.words[i].start == 4 && mod112(s) {
		emit(d.found(i, to, Code, "orcid", "mod11-2", 0.9))
	}
}

// ibanForm reports two letters and two digits before at least eleven more.
func ibanForm(s []byte) bool {
	const shortest = 15
	if len(s) < shortest {
		return false
	}
	letter := func(c byte) bool { return c >= 'a' && c <= 'z' }
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	return letter(s[0]) && letter(s[1]) && digit(s[2]) && digit(s[3])
}

// proseAt reports that words [i,to) are a number between everyday words, "from
// 58 pages to 12 and", and not an identifier written in groups.
func (d *Document) proseAt(i, to int) bool {
	prose := false
	for ; i < to; i++ {
		w := &d.words[i]
		switch {
		case w.kind == text.Mixed:
			return false
		case d.punct(i, '.') && d.words[i-1].kind == text.Number && d.words[i+1].kind == text.Number:
			return true // "0.2"
		case w.kind == text.Word && w.end-w.start > 1 && (!w.allCaps() || w.flags&wfShout != 0):
			prose = prose || w.lex.grade() >= 2 || w.cls&(clsBridge|clsUnit) != 0
		}
	}
	return prose
}

// registrations masks numbers whose form says little, so that a label must.
func registrations(d *Document, emit func(Finding)) {
	d.runs(func(r numRun) {
		if sub := d.registration(r); sub != "" {
			emit(d.found(r.from, r.to, Code, sub, "label+digits", 0.9))
		}
	})
	for _, n := range d.nums {
		i := int(n)
		d.odsCode(i, emit)
		d.recReference(i, emit)
		d.doi(i, emit)
	}
	for _, n := range d.caps {
		if i := int(n); d.words[i].shape&shDigit == 0 {
			d.odsCode(i, emit)
		}
	}
}

// registration is the kind of register whose number a run of digits is, by the label
// before it, "" if it is none.
func (d *Document) registration(r numRun) string {
	if len(r.groups) != 1 && !r.only(" -.") && !r.only("/-") {
		return ""
	}
	n := len(r.digits)
	for _, c := range labelledNumbers {
		if n >= c.least && n <= c.most && d.labelled(r.from, c.labels...) {
			return c.subtype
		}
	}
	return d.registrationByForm(r)
}

// labelledNumbers are the registrations that their label and their length show.
var labelledNumbers = [...]struct {
	least, most int // digits
	subtype     string
	labels      []string
}{
	{7, 7, "gmc-number", []string{"gmc"}},
	{7, 7, "gphc-number", []string{"gphc"}},
	{4, 6, "hcpc-number", []string{"hcpc", "pa", "ph"}},
	{6, 8, "charity-number", []string{"charity", "charities", "oscr", "ccni", "registered"}},
	{7, 8, "company-number", []string{"company", "companies", "incorporated"}},
	{9, 9, "vat-number", []string{"vat"}},
	{12, 12, "vat-number", []string{"vat"}},
	{5, 7, "iras-id", []string{"iras"}},
}

// registrationByForm is registration for numbers that have a form of their own.
func (d *Document) registrationByForm(r numRun) string {
	n := len(r.digits)
	switch {
	case r.grouped(2, 2, 4) && r.only("/") && !r.dateLike():
		return "rec-reference"
	case r.grouped(4, 6, 2):
		return "eudract"
	case n == 10 && d.labelled(r.from, "utr", "tax", "ukprn"):
		return "tax-reference"
	case n == 8 && d.labelled(r.from, "isrctn"):
		return "trial"
	case n >= 6 && n <= 9 && d.labelled(r.from, "passport", "licence", "account", "acct", "a/c"):
		return "account"
	}
	return ""
}

// grouped reports digits in groups of these lengths.
func (r *numRun) grouped(lengths ...int) bool {
	if len(r.groups) != len(lengths) {
		return false
	}
	for i, g := range r.groups {
		if g != lengths[i] {
			return false
		}
	}
	return true
}

// odsCode masks "ODS code RX1", "practice code A81001".
func (d *Document) odsCode(i int, emit func(Finding)) {
	w := &d.words[i]
	if w.kind != text.Mixed && !w.allCaps() || w.end-w.start < 3 || w.end-w.start > 6 {
		return
	}
	if d.labelled(i, "ods") || w.kind == text.Mixed && d.wordIs(i-1, "code") && d.labelled(i, "practice", "organisation", "trust", "site") {
		if d.str(i) != "ods" {
			emit(d.found(i, i+1, Code, "ods-code", "label+code", 0.9))
		}
	}
}

// recReference masks "19/NW/0123", a research ethics committee's reference.
func (d *Document) recReference(i int, emit func(Finding)) {
	if i+4 < len(d.words) && d.words[i].kind == text.Number && d.words[i].end-d.words[i].start == 2 && d.punct(i+1, '/') &&
		d.words[i+2].kind == text.Word && d.words[i+2].end-d.words[i+2].start == 2 && d.punct(i+3, '/') && d.words[i+4].kind == text.Number {
		emit(d.found(i, i+5, Code, "rec-reference", "yy/xx/nnnn", 0.9))
	}
}

// doi masks "10.1234/abc".
func (d *Document) doi(i int, emit func(Finding)) {
	if i+3 >= len(d.words) || d.words[i].kind != text.Number || d.words[i].end-d.words[i].start != 2 || d.str(i) != "10" ||
		!d.punct(i+1, '.') || d.words[i+2].kind != text.Number || !d.tightMark(i+3, "/") {
		return
	}
	b := int(d.words[i+3].end)
	for b < len(d.fold) && d.fold[b] > ' ' && b-int(d.words[i].start) < 120 && strings.IndexByte("\"<>,;", d.fold[b]) < 0 {
		b++
	}
	for strings.IndexByte(".)]", d.fold[b-1]) >= 0 {
		b--
	}
	emit(d.at(int(d.words[i].start), b, Code, "doi", "10.prefix/suffix", 0.9))
}

// bank masks sort codes, account numbers and payment cards.
func bank(d *Document, emit func(Finding)) {
	d.runs(func(r numRun) {
		n := len(r.digits)
		switch {
		case r.cardNumber():
			emit(d.found(r.from, r.to, Code, "card", "Luhn+range", 0.9))
		case n >= 12 && n <= 19 && d.labelled(r.from, "card", "visa", "mastercard", "amex", "debit", "credit"):
			emit(d.found(r.from, r.to, Code, "card", "label+digits", 0.9))
		case n == 6 && (d.labelled(r.from, "sort") || r.grouped(2, 2, 2) && r.only("-") && !r.dateLike()):
			emit(d.found(r.from, r.to, Code, "sort-code", "three pairs", 0.9))
		case n == 14 && len(r.groups) >= 4 && slices.Equal(r.groups[:3], []int{2, 2, 2}):
			emit(d.found(r.from, r.to, Code, "bank-account", "sort code+account", 0.9))
		}
	})
}

// cardNumber reports the digits of a payment card, by length, check digit and first digit.
func (r *numRun) cardNumber() bool {
	n := len(r.digits)
	return n >= 13 && n <= 19 && r.only(" -.") && luhn(r.digits) && strings.IndexByte("3456", r.digits[0]) >= 0
}

// nhsNumber reports the modulus 11 check of a ten-digit NHS number (NHS Data
// Dictionary): weights 10 to 2, check digit 11 minus the remainder.
func nhsNumber(s string) bool {
	if len(s) != 10 {
		return false
	}
	sum := 0
	for i := range 9 {
		sum += int(s[i]-'0') * (10 - i)
	}
	c := 11 - sum%11
	if c == 11 {
		c = 0
	}
	return c != 10 && c == int(s[9]-'0')
}

// luhn reports the Luhn check (ISO/IEC 7812-1, annex B).
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		v := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return len(s) > 1 && sum%10 == 0
}

// mod97 reports the check of an IBAN (ISO 13616): its first four characters
// moved to the end, letters as 10 to 35, the remainder by 97 is 1.
func mod97(s []byte) bool {
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	r := 0
	for i := range len(s) {
		c := s[(i+4)%len(s)]
		switch {
		case c >= '0' && c <= '9':
			r = (r*10 + int(c-'0')) % 97
		case c >= 'a' && c <= 'z':
			r = (r*100 + int(c-'a') + 10) % 97
		default:
			return false
		}
	}
	return r == 1
}

// mod112 reports the check of an ORCID iD (ISO 7064 mod 11-2), X as 'x'.
func mod112(s []byte) bool {
	if len(s) != 16 {
		return false
	}
	t := 0
	for i := range 15 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		t = (t + int(s[i]-'0')) * 2
	}
	c := byte('0' + (12-t%11)%11)
	if c == '0'+10 {
		c = 'x'
	}
	return s[15] == c
}
