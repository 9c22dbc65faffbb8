// SPDX-License-Identifier: Apache-2.0

//go:build ignore

// Command guides measures a folder of guides in JSON as a reader would meet
// them: how much of each stands in nearly all of them, how much asks instead of
// telling, how many steps there are, how often it says what to do, and how easy
// it is to read.
//
//	go run ./examples/howto -out o && go run .ci/guides.go o/guides
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// shared is the share of guides from which on a sentence stands in nearly all.
const shared = 0.8

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "guides: which folder?")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "guides:", err)
		os.Exit(1)
	}
}

// page holds the measures of one guide.
type page struct {
	id       string
	lines    []string // every text of it, in order
	asked    int      // words of questions to the reader
	steps    int
	bare     int             // sections that say nothing
	quotes   map[string]bool // contributors' own or shared words
	told     []string        // sentences: what it says, without labels and questions
	perSteps []int           // quotes of each step
}

func run(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no guides in the folder: %w", os.ErrNotExist)
	}
	pages, in, quoted, err := readPages(files)
	if err != nil {
		return err
	}
	if len(pages) == 0 {
		return fmt.Errorf("no guides in the folder: %w", os.ErrNotExist)
	}
	fmt.Printf("%-42s %6s %7s %7s %6s %9s %5s %5s\n", "guide", "words", "shared", "asked", "steps", "say-do/k", "age", "bare")
	var totals [3]float64
	var steps []int
	var most, perStep int
	for _, q := range quoted {
		most = max(most, q)
	}
	var does, age float64
	for _, p := range pages {
		all, same := 0, 0
		for _, line := range p.lines {
			n := len(strings.Fields(line))
			all += n
			if float64(in[line]) >= shared*float64(len(pages)) && len(pages) > 1 {
				same += n
			}
		}
		do, a := imperatives(p.told), readingAge(p.told)
		fmt.Printf("%-42.42s %6d %6.1f%% %6.1f%% %6d %9.1f %5.1f %5d\n", p.id, all, 100*float64(same)/float64(all), 100*float64(p.asked)/float64(all), p.steps, 1000*float64(do)/float64(all), a, p.bare)
		totals[0] += float64(all)
		totals[1] += float64(same)
		totals[2] += float64(p.asked)
		does += float64(do)
		age += a
		steps = append(steps, p.steps)
		for _, n := range p.perSteps {
			perStep = max(perStep, n)
		}
	}
	slices.Sort(steps)
	median := float64(steps[(len(steps)-1)/2]+steps[len(steps)/2]) / 2
	fmt.Printf("\n%d guides. In %.0f %% of them or more: %.1f %% of the words. Questions to the reader: %.1f %%. Steps, median: %.1f.\n", len(pages), 100*shared, 100*totals[1]/totals[0], 100*totals[2]/totals[0], median)
	fmt.Printf("Sentences that say what to do: %.1f per 1,000 words. Reading age: %.1f. One quotation stands in at most %d guides; a step has at most %d.\n", 1000*does/totals[0], age/float64(len(pages)), most, perStep)
	return nil
}

// readPages reads the guides, and counts in how many of them each line and each
// quotation stands.
func readPages(files []string) (pages []page, in, quoted map[string]int, err error) {
	in, quoted = map[string]int{}, map[string]int{}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			return nil, nil, nil, err
		}
		var g guidance.Guide
		if err := json.Unmarshal(body, &g); err != nil {
			return nil, nil, nil, fmt.Errorf("%s: not a guide", filepath.Base(name))
		}
		if g.Front.Kind != guidance.KindHowTo {
			continue
		}
		p := read(&g)
		for line := range setOf(p.lines) {
			in[line]++
		}
		for q := range p.quotes {
			quoted[q]++
		}
		pages = append(pages, p)
	}
	return pages, in, quoted, nil
}

