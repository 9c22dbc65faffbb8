// SPDX-License-Identifier: Apache-2.0

package intake

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed data/deeds.tsv
var deedsTSV string

// deeds are the words of data/deeds.tsv by what they say of how far people took part:
// a word ending in "*" stands for all that begin so.
var deeds = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(deedsTSV) {
		if what, list, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			all[what] = append(all[what], strings.Split(list, "|")...)
		}
	}
	return all
})

func deed(what, word string) bool {
	return slices.ContainsFunc(deeds()[what], func(d string) bool {
		head, open := strings.CutSuffix(d, "*")
		return word == d || open && strings.HasPrefix(word, head)
	})
}

// levelOf finds how far people took part by what was done: who did something with
// others did it together, who did it alone had the say. An answer that denies, asks or
// tells a whole story says nothing.
func levelOf(written string) string {
	const longest = 12
	fields := strings.Fields(words(written))
	if len(fields) == 0 || len(fields) > longest || negates(written) || doubtful(written) {
		return ""
	}
	said := func(what string) bool {
		return slices.ContainsFunc(fields, func(w string) bool { return deed(what, w) })
	}
	switch {
	case said("together"), (said("decide") || said("make")) && said("with") && !said("help"):
		return "lv:collaborate"
	case said("decide"), said("make") && said("alone"):
		return "lv:empower"
	case said("involve"):
		return "lv:involve"
	case said("ask"):
		return "lv:consult"
	case said("tell"):
		return "lv:inform"
	}
	return ""
}
