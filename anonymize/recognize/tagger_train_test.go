// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Training runs as a test because it needs the feature extractor that ships:
//
//	SHAREDPRACTICE_EVAL=DIR SHAREDPRACTICE_TRAIN=cv    go test -run TestTrainTagger -v -timeout 60m ./anonymize/recognize
//	SHAREDPRACTICE_EVAL=DIR SHAREDPRACTICE_TRAIN=write go test -run TestTrainTagger -v -timeout 60m ./anonymize/recognize
//
// "cv" trains on four fifths of each set and tags the last fifth, in turn;
// with SHAREDPRACTICE_FOLDS=FOLDER it also writes the five models, so that the
// whole program can be scored on text its model has not seen. "write" trains
// on everything and replaces data/tagger.bin.

type goldSpan struct {
	Start, End int
	Type       string
	Kind       string `json:"identifier_type"`
}

type goldDoc struct {
	ID, Text string
	Spans    []goldSpan
	set      string
	n        int
}

type instance struct {
	features [2][]uint32 // with every gazetteer, and without name lists
	gold     tag
	set      string
	fold     int
	weight   float32
}

// trainingSets are those whose licence allows a derived model to be given on.
var trainingSets = []struct {
	name   string
	weight float32
}{
	{"tab_dev", 1}, {"wikigold", 1}, {"btc_train", 1}, {"wnut17_train", 1}, {"wnut17_dev", 1}, {"sec_train", 1}, {"re3d_dev", 1.5},
}

const folds = 5

func TestTrainTagger(t *testing.T) {
	mode := os.Getenv("SHAREDPRACTICE_TRAIN")
	dir := os.Getenv("SHAREDPRACTICE_EVAL")
	if mode == "" || dir == "" {
		t.Skip("set SHAREDPRACTICE_TRAIN and SHAREDPRACTICE_EVAL to train the tagger")
	}
	var all []instance
	for _, s := range trainingSets {
		if mode == "score" {
			break
		}
		for _, g := range readGold(t, filepath.Join(dir, "deid", s.name+".jsonl"), s.name) {
			all = append(all, instances(t, g, s.weight)...)
		}
	}
	if mode != "score" {
		all = append(all, britishInstances(t)...)
		all = append(all, practiceInstances(t)...)
	}
	t.Logf("%d instances", len(all))
	switch mode {
	case "score":
		out := os.Getenv("SHAREDPRACTICE_FOLDS")
		for _, s := range trainingSets {
			predictFolds(t, filepath.Join(dir, "deid", s.name+".jsonl"), out, s.name)
		}
	case "cv":
		hit, right, miss := map[string]int{}, map[string]int{}, map[string]int{}
		for k := range folds {
			m := train(all, func(i *instance) bool { return i.fold != k })
			if out := os.Getenv("SHAREDPRACTICE_FOLDS"); out != "" {
				require.NoError(t, os.WriteFile(filepath.Join(out, fmt.Sprintf("tagger%d.bin", k)), m, 0o600))
			}
			model := taggerModel{string(m[taggerHeader:])}
			for i := range all {
				x := &all[i]
				if x.fold != k {
					continue
				}
				_, margin := best(model.scores(x.features[0]))
				switch {
				case margin > 0 && x.gold != tagNone:
					right[x.set]++
				case margin > 0:
					hit[x.set]++
				case x.gold != tagNone:
					miss[x.set]++
				}
			}
		}
		for _, s := range trainingSets {
			t.Logf("%-14s candidates: recall %.3f precision %.3f", s.name, ratio(right[s.name], right[s.name]+miss[s.name]), ratio(right[s.name], right[s.name]+hit[s.name]))
		}
	case "write":
		require.NoError(t, os.WriteFile("data/tagger.bin", train(all, func(*instance) bool { return true }), 0o644))
	}
}

func ratio(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

func readGold(tb testing.TB, name, set string) (out []goldDoc) {
	tb.Helper()
	f, err := os.Open(name)
	require.NoError(tb, err)
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var g goldDoc
		require.NoError(tb, json.Unmarshal(sc.Bytes(), &g))
		g.set, g.n = set, len(out)
		out = append(out, g)
	}
	return out
}

// foldOf keeps neighbours, which may come from one article, in one fold.
func foldOf(g goldDoc) int {
	if g.set == "tab_dev" {
		return g.n % folds
	}
	return g.n / 20 % folds
}