func read(g *guidance.Guide) page {
	p := page{id: g.Front.ID, quotes: map[string]bool{}}
	add := func(s string, asks bool) {
		for line := range strings.SplitSeq(s, "\n") {
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			p.lines = append(p.lines, line)
			if asks {
				p.asked += len(strings.Fields(line))
			}
		}
	}
	slot := func(s *guidance.Slot) {
		if s != nil {
			add(s.Question, true)
			add(s.Why, true)
			add(strings.Join(s.Options, " "), true)
		}
	}
	var claims func(list []guidance.Claim) int
	claims = func(list []guidance.Claim) int {
		quotes := 0
		for _, c := range list {
			add(c.Text, c.Source == guidance.Prompt)
			add(c.Seen, false)
			if c.Source != guidance.Prompt {
				p.told = append(p.told, c.Text)
			}
			if c.Rung == 1 || c.Rung == 2 { // own or shared words
				p.quotes[c.Text] = true
				quotes++
			}
			quotes += claims(c.Details)
		}
		return quotes
	}
	add(g.Front.Title, false)
	add(g.Front.Lead, false)
	for _, f := range g.Front.Facts {
		add(f.Label+" "+f.Value, false)
	}
	for _, s := range g.Sections {
		add(s.Title, false)
		before := len(p.lines)
		for _, b := range s.Blocks {
			if b.Kind == guidance.Heading {
				add(b.Title, false)
			}
			claims(b.Claims)
			for _, step := range b.Steps {
				p.steps++
				quotes := claims([]guidance.Claim{step.Claim})
				for _, m := range step.Meta() {
					add(m, false)
				}
				add(step.Fork, false)
				p.told = append(p.told, step.Fork)
				slot(step.Slot)
				p.perSteps = append(p.perSteps, quotes)
			}
			if t := b.Table; t != nil {
				add(t.Caption, false)
				add(strings.Join(t.Header, " "), false)
				for _, r := range t.Rows {
					add(strings.Join(r, " "), false)
					if s.ID == "glance" { // each row is what to do, in one sentence
						p.told = append(p.told, r[0])
					}
				}
				add(t.Note, false)
			}
			if b.Figure != nil {
				add(b.Figure.Caption, false)
			}
			slot(b.Slot)
			for _, x := range b.Examples {
				add(x.Title, false)
				for _, line := range x.Lines() {
					add(line, false)
				}
				add(strings.Join(x.Did, "\n"), false)
				for _, f := range x.Facts {
					add(f.Label+" "+f.Value, false)
				}
			}
			add(b.Text, false)
		}
		if len(p.lines) == before {
			p.bare++
		}
	}
	return p
}

func setOf(lines []string) map[string]bool {
	out := map[string]bool{}
	for _, line := range lines {
		out[line] = true
	}
	return out
}

var label = regexp.MustCompile(`^[\pL ,’'-]{2,40}: `)

// sentences are those of texts, without the labels that stand before some.
func sentences(texts []string) []string {
	var out []string
	for _, t := range texts {
		t = label.ReplaceAllString(t, "")
		for _, s := range regexp.MustCompile(`[.!?](?:\s|$)|:\s*$`).Split(t, -1) {
			if s = label.ReplaceAllString(strings.Trim(s, " “”‘’"), ""); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// imperatives counts the sentences that begin with a verb in its base form.
func imperatives(texts []string) int {
	n := 0
	for _, s := range sentences(texts) {
		first, rest, _ := strings.Cut(strings.ToLower(s), " ")
		switch first = strings.Trim(first, ",;"); first {
		case "do", "don't", "never", "always", "then", "also", "first", "please", "instead":
			next, _, _ := strings.Cut(rest, " ")
			if first == "do" || first == "don't" || verbs()[strings.Trim(next, ",;")] {
				n++
			}
		default:
			if verbs()[first] && len(strings.Fields(s)) > 2 {
				n++
			}
		}
	}
	return n
}

var verbs = func() func() map[string]bool {
	known := setOf(strings.Fields(verbList))
	return func() map[string]bool { return known }
}()

// readingAge is the grade of Flesch and Kincaid, plus five.
func readingAge(texts []string) float64 {
	words, syllables, all := 0, 0, sentences(texts)
	for _, s := range all {
		for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && r != '\'' }) {
			words++
			syllables += syllablesOf(w)
		}
	}
	if words == 0 {
		return 0
	}
	return 0.39*float64(words)/float64(len(all)) + 11.8*float64(syllables)/float64(words) - 15.59 + 5
}

func syllablesOf(w string) int {
	n, vowel := 0, false
	for i, r := range w {
		is := strings.ContainsRune("aeiouy", r)
		if is && !vowel && !(r == 'e' && i == len(w)-1 && !strings.HasSuffix(w, "le")) {
			n++
		}
		vowel = is
	}
	return max(1, n)
}

// verbList are verbs with which advice in this field begins.
const verbList = `accept act adapt add admit advertise agree aim allow announce answer appoint arrange ask assess assign attend avoid
be begin book bring budget build call carry cast celebrate chair change charge check choose circulate collect combine come commission compare
complete confirm connect consider consult contact continue copy count cover create credit cut debrief decide define deliver describe design
develop discuss display divide document draft draw drop employ enable encourage end engage ensure escalate establish evaluate examine expect
explain explore extend feed fill film find fit fix focus follow form fund gather get give go greet group hand have hear help hire hold host
identify include inform introduce invest invite involve join judge keep know lay lead learn leave lend let limit link list listen look make
manage map mark match measure meet mention mix monitor move name negotiate note notice number observe offer open order organise pair park pay
phone pick pilot place plan point post prepare present print produce promise protect provide publish put question raise read recognise record recruit
reduce refer release remind remove repeat replace reply report reserve respond rest return review reward rewrite ring rotate run save say schedule
score seek sell send separate set settle share show sign simplify sit spell spend split staff stand start state stay step stick stop store
strike submit suggest support swap take talk teach tell test thank think tick time train translate treat try turn understand update use
visit vote sort retell twin win seat practise convene rank wait walk warn watch weigh welcome work write`
