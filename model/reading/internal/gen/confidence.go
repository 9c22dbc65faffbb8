// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/reading/internal/linear"
)

type judged struct {
	account
	x [][linear.PoolSize]float64
}

var schemeNames = [4]string{"challenges", "objectives", "situations", "methods"}

func judge(cases []linear.Case) *linear.Judge {
	j := &linear.Judge{}
	j.Fit(cases)
	j.FitOwn(cases)
	return j
}

// apart gives each case the confidence of a judge that did not see its half.
func apart(cases []linear.Case, halves []int) []float64 {
	out := make([]float64, len(cases))
	for h := range 2 {
		var other []linear.Case
		for i, c := range cases {
			if halves[i] != h {
				other = append(other, c)
			}
		}
		j := judge(other)
		for i, c := range cases {
			if halves[i] == h {
				out[i] = j.Confidence(c.Label, c.X)
			}
		}
	}
	return out
}

// others fits what codes say of each other on all accounts but those of a half.
func (t *trainer) others(alone []float64, cases []linear.Case, halves []int, without int) *linear.Others {
	var accounts []linear.Told
	n := len(t.labels)
	for i := 0; i < len(cases); i += n {
		if halves[i] == without {
			continue
		}
		a := linear.Told{Sure: alone[i : i+n], Weight: cases[i].Weight}
		for _, c := range cases[i : i+n] {
			a.Right = append(a.Right, c.Right)
		}
		accounts = append(accounts, a)
	}
	return linear.FitOthers(accounts, 8, shuffle())
}

// beside gives each case its confidence beside the others of its account, by what
// was fitted on the other half.
func (t *trainer) beside(alone []float64, cases []linear.Case, halves []int) []float64 {
	var out []float64
	fitted := [2]*linear.Others{t.others(alone, cases, halves, 0), t.others(alone, cases, halves, 1)}
	n := len(t.labels)
	for i := 0; i < len(cases); i += n {
		out = append(out, fitted[halves[i]].Settle(alone[i:i+n])...)
	}
	return out
}

// thresholds sets from where on a code is told: where four in five of the cases above
// are right, of practice in open text by itself and with that in written accounts
// (each by its weight): real accounts of practice say more of challenges than the one
// and less plainly than the other.
func thresholds(sure []float64, cases []linear.Case, of []practice, w io.Writer) (told [4]float64) {
	for s, scheme := range linear.Schemes() {
		var points, open []point
		all := 0.0
		for i, c := range cases {
			if strings.HasPrefix(c.Label, scheme+":") && of[i] != noPractice {
				p := point{sure[i], c.Weight, c.Right}
				points = append(points, p)
				if of[i] == inOpenText {
					open = append(open, p)
				}
				if c.Right {
					all += c.Weight
				}
			}
		}
		sort(points)
		sort(open)
		told[s] = max(points[fourInFive(points)].p, open[fourInFive(open)].p)
		shipped := 0
		right, n, best, bestAt := 0.0, 0.0, 0.0, 0
		for i, p := range points {
			n += p.weight
			if p.right {
				right += p.weight
			}
			if f := 2 * right / (n + all); f > best {
				best, bestAt = f, i
			}
			if p.p >= told[s] {
				shipped = i
			}
		}
		upTo := func(last int) (right, n float64) {
			for _, p := range points[:last+1] {
				n += p.weight
				if p.right {
					right += p.weight
				}
			}
			return right, n
		}
		r1, n1 := upTo(shipped)
		r2, n2 := upTo(bestAt)
		say(w, "%-11s precision .80 from %.2f: P %.2f R %.2f; best F1 from %.2f: P %.2f R %.2f F1 %.2f\n", schemeNames[s],
			points[shipped].p, r1/n1, r1/all, points[bestAt].p, r2/n2, r2/all, best)
		for lo := 0.0; lo < 1; lo += 0.1 {
			n, ok, sum, seen := 0.0, 0.0, 0.0, 0
			for _, p := range points {
				if p.p >= lo && p.p < lo+0.1 {
					seen++
					n += p.weight
					sum += float64(p.weight * p.p)
					if p.right {
						ok += p.weight
					}
				}
			}
			if seen >= 20 && lo > 0 {
				say(w, "   said %.2f was %.2f (%d)", sum/n, ok/n, seen)
			}
		}
		say(w, "\n")
	}
	return told
}

// point is how sure a case is, and whether it is right.
type point struct {
	p, weight float64
	right     bool
}

func sort(points []point) {
	slices.SortStableFunc(points, func(a, b point) int { return cmp.Compare(b.p, a.p) })
}

// aimed is the share that is to be right: four in five, and two in a hundred more,
// since text of no known source is read a little worse.
const aimed = 0.82

// fourInFive is the last of the points down to which as many are right as aimed at. As
// many as 20 cases weighs what their confidence says, since the surest are few.
func fourInFive(points []point) (last int) {
	right, n, said := 0.0, 0.0, 0.0
	for i, p := range points {
		n += p.weight
		if p.right {
			right += p.weight
		}
		said += float64(p.weight * p.p)
		if few := 20 * said / n; right+few >= aimed*(n+20) {
			last = i
		}
	}
	return last
}

// say writes a line of the report; that it cannot be written harms nothing.
func say(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }

func share(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

func report(j *linear.Judge, labels []string, seen []judged, w io.Writer) {
	for s, scheme := range linear.Schemes() {
		top, all := 0, 0
		for _, a := range seen {
			type point struct {
				p float64
				l string
			}
			var points []point
			sure := j.All(labels, a.x)
			for l, label := range labels {
				if strings.HasPrefix(label, scheme+":") {
					points = append(points, point{sure[l], label})
				}
			}
			slices.SortStableFunc(points, func(a, b point) int { return cmp.Compare(b.p, a.p) })
			for _, p := range points[:3] {
				if slices.Contains(a.codes(), p.l) {
					top++
				}
			}
			for _, c := range a.codes() {
				if strings.HasPrefix(c, scheme+":") {
					all++
				}
			}
		}
		say(w, "%-11s in the first three %.2f of %d\n", schemeNames[s], share(top, all), all)
	}
}

// tally counts roles given and meant.
type tally map[[2]string]int

func newTally() *tally { return &tally{} }

func (t *tally) add(meant, given string) { (*t)[[2]string{meant, given}]++ }

func (t *tally) report(w io.Writer) {
	right, all := 0, 0
	for k, n := range *t {
		all += n
		if k[0] == k[1] {
			right += n
		}
	}
	sum := 0.0
	for _, r := range linear.RoleNames() {
		tp, fp, fn := (*t)[[2]string{r, r}], 0, 0
		for k, n := range *t {
			switch {
			case k[0] == r && k[1] != r:
				fn += n
			case k[1] == r && k[0] != r:
				fp += n
			}
		}
		f := share(2*tp, 2*tp+fp+fn)
		sum += f
		say(w, "  %s %.2f", r, f)
	}
	say(w, "\nroles: accuracy %.3f, macro F1 %.3f, %d sentences\n", share(right, all), sum/7, all)
}
