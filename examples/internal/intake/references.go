// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

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
