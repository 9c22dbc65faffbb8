// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

//go:embed data/jurisdiction/*.tsv
var jurisdictions embed.FS

// Jurisdiction is what a working group has to confirm about the rules of a
// place: bodies, duties, contents and times. It is data, versioned, and made of
// questions: it does not say what the law is.
type Jurisdiction struct {
	Name, Scope     string
	Version, Status string
	Locale          string // of its texts, BCP 47; empty is not stated
	Rules           []Rule
}

// Rule is one line of a Jurisdiction.
type Rule struct {
	Kind         string // body, duty, content or time
	ID           string
	Since, Until string // YYYY or YYYY-MM; empty is not stated
	Subject      string
	Confirm      string // the question to whoever can confirm it
}

// OpenJurisdiction reads the pack NAME.tsv of fsys, or where fsys is nil, the
// built-in one. Built in is "england". Another name is ErrTable.
func OpenJurisdiction(name string, fsys fs.FS) (*Jurisdiction, error) {
	file := name + ".tsv"
	if fsys == nil {
		fsys, file = jurisdictions, "data/jurisdiction/"+file
	}
	if !words.IDForm().MatchString(name) || !fs.ValidPath(file) {
		return nil, ErrTable
	}
	body, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, ErrTable
	}
	j := new(Jurisdiction)
	for n, line := range words.TableLines(string(body)) {
		if !j.take(strings.Split(line, "\t")) {
			return nil, fmt.Errorf("%w: line %d", ErrTable, n)
		}
	}
	if j.Name == "" || j.Version == "" || len(j.Rules) == 0 {
		return nil, fmt.Errorf("%w: no name, no version or no rules", ErrTable)
	}
	return j, nil
}

// take adds one line and reports whether it is well formed.
func (j *Jurisdiction) take(f []string) bool {
	if len(f) != 6 || slices.Contains(f, "") {
		return false
	}
	if f[0] == "meta" {
		switch f[1] {
		case "name":
			j.Name, j.Scope = f[4], f[5]
		case "version":
			j.Version, j.Status = f[4], f[5]
		case "locale":
			j.Locale = f[4]
		default:
			return false
		}
		return true
	}
	r := Rule{Kind: f[0], ID: f[1], Subject: f[4], Confirm: f[5]}
	if f[2] != "-" {
		r.Since = f[2]
	}
	if f[3] != "-" {
		r.Until = f[3]
	}
	known := slices.Contains(ruleKinds(), r.Kind)
	taken := slices.ContainsFunc(j.Rules, func(have Rule) bool { return have.Kind == r.Kind && have.ID == r.ID })
	if !known || taken || !words.IDForm().MatchString(r.ID) || !yearForm().MatchString(r.Since) || !yearForm().MatchString(r.Until) || !strings.HasSuffix(r.Confirm, "?") && !strings.Contains(r.Confirm, "? ") {
		return false
	}
	j.Rules = append(j.Rules, r)
	return true
}

func ruleKinds() []string { return []string{"body", "duty", "content", "time"} }

var yearForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([0-9]{4}(-(0[1-9]|1[0-2]))?)?$`) })