func instances(tb testing.TB, g goldDoc, weight float32) (out []instance) {
	tb.Helper()
	d, err := NewDocument(g.Text)
	require.NoError(tb, err)
	gold := goldTags(d, g)
	f := featureSet{d: d}
	for i := range d.words {
		if !d.candidate(i) && !d.innerCandidate(i) {
			continue
		}
		x := instance{gold: gold[i], set: g.set, fold: foldOf(g), weight: weight}
		if x.gold == tagCount {
			continue
		}
		x.features[0] = slices.Clone(f.of(i, 0))
		x.features[1] = slices.Clone(f.of(i, lexGiven|lexSurname|lexPlace|lexProper))
		out = append(out, x)
	}
	return out
}

// goldTags says of every word what it names; tagCount where the set does not
// tell.
func goldTags(d *Document, g goldDoc) []tag {
	var at []int
	for i := range g.Text {
		at = append(at, i)
	}
	at = append(at, len(g.Text))
	tags := make([]tag, len(d.words))
	for _, s := range g.Spans {
		if s.Kind == "NO_MASK" || s.Start >= s.End || s.End >= len(at) {
			continue
		}
		k := tagOther
		switch s.Type {
		case "PERSON":
			k = tagPerson
		case "ORG":
			k = tagOrg
		case "LOC":
			k = tagPlace
		case "DATE", "CODE", "CONTACT":
			k = tagCount
		}
		from, to := d.wordsOf(d.view.Reading(text.Span{Start: at[s.Start], End: at[s.End]}))
		for i := from; i < to; i++ {
			tags[i] = k
		}
	}
	for i := range tags {
		// Months, weekdays, titles and links are decided by rules.
		if d.words[i].cls&(clsMonth|clsWeekday|clsTitle) != 0 && tags[i] != tagNone {
			tags[i] = tagCount
		}
		if (d.punct(i-1, '@') || d.punct(i-1, '#')) && d.words[i].gap == gapNone || strings.HasPrefix(d.str(i), "http") {
			tags[i] = tagCount
		}
	}
	return tags
}

// train fits softmax classifiers by AdaGrad, each on another order of the
// instances, and rounds the mean of their weights to eight bits: one order alone
// moves recall by two in a thousand. The seeds are fixed: the same data gives the
// same file.
func train(all []instance, use func(*instance) bool) []byte {
	const orders = 6
	var idx []int
	for i := range all {
		if use(&all[i]) {
			idx = append(idx, i)
		}
	}
	mean := make([]float32, taggerSlots*int(tagCount))
	for seed := range uint64(orders) {
		for i, v := range fit(all, slices.Clone(idx), rand.New(rand.NewPCG(7, 11+seed))) {
			mean[i] += v / orders
		}
	}
	b := append([]byte("sptagr01"), make([]byte, 8+len(mean))...)
	binary.LittleEndian.PutUint32(b[8:], taggerSlots)
	for i, v := range mean {
		b[taggerHeader+i] = byte(int8(max(-127, min(127, math.Round(float64(v)*32)))))
	}
	return b
}

// fit is one classifier.
func fit(all []instance, idx []int, rnd *rand.Rand) []float32 {
	const (
		epochs = 10
		rate   = 0.02
		decay  = 2e-7
		// A name missed costs more than a word masked for nothing.
		missed = 2.6
	)
	n := taggerSlots * int(tagCount)
	w, g2 := make([]float32, n), make([]float32, n)
	for range epochs {
		rnd.Shuffle(len(idx), func(a, b int) { idx[a], idx[b] = idx[b], idx[a] })
		for _, k := range idx {
			x := &all[k]
			fs := x.features[0]
			if rnd.IntN(4) == 0 {
				fs = x.features[1]
			}
			var s [tagCount]float64
			for _, f := range fs {
				p := int(f) * int(tagCount)
				for c := range s {
					s[c] += float64(w[p+c])
				}
			}
			top := slices.Max(s[:])
			sum := 0.0
			for c := range s {
				s[c] = math.Exp(s[c] - top)
				sum += s[c]
			}
			cost := x.weight
			if x.gold != tagNone {
				cost *= missed
			}
			for c := range s {
				grad := float32(s[c] / sum)
				if tag(c) == x.gold {
					grad--
				}
				grad *= cost
				if grad > -1e-4 && grad < 1e-4 {
					continue
				}
				for _, f := range fs {
					p := int(f)*int(tagCount) + c
					gr := grad + decay*w[p]
					g2[p] += gr * gr
					w[p] -= rate * gr / (float32(math.Sqrt(float64(g2[p]))) + 1e-3)
				}
			}
		}
	}
	return w
}

