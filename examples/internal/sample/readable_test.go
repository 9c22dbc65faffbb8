// SPDX-License-Identifier: Apache-2.0

package sample_test

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
)

// TestReadable redacts all prose of the collection at the level anonymous, in
// both strengths. No name may survive, declared or in testdata/names.txt; and of
// the words that are no name, few may be masked as one. Dates, figures and
// nationalities are masked on purpose and do not count. Every text here is made
// up, so that SHAREDPRACTICE_OVERMASKED=1 may list what was masked for nothing.
func TestReadable(t *testing.T) {
	names := undeclared(t)
	rightly := identifying(t)
	declared, groups := prose(t)
	for _, row := range []struct {
		balanced bool
		most     int // ordinary words masked as a name, in 10,000; speakers of transcripts are among them
	}{{true, 57}, {false, 65}} { // under default deny a title goes whole, a body with its head in lower case, and what stands before "&"
		t.Run(fmt.Sprintf("balanced=%v", row.balanced), func(t *testing.T) {
			policy, err := redact.PolicyFor("anonymous")
			require.NoError(t, err)
			r, err := redact.New(redact.Config{Declared: declared, Policy: policy, Balanced: row.balanced})
			require.NoError(t, err)
			words, masked, named, nothing, survived := 0, 0, 0, 0, map[string]bool{}
			for _, passages := range groups {
				out, err := r.Redact(t.Context(), passages)
				require.NoError(t, err)
				for i, o := range out {
					words += len(strings.Fields(passages[i].Text))
					for _, name := range names.FindAllString(o.Text, -1) {
						survived[name] = true
					}
					for _, d := range o.Decisions {
						cut := passages[i].Text[d.Start:d.End]
						if d.Operator != redact.Keep && asName(d) {
							named += len(strings.Fields(cut))
						}
						if d.Operator == redact.Keep || d.Declared || !asName(d) || names.MatchString(cut) {
							continue
						}
						masked += len(strings.Fields(cut))
						if rightly[cut] {
							continue
						}
						nothing += len(strings.Fields(cut))
						if os.Getenv("SHAREDPRACTICE_OVERMASKED") != "" {
							t.Logf("%s %s/%s: %q in %q", d.Kind, d.Recognizer, d.Rule, cut, around(passages[i].Text, d))
						}
					}
				}
			}
			t.Logf("%d words, %d masked as a name, %d of them in no list of names, %d (%.3f) for nothing", words, named, masked, nothing, float64(nothing)/float64(named))
			require.Empty(t, survived)
			require.LessOrEqual(t, masked*10_000, words*row.most)
			require.LessOrEqual(t, nothing*5, named, "of the words masked as a name, at most a fifth for nothing")
		})
	}
}

// asName reports a cut that took its words for a name of somebody or something.
func asName(d redact.Decision) bool {
	switch d.Kind {
	case recognize.Person, recognize.Org, recognize.Brand:
		return true
	case recognize.Place:
		return d.Subtype != "demonym" && d.Subtype != "address"
	case recognize.Other:
		return d.Subtype == "name"
	case recognize.Code, recognize.Contact, recognize.Date:
	}
	return false
}

func around(s string, d redact.Decision) string {
	const far = 30
	return strings.ToValidUTF8(s[max(0, d.Start-far):min(len(s), d.End+far)], "")
}

// identifying is testdata/identifying.txt: what is masked as a name and is one.
func identifying(t *testing.T) map[string]bool {
	t.Helper()
	b, err := os.ReadFile("testdata/identifying.txt")
	require.NoError(t, err)
	out := map[string]bool{}
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out[line] = true
		}
	}
	return out
}

// undeclared is testdata/names.txt as one expression.
func undeclared(t *testing.T) *regexp.Regexp {
	t.Helper()
	b, err := os.ReadFile("testdata/names.txt")
	require.NoError(t, err)
	var all []string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			all = append(all, regexp.QuoteMeta(line))
		}
	}
	return regexp.MustCompile(`(?:^|[^\pL])(?:` + strings.Join(all, "|") + `)(?:$|[^\pL])`)
}

// prose are the texts of the collection, by contributor as they are anonymised,
// and what its parties declared.
func prose(t *testing.T) (declared []recognize.Declared, groups [][]redact.Passage) {
	t.Helper()
	kinds := map[string]recognize.Kind{
		"organisation": recognize.Org, "person": recognize.Person, "place": recognize.Place,
		"product": recognize.Brand, "programme": recognize.Brand, "code": recognize.Code,
	}
	at := map[string]int{}
	for e, err := range (model.Reader{}).JSONLines(sample.Collection()) {
		require.NoError(t, err)
		for _, p := range e.Parties {
			for _, id := range p.Identities {
				d := recognize.Declared{Kind: recognize.Other, Name: string(id.Name)}
				if k, ok := kinds[id.Type]; ok {
					d.Kind = k
				}
				for _, f := range id.Forms {
					d.Forms = append(d.Forms, string(f))
				}
				declared = append(declared, d)
			}
		}
		ref := ""
		if len(e.Parties) > 0 {
			ref = e.Parties[0].Ref
		}
		i, ok := at[ref]
		if !ok {
			i, groups = len(groups), append(groups, nil)
			at[ref] = i
		}
		e.Parties, e.Agreements, e.PublicRefs, e.Funding = nil, nil, nil, nil
		rawTexts(reflect.ValueOf(e), func(s string) {
			groups[i] = append(groups[i], redact.Passage{Document: e.ID, Text: s})
		})
	}
	return declared, groups
}

// rawTexts visits every raw text of a value.
func rawTexts(v reflect.Value, visit func(string)) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[model.Raw]() && v.Len() > 0 {
			visit(v.String())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				rawTexts(v.Field(i), visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			rawTexts(v.Index(i), visit)
		}
	default:
	}
}
