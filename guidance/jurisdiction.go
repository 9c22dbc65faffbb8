// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"embed"
	"errors"
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

// A jurisdiction lists questions that a working group has to confirm about the rules of a
// place: bodies, duties, contents and times. It is versioned data and does not say what
// the law is.
type jurisdiction struct {
	name, scope     string
	version, status string
	locale          string // of its texts, BCP 47; empty is not stated
	rules           []rule
}

// A rule is one line of a jurisdiction.
type rule struct {
	kind         string // body, duty, content or time
	id           string
	since, until string // YYYY or YYYY-MM; empty is not stated
	subject      string
	confirm      string // the question to whoever can confirm it
}

// openJurisdiction reads the table jurisdiction/NAME.tsv of fsys, or where fsys is nil or
// has no such file, the built-in one.
func openJurisdiction(name string, fsys fs.FS) (*jurisdiction, error) {
	if !words.IDForm().MatchString(name) {
		return nil, errTable
	}
	file := "jurisdiction/" + name + ".tsv"
	body, err := jurisdictions.ReadFile("data/" + file)
	if fsys != nil {
		if own, ownErr := fs.ReadFile(fsys, file); !errors.Is(ownErr, fs.ErrNotExist) {
			body, err = own, ownErr
		}
	}
	if err != nil {
		return nil, errTable
	}
	j := new(jurisdiction)
	for n, line := range words.TableLines(string(body)) {
		if !j.take(strings.Split(line, "\t")) {
			return nil, fmt.Errorf("%w: line %d", errTable, n)
		}
	}
	if j.name == "" || j.version == "" || len(j.rules) == 0 {
		return nil, fmt.Errorf("%w: no name, no version or no rules", errTable)
	}
	return j, nil
}

// take adds one line and reports whether it is well formed.
func (j *jurisdiction) take(f []string) bool {
	if len(f) != 6 || slices.Contains(f, "") {
		return false
	}
	if f[0] == "meta" {
		return j.takeMeta(f[1], f[4], f[5])
	}
	r := rule{kind: f[0], id: f[1], subject: f[4], confirm: f[5]}
	if f[2] != "-" {
		r.since = f[2]
	}
	if f[3] != "-" {
		r.until = f[3]
	}
	taken := slices.ContainsFunc(j.rules, func(have rule) bool { return have.kind == r.kind && have.id == r.id })
	if taken || !r.wellFormed() {
		return false
	}
	j.rules = append(j.rules, r)
	return true
}

// takeMeta adds what a table says of itself, and reports whether it may say that.
func (j *jurisdiction) takeMeta(what, first, second string) bool {
	switch what {
	case "name":
		j.name, j.scope = first, second
	case "version":
		j.version, j.status = first, second
	case "locale":
		j.locale = first
	default:
		return false
	}
	return true
}

// wellFormed reports whether a rule has a kind, an id and years as they are written, and
// asks what to confirm.
func (r rule) wellFormed() bool {
	return slices.Contains(ruleKinds(), r.kind) && words.IDForm().MatchString(r.id) &&
		yearForm().MatchString(r.since) && yearForm().MatchString(r.until) &&
		(strings.HasSuffix(r.confirm, "?") || strings.Contains(r.confirm, "? "))
}

func ruleKinds() []string { return []string{"body", "duty", "content", "time"} }

var yearForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([0-9]{4}(-(0[1-9]|1[0-2]))?)?$`) })

// The places for themes and groups in a consultation report; a report with more
// repeats the last.
const (
	reportThemes = 6
	reportGroups = 5
)

// ConsultationReport writes the skeleton of a report on a consultation: who was
// consulted, on what, how, what was said, what changed, what did not and why,
// and how people hear of it. What a jurisdiction asks of such a report stands in
// it as questions to confirm locally; the skeleton does not say what the law is. The
// questions are those of the table jurisdiction/NAME.tsv of cfg.Catalogs or of a
// built-in one, which is "england".
func ConsultationReport(name string, cfg Config) (*Guide, error) {
	j, err := openJurisdiction(name, cfg.Catalogs)
	if err != nil {
		return nil, err
	}
	if cfg.Jurisdiction == "" {
		cfg.Jurisdiction = j.name
	}
	w, err := newWriter(nil, cfg)
	if err != nil {
		return nil, err
	}
	g := w.document(kindConsultation, kindConsultation, words.Values{"where": j.name})
	g.Front.Facts = append(g.Front.Facts, Fact{Label: w.say("consultation-report.pack", nil), Value: w.say("consultation-report.pack.value", words.Values{"version": j.version, "status": w.foreign(j.locale) + j.status})})
	w.add(g, "summary", append([]Block{paragraph(w.frame("consultation-report.summary.lead", nil))}, w.slots("title", "period", "decision", "summary")...)...)
	w.add(g, "confirm", w.confirm(j)...)
	groups := []Block{list(w.prompts("consultation-report.ask.", "who-affected", "who-missing", "who-first")...)}
	for i := range reportGroups {
		groups = append(groups, w.numbered("group", i+1, TextSlot, 60))
	}
	w.add(g, "who", append(groups, w.slots("reach", "not-reached")...)...)
	w.add(g, "what", w.slots("questions", "options", "fixed", "material")...)
	w.add(g, "how", append([]Block{list(w.prompts("consultation-report.ask.", "how-ways", "how-access", "how-time", "how-independent")...)}, w.slots("ways", "access", "independent")...)...)
	said := []Block{{Kind: Note, Claims: w.frames(nil, "consultation-report.counting")}}
	for i := range reportThemes {
		said = append(said, w.heading("consultation-report.theme", words.Values{"n": i + 1}), w.numbered("heard", i+1, TextSlot, 100), w.numbered("weight", i+1, TextSlot, 40))
	}
	w.add(g, "said", append(said, w.slots("minority", "own-words")...)...)
	changed := []Block{paragraph(w.frame("consultation-report.changed.lead", nil))}
	for i := range reportThemes {
		response := w.numbered("response", i+1, ChoiceSlot, 0)
		for _, o := range []string{"changed", "partly", "not", "later", "elsewhere"} {
			response.Slot.Options = append(response.Slot.Options, w.say("consultation-report.response."+o, nil))
		}
		changed = append(changed, w.heading("consultation-report.theme", words.Values{"n": i + 1}), response, w.numbered("reason", i+1, TextSlot, 100))
	}
	w.add(g, "changed", append(changed, w.slots("unheard")...)...)
	w.add(g, "after", append([]Block{list(w.prompts("consultation-report.ask.", "after-told", "after-check", "after-harm")...)}, w.slots("told", "owner", "check")...)...)
	w.add(g, "finish", Block{Kind: Checklist, Claims: w.prompts("consultation-report.check.", "names", "few", "plain", "no", "confirmed", "shared")}, w.ask("approved", "consultation-report.slot.approved", NameSlot, 0))
	return w.finish(g)
}

// slots are slots of the report, worded by their ids.
func (w *writer) slots(ids ...string) []Block {
	var out []Block
	for _, id := range ids {
		out = append(out, w.ask(id, "consultation-report.slot."+id, TextSlot, 200))
	}
	return out
}

// numbered is a slot of which there are several.
func (w *writer) numbered(id string, n int, kind SlotType, maxWords int) Block {
	b := w.ask(fmt.Sprintf("%s.%d", id, n), "consultation-report.slot."+id, kind, maxWords)
	b.Slot.Question = w.say("consultation-report.slot."+id, words.Values{"n": n})
	return b
}

// confirm asks for every line of the jurisdiction whether it holds.
func (w *writer) confirm(j *jurisdiction) []Block {
	note := w.frames(words.Values{"where": j.name}, "consultation-report.no-law")
	if w.foreign(j.locale) != "" {
		note = append(note, w.frame("consultation-report.no-law.language", nil))
	}
	blocks := []Block{{Kind: Note, Claims: note}}
	for _, kind := range ruleKinds() {
		var ask []Claim
		for _, r := range j.rules {
			if r.kind != kind {
				continue
			}
			c := Claim{Source: Prompt, Text: w.say("consultation-report.rule", words.Values{"subject": r.subject, "confirm": r.confirm})}
			switch {
			case r.since != "" && r.until != "":
				c.Details = append(c.Details, w.frame("consultation-report.rule.between", words.Values{"since": r.since, "until": r.until}))
			case r.since != "":
				c.Details = append(c.Details, w.frame("consultation-report.rule.since", words.Values{"since": r.since}))
			}
			ask = append(ask, c)
		}
		if len(ask) == 0 {
			continue
		}
		blocks = append(blocks, w.heading("consultation-report.rules."+kind, nil), list(ask...), w.ask("confirm."+kind, "consultation-report.slot.confirm."+kind, TextSlot, 150))
	}
	return blocks
}
