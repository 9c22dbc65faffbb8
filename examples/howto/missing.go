// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// mostNear is how many subjects are listed that lack contributors.
const mostNear = 20

// near is a subject that fewer contributors tell of than may be told of.
type near struct {
	code         model.Code
	contributors int
}

// lacking lists the challenges, objectives and methods that 1 to k-1 contributors
// tell of, those first that lack the fewest.
func lacking(records []anonymize.Record, k int) []near {
	by := map[model.Code][]anonymize.Record{}
	for _, r := range records {
		codes := map[model.Code]bool{}
		content := r.Countable()
		for _, list := range [][]anonymize.Statement{content.Challenges, content.Objectives} {
			for _, s := range list {
				codes[s.Code] = true
			}
		}
		for _, s := range content.Steps {
			codes[s.Method] = true
		}
		delete(codes, "")
		for c := range codes {
			by[c] = append(by[c], r)
		}
	}
	var out []near
	for code, told := range by {
		if n := aggregate.Independent(told); n < k {
			out = append(out, near{code, n})
		}
	}
	slices.SortFunc(out, func(a, b near) int {
		return cmp.Or(cmp.Compare(b.contributors, a.contributors), cmp.Compare(a.code, b.code))
	})
	return out[:min(len(out), mostNear)]
}

// writeMissing tells the working group what to ask its members for.
func writeMissing(to io.Writer, r *outcome, o options) error {
	w, err := openWords(o)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(to, "# %s\n\n%s\n\n%s\n\n", w.say("missing.title"), w.say("private.only"),
		w.say("missing.all", "n", aggregate.Independent(r.records), "k", o.k)); err != nil {
		return err
	}
	list := lacking(r.records, o.k)
	if len(list) == 0 {
		if len(r.collection.Topics) == 0 {
			_, err = fmt.Fprintln(to, w.say("missing.codes"))
		}
		return err
	}
	if _, err := fmt.Fprintf(to, "%s\n\n| %s | %s | %s |\n| --- | --- | --- |\n", w.say("missing.near", "k", o.k),
		w.say("missing.subject"), w.say("missing.contributors"), w.say("missing.more")); err != nil {
		return err
	}
	for _, x := range list {
		if _, err := fmt.Fprintf(to, "| %s | %d | %d |\n", w.label(x.code), x.contributors, o.k-x.contributors); err != nil {
			return err
		}
	}
	return nil
}
