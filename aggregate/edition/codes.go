// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/model"
)

// checkLines holds what the lines of anonymous records tell, beside what classes them and
// their own sentences, against whose lines they are: k contributors must tell each value
// that a line tells which was not printed so before. It is other code than that which
// takes out what fewer tell.
func checkLines(r *disclosure.Release, cfg disclosure.ReleaseConfig, k int) error {
	lines := bytes.Split(bytes.TrimSuffix(r.Proof.Release, []byte("\n")), []byte("\n"))
	who, anew := map[string][][]anonymize.Holding{}, map[string]bool{}
	for i, record := range r.Behind {
		if record.Level() != model.Anonymous {
			continue
		}
		var line map[string]any
		if i >= len(lines) || json.Unmarshal(lines[i], &line) != nil || line["id"] != record.ID() {
			return errLines
		}
		told := map[string]bool{}
		for name, v := range line {
			if !slices.Contains(classing[:], name) {
				toldIn(v, name, told)
			}
		}
		for value := range told {
			who[value] = append(who[value], record.Holdings())
			anew[value] = anew[value] || cfg.Narrower[record.ID()] || !bytes.Equal(lines[i], cfg.Shown[record.ID()])
		}
	}
	fewest := k
	for value, holdings := range who {
		if anew[value] && !reaches(holdings, k) {
			fewest = min(fewest, anonymize.Independent(holdings))
		}
	}
	if fewest < k {
		return fmt.Errorf("edition: lines tell what only %d contributors tell", fewest)
	}
	return nil
}

var errLines = errors.New("edition: lines of the release are not those of its records")

// classing are the members of a line by which records read alike, and those that are no
// answers.
var classing = [...]string{"id", "level", "organisation_types", "sectors", "therapy_areas", "region", "year", "budget", "scale"}

// sentences are the members of a line, at any depth, that hold people's words, or places
// in a list.
var sentences = [...]string{
	"title", "summary", "text", "getting_started", "sustaining", "adapted_elsewhere", "prerequisites", "not_suitable_for",
	"accepted", "order",
}

// toldIn lists what a member of a line tells, by its place.
func toldIn(v any, at string, to map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			if !slices.Contains(sentences[:], name) {
				toldIn(inner, at+"."+name, to)
			}
		}
	case []any:
		for _, inner := range v {
			toldIn(inner, at, to)
		}
	default:
		if v != "" && !slices.Contains(sentences[:], at) { // the type of a resource that has lost it
			to[fmt.Sprint(at, "=", v)] = true
		}
	}
}
