// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// names puts what would give the row away among the names to keep out.
func (r *run) names(answers map[string]string, people, bodies []string) {
	for _, name := range bodies {
		answers["other_names"] = join(answers["other_names"], entry(name, "organisation"))
	}
	for _, name := range append(people, answers["contact"]) {
		for _, part := range strings.FieldsFunc(name, func(c rune) bool { return strings.ContainsRune(",;/|()<>\n", c) }) {
			part = strings.TrimSpace(part)
			switch named := len(strings.Fields(part)); {
			case strings.Contains(part, "@"):
				answers["other_names"] = join(answers["other_names"], entry(part, "code"))
			case strings.ContainsFunc(part, unicode.IsDigit):
			case slices.Contains(people, name) || named >= 2 && named <= 4:
				answers["other_names"] = join(answers["other_names"], entry(part, "person"))
			}
		}
	}
	for _, id := range []string{"holding", "clients"} {
		var refs []string
		for _, name := range lines(answers[id]) {
			if strings.HasPrefix(name, "ref:") {
				refs = append(refs, name)
				continue
			}
			answers["other_names"] = join(answers["other_names"], entry(name, "organisation"))
			refs = append(refs, "ref:"+r.reference("o", organisation(name)))
		}
		if len(refs) > 0 {
			answers[id] = join(refs...)
		}
	}
}

// references gives the row's organisation, others and example references that
// do not depend on its place in the sheet.
func (r *run) references(row Row, answers map[string]string, account string) {
	if name := answers["organisation"]; name != "" && answers["party"] == "" {
		head, _, _ := strings.Cut(name, " (also ")
		answers["party"] = r.reference("o", organisation(head))
	}
	if others := lines(answers["others"]); len(others) > 0 {
		for i, other := range others {
			if !strings.Contains(other, "[ref ") {
				head, _, _ := strings.Cut(other, " [")
				others[i] = other + " [ref " + r.reference("o", organisation(head)) + "]"
			}
		}
		answers["others"] = join(others...)
	}
	id := answers["id"]
	if id != "" {
		id = r.reference("e", "given", id)
	} else if id = r.reference("e", answers["organisation"], answers["title"]); answers["title"] == untitled && account != "" {
		// A story may be mended later; the day on which its sender sent it stays.
		if id = r.reference("e", answers["organisation"], account); r.days[r.day(row)] == 1 {
			id = r.reference("e", "sent", r.day(row))
		}
	} else if answers["organisation"] == "" {
		var all []string
		for _, q := range model.Form() {
			all = append(all, answers[q.ID])
		}
		id = r.reference("e", all...)
	}
	if r.seen[id]++; r.seen[id] > 1 {
		id += "-" + strconv.Itoa(r.seen[id])
	}
	answers["id"] = id
	if answers["agreement"] == "" {
		answers["agreement"] = "agreement-" + id
	}
}

// organisation is a name as far as it tells organisations apart: case,
// punctuation and legal forms do not.
func organisation(name string) string {
	fields := strings.Fields(words(name))
	for len(fields) > 1 && slices.Contains([]string{"ltd", "limited", "plc", "inc", "llc", "llp", "gmbh", "ag", "bv", "sa", "cic", "corp", "corporation"}, fields[len(fields)-1]) {
		fields = fields[:len(fields)-1]
	}
	if len(fields) > 1 && fields[0] == "the" {
		fields = fields[1:]
	}
	return strings.Join(fields, " ")
}

func (r *run) reference(kind string, parts ...string) string {
	h := hmac.New(sha256.New, r.secret)
	for _, p := range parts {
		p = strings.Join(strings.Fields(words(p)), " ")
		h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	// Figures only, in which no name can stand.
	sum := h.Sum(nil)
	return fmt.Sprintf("%s-%019d%05d", kind, binary.BigEndian.Uint64(sum)>>1, binary.BigEndian.Uint16(sum[8:]))
}

// Repeats lists the rows that say what an earlier row says, and those of
// organisations that look like an earlier row's. None is dropped: a person says
// which is meant. rows are those of the examples.
func Repeats(examples []model.Example, rows []int) []Finding {
	all := make([]*model.Example, len(examples))
	runs := make([][]uint64, len(examples))
	where := map[uint64][]int{}
	at := map[string]int{} // the first row of a holding, counted from 0
	for i := range examples {
		e := &examples[i]
		all[i], runs[i] = e, anonymize.Shingles(e)
		for _, h := range runs[i] {
			where[h] = append(where[h], i)
		}
		for _, p := range e.Parties {
			if _, ok := at[p.HoldingRef()]; !ok {
				at[p.HoldingRef()] = i
			}
		}
	}
	var out []Finding
	copies := map[int]bool{}
	for i := range examples {
		shared := map[int]int{}
		for _, h := range runs[i] {
			if like := where[h]; len(like) <= anonymize.CommonShingle {
				for _, j := range like {
					if j < i {
						shared[j]++
					}
				}
			}
		}
		for _, j := range slices.Sorted(maps.Keys(shared)) {
			if anonymize.NearCopy(shared[j], len(runs[i]), len(runs[j])) {
				copies[i] = true
				out = append(out, Finding{Row: rows[i], Fault: "says nearly the same as row " + itoa(rows[j]) + ": if it was sent twice, delete one of them; until then both are one contributor’s"})
				break
			}
		}
	}
	told := map[int]bool{}
	for _, pair := range anonymize.LookAlikes(all, nil) {
		i, okA := at[pair.A]
		j, okB := at[pair.B]
		if i < j {
			i, j = j, i
		}
		if !okA || !okB || pair.Why != "name" && pair.Why != "domain" || copies[i] || told[i] {
			continue
		}
		told[i] = true
		why := "its name"
		if pair.Why == "domain" {
			why = "its e-mail address"
		}
		out = append(out, Finding{Row: rows[i], Fault: "is of an organisation that looks like that of row " + itoa(rows[j]) + ", by " + why + ": they count as one contributor until a person says that they are two"})
	}
	return out
}
