// SPDX-License-Identifier: Apache-2.0

//go:build train

package recognize

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize/internal/british"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize/internal/gold"
	"github.com/sharedpractice/sharedpractice/model/text"
)

type instance struct {
	features [2][]uint32 // with every gazetteer, and without name lists
	gold     tag
	fold     int
	weight   float32
	missed   float32
}

// trainingSets are those whose licence allows a derived model to be given on.
// Pieces whose name begins with less are left out: share-alike. missed is how much
// more a name missed costs than a word masked for nothing.
var trainingSets = []struct {
	file           string
	weight, missed float32
	less           string
}{
	{"tab_dev.jsonl", 1.3, 2.6, "-"},
	{"wikigold.jsonl", 1.3, 2.6, "-"},
	{"btc_train.jsonl", 1, 2.6, "-"},
	{"wnut17_train.jsonl", 1.5, 2.6, "-"},
	{"wnut17_dev.jsonl", 2, 2.6, "-"},
	{"sec_train.jsonl", 1.5, 2.6, "-"},
	{"re3d_dev.jsonl", 3, 2.6, "-"},
	{"gum_free.jsonl.gz", 1, 2.6, "-"},
	{"silver_british.jsonl.gz", 0.4, 1.8, "scvo"},
}

const (
	folds       = 5
	taggerBits  = 18
	taggerSlots = 1 << taggerBits
)

// Train trains the tagger on the development data in a folder and returns its
// table. One fold of five is left out of each set, none if it is negative. Made-up
// accounts and the vocabulary are read below root, the folder of the module.
func Train(folder, root string, fold int) ([]byte, error) {
	var all []instance
	for _, s := range trainingSets {
		docs, err := gold.Read(filepath.Join(folder, "deid", s.file))
		if err != nil {
			return nil, err
		}
		for _, g := range docs {
			if strings.HasPrefix(g.ID, s.less) {
				continue
			}
			xs, err := instances(g, FoldOf(s.file, g.N), s.weight)
			if err != nil {
				return nil, err
			}
			for i := range xs {
				xs[i].missed = s.missed
			}
			all = append(all, xs...)
		}
	}
	for _, more := range []func(string) ([]instance, error){britishInstances, practiceInstances} {
		xs, err := more(root)
		if err != nil {
			return nil, err
		}
		all = append(all, xs...)
	}
	return train(all, func(x *instance) bool { return x.fold != fold }), nil
}

// FoldOf is the fold of document n of a file: neighbours, which may come from one
// article, are in one fold.
func FoldOf(file string, n int) int {
	if strings.HasPrefix(file, "tab_dev") {
		return n % folds
	}
	return n / 20 % folds
}

func instances(g gold.Doc, fold int, weight float32) (out []instance, err error) {
	d, err := NewDocument(g.Text)
	if err != nil {
		return nil, err
	}
	tags := goldTags(d, g)
	f := featureSet{d: d}
	for i := range d.words {
		if !d.candidate(i) && !d.innerCandidate(i) {
			continue
		}
		x := instance{gold: tags[i], fold: fold, weight: weight, missed: 2.6}
		if x.gold == tagCount {
			continue
		}
		x.features[0] = slices.Clone(f.of(i, 0))
		x.features[1] = slices.Clone(f.of(i, lexGiven|lexSurname|lexPlace|lexProper))
		out = append(out, x)
	}
	return out, nil
}

// goldTypes are the types of gold spans that have a tag of their own.
var goldTypes = map[string]tag{"PERSON": tagPerson, "ORG": tagOrg, "LOC": tagPlace, "DATE": tagCount, "CODE": tagCount, "CONTACT": tagCount}

// goldTags says of every word what it names; tagCount where the set does not
// tell.
func goldTags(d *Document, g gold.Doc) []tag {
	at := gold.Bytes(g.Text)
	tags := make([]tag, len(d.words))
	for _, s := range g.Spans {
		if s.Kind == "NO_MASK" || s.Start >= s.End || s.End >= len(at) {
			continue
		}
		k, ok := goldTypes[s.Type]
		if !ok {
			k = tagOther
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
		if d.mark(i-1, "@#") && d.words[i].gap == gapNone || strings.HasPrefix(d.str(i), "http") {
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
	var fits [orders][]float32
	var wait sync.WaitGroup
	for seed := range fits {
		wait.Go(func() { fits[seed] = fit(all, slices.Clone(idx), rand.New(rand.NewPCG(7, 11+uint64(seed)))) })
		if seed%2 == 1 {
			wait.Wait()
		}
	}
	mean := make([]float32, taggerSlots*int(tagCount))
	for _, w := range fits {
		for i, v := range w {
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
				p := int(f>>(32-taggerBits)) * int(tagCount)
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
				cost *= x.missed
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
					p := int(f>>(32-taggerBits))*int(tagCount) + c
					gr := grad + decay*w[p]
					g2[p] += gr * gr
					w[p] -= rate * gr / (float32(math.Sqrt(float64(g2[p]))) + 1e-3)
				}
			}
		}
	}
	return w
}

// britishInstances are the generated passages of the templates with odd
// numbers; those with even numbers judge.
func britishInstances(root string) (out []instance, err error) {
	ps, err := british.Passages(filepath.Join(root, "anonymize/recognize/testdata/british"), 12, func(n int) bool { return n%2 == 1 })
	if err != nil {
		return nil, err
	}
	for _, p := range ps {
		g := gold.Doc{ID: "british", Text: p.Text}
		for k, s := range p.Secret {
			kind := map[string]string{
				"person": "PERSON", "titled": "PERSON", "surname": "PERSON", "charity": "ORG", "trust": "ORG", "hospital": "ORG",
				"pharma": "ORG", "agency": "ORG", "place": "LOC", "county": "LOC", "programme": "OTHER", "medicine": "OTHER",
			}[p.Kinds[k]]
			if kind == "" {
				kind = "CODE"
			}
			g.Spans = append(g.Spans, gold.Span{Start: utf8.RuneCountInString(p.Text[:s.Start]), End: utf8.RuneCountInString(p.Text[:s.End]), Type: kind})
		}
		if out, err = bothCases(out, g); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// bothCases adds the instances of a text, and of the text in capitals, where a
// capital says nothing. They are in every fold's training, and judge none.
func bothCases(out []instance, g gold.Doc) ([]instance, error) {
	xs, err := instances(g, folds, 0.7)
	if err != nil {
		return nil, err
	}
	out = append(out, xs...)
	upper := strings.ToUpper(g.Text)
	if utf8.RuneCountInString(upper) != utf8.RuneCountInString(g.Text) {
		return out, nil
	}
	g.Text = upper
	xs, err = instances(g, folds, 0.3)
	return append(out, xs...), err
}

// practiceInstances are the labels, definitions and sentences of the vocabulary:
// ordinary words about engagement, headings and fragments among them, in which
// nothing is a name.
func practiceInstances(root string) (out []instance, err error) {
	for _, scheme := range []string{"challenge", "kind", "lifecycle", "method", "objective", "situation", "stakeholder", "theme"} {
		b, err := os.ReadFile(filepath.Join(root, "model/vocabulary/data/en-GB", scheme+".tsv"))
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(b)) {
			cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
			if line[0] == '#' || len(cells) < 3 {
				continue
			}
			if out, err = bothCases(out, gold.Doc{ID: "practice", Text: cells[2]}); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}
