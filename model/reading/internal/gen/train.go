// SPDX-License-Identifier: Apache-2.0

package main

import (
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/sharedpractice/sharedpractice/model/reading/internal/linear"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// trainer keeps what is the same for all models.
type trainer struct {
	corpus
	table *wordtable.Table
	hits  linear.Hits
	base  []linear.Sample // of the passages, for codes
	roles []linear.Sample // of the passages, for roles
}

func train(c corpus, folds int, table *wordtable.Table, w io.Writer) *linear.Bundle {
	t := &trainer{corpus: c, table: table, hits: linear.NewHits(vocabulary.Default())}
	t.passagesToSamples()
	t.readFeatures()
	b := t.models(t.accounts)
	codes := t.withoutRolesOnly()
	apart := make([]*linear.Bundle, folds)
	for f := range folds {
		in, _ := cut(codes.accounts, f, folds)
		apart[f] = codes.models(in)
	}
	b.Judge, b.Second = codes.measure(apart, w)
	if len(codes.accounts) < len(t.accounts) {
		b.Second = second(slices.Concat(t.reads(folds)...))
	}
	return b
}

// withoutRolesOnly is the trainer without what teaches roles alone: how sure codes are
// is fitted where roles are read as codes are, by what both were taught.
func (t *trainer) withoutRolesOnly() *trainer {
	out := *t
	out.accounts = slices.DeleteFunc(slices.Clone(t.accounts), func(a account) bool { return a.roles })
	out.passages = slices.DeleteFunc(slices.Clone(t.passages), func(p passage) bool { return p.roles })
	out.base, out.roles = nil, nil
	out.passagesToSamples()
	return &out
}

// reads are the accounts of each part as role models of the other parts read them.
func (t *trainer) reads(folds int) [][]linear.Read {
	out := make([][]linear.Read, folds)
	for f := range out {
		in, part := cut(t.accounts, f, folds)
		_, roles, _ := t.samples(in)
		b := &linear.Bundle{Table: t.table, Roles: t.roleModel(roles)}
		out[f] = make([]linear.Read, len(part))
		each(len(part), func(i int) { out[f][i] = readAlone(b, part[i]) })
	}
	return out
}

// measure fits confidence and the second look at roles, and sets thresholds, by how accounts fare that the
// models did not learn from: bundle f is of all but part f.
func (t *trainer) measure(bundles []*linear.Bundle, w io.Writer) (*linear.Judge, *linear.Second) {
	var cases []linear.Case
	var told []practice
	var halves []int // of the accounts: each is judged by what was fitted on the other
	var seen []judged
	tested := newTally()
	folds := len(bundles)
	parts := make([][]account, folds)
	reads := make([][]linear.Read, folds)
	for f, b := range bundles {
		_, parts[f] = cut(t.accounts, f, folds)
		reads[f] = make([]linear.Read, len(parts[f]))
		each(len(parts[f]), func(i int) { reads[f][i] = readAlone(b, parts[f][i]) })
	}
	for f, b := range bundles {
		b.Second = second(slices.Concat(slices.Delete(slices.Clone(reads), f, f+1)...))
		xs := make([][][linear.PoolSize]float64, len(parts[f]))
		given := make([][]string, len(parts[f]))
		each(len(parts[f]), func(i int) { xs[i], given[i] = t.pool(b, parts[f][i]) })
		for i, a := range parts[f] {
			x := xs[i]
			for k, role := range given[i] {
				if a.open {
					tested.add(a.Sentences[k].Role, role)
				}
			}
			seen = append(seen, judged{a, x})
			for l, label := range b.Codes.Labels {
				cases = append(cases, linear.Case{Label: label, X: x[l], Right: slices.Contains(a.codes(), label), Weight: trust(a)})
				halves = append(halves, part(i, a)/folds%2)
				told = append(told, practiceOf(a))
			}
		}
	}
	j := judge(cases)
	alone := apart(cases, halves)
	j.Others = t.others(alone, cases, halves, -1)
	j.Shipped = thresholds(t.beside(alone, cases, halves), cases, told, w)
	report(j, t.labels, seen, w)
	tested.report(w)
	return j, second(slices.Concat(reads...))
}

// readAlone is an account as the models read its sentences one by one.
func readAlone(b *linear.Bundle, a account) linear.Read {
	at := indexOf(linear.RoleNames())
	r := linear.Read{Weight: trust(a)}
	for _, s := range a.Sentences {
		role, ok := at[s.Role]
		if !ok {
			role = -1
		}
		r.Meant = append(r.Meant, role)
	}
	r.Alone = b.Emit(a.texts(), "")
	return r
}

func second(reads []linear.Read) *linear.Second { return linear.FitSecond(reads, 6, shuffle()) }

func cut(all []account, fold, folds int) (in, out []account) {
	for i, a := range all {
		if part(i, a)%folds == fold {
			out = append(out, a)
		} else {
			in = append(in, a)
		}
	}
	return in, out
}

// part keeps what comes from one document together: texts of open text stand in
// the order in which they were taken from it.
func part(i int, a account) int {
	if at := strings.LastIndexByte(a.ID, '-'); a.open && at >= 0 {
		if n, err := strconv.Atoi(a.ID[at+1:]); err == nil {
			return n/15 + at
		}
	}
	return i
}

func (t *trainer) passagesToSamples() {
	at := indexOf(t.labels)
	roleAt := indexOf(linear.RoleNames())
	weight := map[string]float32{} // as if each role stood in as many passages
	for _, p := range t.passages {
		if !p.bound {
			weight[p.role]++
		}
	}
	for r, n := range weight {
		weight[r] = min(100/n, 0.15)
	}
	for _, p := range t.passages {
		words := linear.Words(p.text, t.table)
		s := linear.Sample{Features: words, Weight: 1}
		for _, c := range p.codes {
			if l, ok := at[c]; ok {
				s.Labels = append(s.Labels, l)
			}
		}
		s.Unknown = t.unsaid(s.Labels)
		if p.bound {
			s.Weight = 0.5
		}
		if !p.roles {
			t.base = append(t.base, s)
		}
		if r, ok := roleAt[p.role]; ok && !p.bound {
			t.roles = append(t.roles, linear.Sample{
				Features: linear.Role(p.text, words, t.table.Dim(), linear.Place{}), Labels: []int{r}, Weight: weight[p.role],
			})
		}
	}
}

// unsaid are the codes of which a passage with these says nothing: those of each scheme that
// it names none of, since who wrote of a method may have left out what it was for. One that
// carries no code at all was written as a near miss: it has none of any scheme.
func (t *trainer) unsaid(labels []int) (out []int) {
	if len(labels) == 0 {
		return nil
	}
	named := map[string]bool{}
	for _, l := range labels {
		named[schemeOf(t.labels[l])] = true
	}
	for l, label := range t.labels {
		if !named[schemeOf(label)] {
			out = append(out, l)
		}
	}
	return out
}

// schemeOf is the prefix of a code.
func schemeOf(code string) string {
	scheme, _, _ := strings.Cut(code, ":")
	return scheme
}

// weightOf is 1 for accounts in the register of real ones, else 0.3.
func weightOf(a account) float64 {
	if a.Written {
		return a.share()
	}
	return 0.3
}

// share is what a reading of an excerpt weighs: half the first, which was gone over
// for what it calls by two names, and the later ones, read once, the other half.
func (a *account) share() float64 {
	switch {
	case a.readers < 2:
		return 1
	case !a.again:
		return 0.5
	}
	return 0.5 / float64(a.readers-1)
}

const trustOpen, trustWritten = 1.0, 0.4

// practice tells whether an account is one of practice, in real or in written text.
type practice byte

const (
	noPractice practice = iota
	inOpenText
	inWritten
)

func practiceOf(a account) practice {
	switch {
	case a.open && len(a.Methods) > 0:
		return inOpenText
	case a.Written && !a.open:
		return inWritten
	}
	return noPractice
}

// trust is how much an account weighs where confidence is fitted: open text that
// tells of practice, which nobody here wrote, most.
func trust(a account) float64 {
	switch {
	case a.open && len(a.Methods) > 0:
		return trustOpen * a.share()
	case a.open:
		return 0.3 * a.share()
	case a.Written:
		return trustWritten
	}
	return 0.15
}

// shuffle is the same order each time.
func shuffle() func(n int, swap func(i, j int)) {
	return rand.New(rand.NewPCG(12, 2026)).Shuffle //nolint:gosec // an order of samples, no secret
}

func indexOf(names []string) map[string]int {
	m := map[string]int{}
	for i, n := range names {
		m[n] = i
	}
	return m
}

// readFeatures gives each account what its models learn from, once for all of them.
func (t *trainer) readFeatures() {
	t.accounts = slices.Clone(t.accounts)
	each(len(t.accounts), func(i int) {
		a := &t.accounts[i]
		texts := a.texts()
		for k, p := range linear.Places(texts, "") {
			words := linear.Words(texts[k], t.table)
			a.words = append(a.words, words)
			a.places = append(a.places, linear.Role(texts[k], words, t.table.Dim(), p))
		}
		a.whole = linear.Words(strings.Join(texts, "\n"), t.table)
	})
}

// each does n pieces of work, none of which needs another's.
func each(n int, do func(i int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wait.Wait()
}

// models trains on the passages and these accounts.
func (t *trainer) models(accounts []account) *linear.Bundle {
	b := &linear.Bundle{Table: t.table, Prior: map[string]float64{}}
	told, all := map[string]float64{}, 1.0
	for _, a := range accounts {
		if a.roles {
			continue
		}
		all += weightOf(a)
		for _, c := range a.codes() {
			told[c] += weightOf(a)
		}
	}
	for _, l := range t.labels {
		b.Prior[l] = math.Log((told[l] + 0.5) / all)
	}
	codes, roles, directions := t.samples(accounts)
	b.Roles = t.roleModel(roles)
	b.Codes = linear.Train(t.labels, codes, t.table.Dim(), linear.Recipe{Rounds: 6, Cost: 10, MinSeen: 5, Keep: 6, Shuffle: shuffle})
	b.Directions = linear.Train(directionNames(), directions, t.table.Dim(), linear.Recipe{Rounds: 12, Cost: 2, MinSeen: 2, Keep: 1, Shuffle: shuffle})
	return b
}

func (t *trainer) roleModel(roles []linear.Sample) *linear.Model {
	return linear.Train(linear.RoleNames(), roles, linear.RoleDim(t.table.Dim()), linear.Recipe{Rounds: 12, Cost: 12, MinSeen: 3, Keep: 1, Flat: true, Shuffle: shuffle})
}

// samples are what codes, roles and directions are learned from.
func (t *trainer) samples(accounts []account) (codes, roles, directions []linear.Sample) {
	codes, roles = slices.Clone(t.base), slices.Clone(t.roles)
	at, roleAt := indexOf(t.labels), indexOf(linear.RoleNames())
	directionAt := indexOf(directionNames())
	for _, a := range accounts {
		for i, s := range a.Sentences {
			r, ok := roleAt[s.Role]
			if !ok {
				continue
			}
			words := a.words[i]
			roles = append(roles, linear.Sample{
				Features: a.places[i], Labels: []int{r}, Weight: float32(weightOf(a)), Again: a.again,
			})
			if !a.roles {
				codes = append(codes, codesOf(a, s, words, at))
			}
			if d, ok := directionAt[s.Direction]; ok && s.Role == "outcome" {
				directions = append(directions, linear.Sample{Features: words, Labels: []int{d}, Weight: float32(a.share()), Again: a.again})
			}
		}
		if a.roles {
			continue
		}
		whole := linear.Sample{Features: a.whole, Weight: float32(3 * a.share()), Again: a.again}
		for _, c := range a.codes() {
			if l, ok := at[c]; ok {
				whole.Labels = append(whole.Labels, l)
			}
		}
		codes = append(codes, whole)
	}
	return codes, roles, directions
}

func directionNames() []string { return []string{"positive", "mixed", "negative", "none"} }

// codesOf is a sentence of an account as a sample: its methods are known, its
// challenges where the account has one only; what else the account is about may
// be in it or not.
func codesOf(a account, s sentence, words linear.Features, at map[string]int) linear.Sample {
	out := linear.Sample{Features: words, Weight: 0.7, Again: a.again}
	if a.Written && len(s.Methods) > 0 {
		out.Weight = 1
	}
	sure := slices.Concat(s.Methods, s.Shows)
	if s.Role == "challenge" && len(a.Challenges) == 1 {
		sure = append(sure, a.Challenges...)
	}
	for _, c := range sure {
		if l, ok := at[c]; ok {
			out.Labels = append(out.Labels, l)
		}
	}
	out.Weight *= float32(a.share())
	for _, c := range a.codes() {
		if l, ok := at[c]; ok && !slices.Contains(out.Labels, l) {
			out.Unknown = append(out.Unknown, l)
		}
	}
	return out
}

// pool is what the models tell of each code in an account, and the role of each sentence.
func (t *trainer) pool(b *linear.Bundle, a account) (x [][linear.PoolSize]float64, given []string) {
	texts := a.texts()
	marked, roles := b.Mark(texts, "")
	for _, m := range marked {
		given = append(given, m.Role)
	}
	return linear.Pool(b.Codes, b.Document(texts, marked, roles, t.hits), b.Prior), given
}
