// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
)

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
	if withheld := len(r.results) - len(r.records); withheld > 0 {
		if _, err := fmt.Fprintf(to, "%s\n\n", w.say("missing.withheld", "n", withheld)); err != nil {
			return err
		}
	}
	list := collect.Lacking(r.records, o.k)
	if len(list) == 0 {
		if len(r.records) > 0 && len(r.collection.Topics) == 0 {
			_, err = fmt.Fprintln(to, w.say("missing.codes"))
		}
		return err
	}
	if _, err := fmt.Fprintf(to, "%s\n\n| %s | %s | %s |\n| --- | --- | --- |\n", w.say("missing.near", "k", o.k),
		w.say("missing.subject"), w.say("missing.contributors"), w.say("missing.more")); err != nil {
		return err
	}
	for _, x := range list {
		if _, err := fmt.Fprintf(to, "| %s | %d | %d |\n", w.label(x.Code), x.Contributors, o.k-x.Contributors); err != nil {
			return err
		}
	}
	return nil
}