// predictFolds runs the whole program on a set, each document with the model
// that has not seen it, and writes the spans that a scorer reads.
func predictFolds(t *testing.T, gold, folder, set string) {
	t.Helper()
	var models [folds]taggerModel
	for k := range models {
		b, err := os.ReadFile(filepath.Join(folder, fmt.Sprintf("tagger%d.bin", k)))
		require.NoError(t, err)
		models[k] = taggerModel{string(b[taggerHeader:])}
	}
	for _, strict := range []bool{false, true} {
		var b strings.Builder
		for _, g := range readGold(t, gold, set) {
			d, err := NewDocument(g.Text)
			require.NoError(t, err)
			rs := builtin()
			rs[len(rs)-1] = nameFinder{func() taggerModel { return models[foldOf(g)] }}
			fs, err := Detect(t.Context(), []*Document{d}, rs, Options{Strict: strict})
			require.NoError(t, err)
			spans := []map[string]any{}
			for _, f := range fs[0] {
				start := utf8.RuneCountInString(g.Text[:f.Start])
				spans = append(spans, map[string]any{"start": start, "end": start + utf8.RuneCountInString(g.Text[f.Start:f.End]), "type": f.Kind})
			}
			line, err := json.Marshal(map[string]any{"id": g.ID, "spans": spans})
			require.NoError(t, err)
			b.Write(append(line, '\n'))
		}
		name := "cv_" + set
		if strict {
			name = "cvstrict_" + set
		}
		require.NoError(t, os.WriteFile(filepath.Join(folder, name+".jsonl"), []byte(b.String()), 0o600))
	}
}

// britishInstances are the generated passages of the templates with odd
// numbers; those with even numbers judge.
func britishInstances(t *testing.T) (out []instance) {
	t.Helper()
	for _, p := range britishSet(t, 12, func(n int) bool { return n%2 == 1 }) {
		g := goldDoc{ID: "british", Text: p.text, set: "british"}
		for k, s := range p.secret {
			kind := map[string]string{
				"person": "PERSON", "titled": "PERSON", "surname": "PERSON", "charity": "ORG", "trust": "ORG", "hospital": "ORG",
				"pharma": "ORG", "agency": "ORG", "place": "LOC", "county": "LOC", "programme": "OTHER", "medicine": "OTHER",
			}[p.kinds[k]]
			if kind == "" {
				kind = "CODE"
			}
			g.Spans = append(g.Spans, goldSpan{Start: utf8.RuneCountInString(p.text[:s.Start]), End: utf8.RuneCountInString(p.text[:s.End]), Type: kind})
		}
		for _, x := range append(instances(t, g, 0.7), shouted(t, g)...) {
			x.fold = folds // in every training set, in no test
			out = append(out, x)
		}
	}
	return out
}

// shouted are the instances of a text in capitals, where a capital says nothing.
func shouted(t *testing.T, g goldDoc) []instance {
	t.Helper()
	upper := strings.ToUpper(g.Text)
	if utf8.RuneCountInString(upper) != utf8.RuneCountInString(g.Text) {
		return nil
	}
	g.Text = upper
	return instances(t, g, 0.3)
}

// practiceInstances are the labels, definitions and sentences of the vocabulary:
// ordinary words about engagement, headings and fragments among them, in which
// nothing is a name.
func practiceInstances(t *testing.T) (out []instance) {
	t.Helper()
	n := 0
	for _, scheme := range []string{"challenge", "kind", "lifecycle", "method", "objective", "situation", "stakeholder", "theme"} {
		b, err := os.ReadFile("../../model/vocabulary/data/en-GB/" + scheme + ".tsv")
		require.NoError(t, err)
		for line := range strings.Lines(string(b)) {
			cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
			if line[0] == '#' || len(cells) < 3 {
				continue
			}
			g := goldDoc{ID: "practice", Text: cells[2], set: "practice", n: n}
			n++
			out = append(out, instances(t, g, 0.7)...)
			out = append(out, shouted(t, g)...)
		}
	}
	return out
}
