// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"context"
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// maxPasses bounds how often the output is read again until nothing new is found.
const maxPasses = 12

// rereadable bounds the text that is kept as it was read: about fifty times its size
// for each of a handful of readings.
const rereadable = 1 << 17

// reading is by what pages are read.
type reading struct {
	base, more []recognize.Recognizer
	all        []recognize.Recognizer // more, then base
	options    recognize.Options
}

// newReading is a reading that asks recognisers about a document as often as it is read.
func newReading(base, more []recognize.Recognizer, options recognize.Options) reading {
	options.Strict = false
	r := reading{base: base, more: more, all: base, options: options}
	if len(more) > 0 {
		r.all = slices.Concat(more, base)
	}
	return r
}

// remembering is the same reading, which asks no recogniser about one document twice.
// Where names may stay, what is found together depends on the page too.
func (r reading) remembering(pages []*page) reading {
	keeps := slices.ContainsFunc(pages, (*page).keeps)
	if keeps || len(r.more) > 0 {
		r = newReading(remember(r.base), remember(r.more), r.options)
	}
	if !keeps {
		r.options = r.options.Remembering()
	}
	return r
}

// strict is the options with default deny.
func strict(o recognize.Options) recognize.Options {
	o.Strict = true
	return o
}

func remember(rs []recognize.Recognizer) []recognize.Recognizer {
	out := make([]recognize.Recognizer, len(rs))
	for i, r := range rs {
		out[i] = remembered{r, map[*recognize.Document][]recognize.Finding{}}
	}
	return out
}

// remembered is a recogniser that keeps what it found in each document; who asks it
// changes nothing of that.
type remembered struct {
	recognize.Recognizer
	found map[*recognize.Document][]recognize.Finding
}

// Recognize implements recognize.Recognizer.
func (r remembered) Recognize(ctx context.Context, d *recognize.Document) ([]recognize.Finding, error) {
	if fs, ok := r.found[d]; ok {
		return fs, ctx.Err()
	}
	fs, err := r.Recognizer.Recognize(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.Name(), err)
	}
	r.found[d] = fs
	return fs, nil
}

// settleGroup reads the pages together, so that what is found on one is masked on
// all, and each by itself too: what a page's own text shows to be a name is masked
// whatever stands beside it. So one more page takes nothing away.
func settleGroup(ctx context.Context, r reading, pages []*page) error {
	if len(pages) < 2 {
		// Default deny, and what is declared, read again what was read before.
		if len(pages) == 1 && (pages[0].strict || len(r.more) > 0) && len(pages[0].original) <= rereadable {
			r, pages[0].readings = r.remembering(pages), map[string]*recognize.Document{}
		}
		return settleAll(ctx, r, pages)
	}
	pieces := inPieces(pages)
	if !pieces {
		r = r.remembering(pages)
	}
	alone := make([]*page, len(pages))
	for i, p := range pages {
		if !pieces {
			p.readings = map[string]*recognize.Document{}
			if _, err := p.read(); err != nil {
				return fmt.Errorf("redact: passage %d: %w", i, err)
			}
		}
		alone[i] = p.apart()
		if err := settleAll(ctx, r, alone[i:i+1]); err != nil {
			return err
		}
	}
	if err := settleAll(ctx, r, pages); err != nil {
		return err
	}
	changed := false
	for i, p := range pages {
		changed = p.takeCuts(alone[i]) || changed
	}
	if !changed {
		return nil
	}
	rewrite(pages)
	return settleBoth(ctx, r.all, r.options, pages)
}

// takeCuts masks what another reading of the page does, and reports whether that was more.
func (p *page) takeCuts(other *page) (changed bool) {
	for _, c := range other.cuts {
		if !p.covers(c) {
			p.fresh, changed = append(p.fresh, c), true
		} else if p.cutAt(c.Start).widen(c.wide()) {
			changed = true
		}
	}
	if len(p.fresh) > 0 {
		p.settle()
	}
	return changed
}

// settleAll reads the pages so that masks only grow: first by the recognisers; then
// what is declared and what extra recognisers find comes on top, in the text as it
// was; then all together, until nothing new is found. So one more declared name, or
// one more recogniser, takes nothing away from what is masked without it. Default
// deny is read beside both, and its masks are added. A page on which names may stand
// is read by all at once, since what is declared decides there what stays.
func settleAll(ctx context.Context, r reading, pages []*page) error {
	if len(r.more) == 0 || len(pages) == 0 {
		return settleBoth(ctx, r.base, r.options, pages)
	}
	first := r.base
	if slices.ContainsFunc(pages, (*page).keeps) {
		first = append(slices.Clone(r.base), keeping{r.more, pages})
	}
	found, declared, err := r.declaredIn(ctx, pages)
	if err != nil {
		return err
	}
	// What is declared takes its number before what is not.
	state, names := pages[0].state, pages[0].state.names
	state.names = names.draft()
	denied, err := settleFirst(ctx, first, r.options, pages, declared)
	state.names = names
	if err != nil {
		return err
	}
	for i, p := range pages {
		p.reserve()
		if err := p.declare(found[i], denied[p]); err != nil {
			return fmt.Errorf("redact: passage %d: %w", i, err)
		}
	}
	rewrite(pages)
	if len(denied) == 0 && !slices.ContainsFunc(pages, func(p *page) bool { return !p.seen }) {
		// The recognisers have seen this text and have nothing to add; only what is
		// declared may still stand across a mask.
		if changed, err := pass(ctx, r.all[:len(r.more)], r.options, pages); err != nil || !changed {
			return err
		}
		return settleBoth(ctx, r.all, r.options, pages)
	}
	if len(denied) > 0 {
		if _, err := settle(ctx, r.all, r.options, pages); err != nil {
			return err
		}
		for p, cuts := range denied {
			p.fresh = append(p.fresh, cuts...)
			p.settle()
		}
		rewrite(pages)
	}
	return settleBoth(ctx, r.all, r.options, pages)
}

// declaredIn runs the further recognisers on the unchanged text of each page and
// returns their findings, one slice a page. Pages on which names may stand are not
// read. some is true if anything was found or a page was not read.
func (r reading) declaredIn(ctx context.Context, pages []*page) (found [][]recognize.Finding, some bool, err error) {
	found = make([][]recognize.Finding, len(pages))
	for i, p := range pages {
		if p.long != nil && !p.keeps() {
			err := piecesOf(pages[i:i+1], (*page).windows).each(ctx, r.more, r.options, func(_ int, fs []recognize.Finding) error {
				for _, f := range fs {
					f.Start, f.End = f.Start+p.at.start, f.End+p.at.start
					found[i] = append(found[i], f)
				}
				return nil
			})
			if err != nil {
				return nil, false, err
			}
			some = some || len(found[i]) > 0
			continue
		}
		if p.keeps() {
			some = true
			if p.named == nil || p.long != nil {
				continue
			}
		}
		d, err := p.read()
		if err != nil {
			return nil, false, fmt.Errorf("redact: passage %d: %w", i, err)
		}
		out, err := recognize.Detect(ctx, []*recognize.Document{d}, r.more, r.options)
		if err != nil {
			return nil, false, fmt.Errorf("redact: recognise: %w", err)
		}
		if len(out) != 1 {
			return nil, false, recognize.ErrContract
		}
		found[i] = out[0]
		if p.keeps() {
			found[i] = slices.DeleteFunc(found[i], func(f recognize.Finding) bool { return !p.others(p.original, &f) })
		}
		some = some || len(found[i]) > 0
	}
	return found, some, nil
}

// settleFirst settles the pages without what is declared. Where something is, what
// default deny adds is not written yet but returned.
func settleFirst(ctx context.Context, rs []recognize.Recognizer, options recognize.Options, pages []*page, declared bool) (map[*page][]cut, error) {
	if !declared {
		return nil, settleBoth(ctx, rs, options, pages)
	}
	if _, err := settle(ctx, rs, options, pages); err != nil {
		return nil, err
	}
	before := make(map[*page][]cut)
	for _, p := range pages {
		if p.strict {
			before[p] = slices.Clone(p.cuts)
		}
	}
	if len(before) == 0 {
		return nil, nil
	}
	if err := settleBoth(ctx, rs, options, pages); err != nil {
		return nil, err
	}
	denied := make(map[*page][]cut, len(before))
	for p, cuts := range before {
		denied[p], p.cuts = p.cuts, cuts
	}
	return denied, nil
}

// keeping is recognisers for those pages only on which names may stand.
type keeping struct {
	more  []recognize.Recognizer
	pages []*page
}

// Name implements recognize.Recognizer.
func (keeping) Name() string { return "declared" }

// Recognize implements recognize.Recognizer.
func (k keeping) Recognize(ctx context.Context, d *recognize.Document) ([]recognize.Finding, error) {
	on := k.pages[0].state.piece
	if on == nil {
		if i := slices.IndexFunc(k.pages, func(p *page) bool { return p.reading == d }); i >= 0 {
			on = k.pages[i]
		}
	}
	if on == nil || !on.keeps() {
		return nil, nil
	}
	var out []recognize.Finding
	for _, r := range k.more {
		found, err := r.Recognize(ctx, d)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name(), err)
		}
		for _, f := range found {
			if on.long != nil || !on.others(on.at.text, &f) { // those are called what is found without them
				out = append(out, f)
			}
		}
	}
	return out, nil
}

// settleBoth settles all pages, and those that are strict with default deny on
// top, so that it never masks less than what is recognised.
func settleBoth(ctx context.Context, rs []recognize.Recognizer, options recognize.Options, pages []*page) error {
	var denying []*page
	for _, p := range pages {
		if p.strict {
			denying = append(denying, p)
		}
	}
	for range maxPasses {
		if _, err := settle(ctx, rs, options, pages); err != nil || len(denying) == 0 {
			return err
		}
		if err := denyRaw(ctx, rs, strict(options), denying); err != nil {
			return err
		}
		changed, err := settle(ctx, rs, strict(options), denying)
		// Where all pages are strict, the second reading has seen all that the first would.
		if err != nil || !changed || len(denying) == len(pages) {
			return err
		}
	}
	return errUnstable
}

// denyRaw reads the strict pages by default deny as they came, once: what stands
// beside a name is judged while the name still stands there.
func denyRaw(ctx context.Context, rs []recognize.Recognizer, options recognize.Options, pages []*page) error {
	pages = slices.DeleteFunc(slices.Clone(pages), func(p *page) bool { return p.denied })
	if len(pages) == 0 {
		return nil
	}
	if inPieces(pages) {
		err := piecesOf(pages, (*page).rawWindows).each(ctx, guarded(rs, pages, nil), options, func(i int, fs []recognize.Finding) error {
			return pages[i].takeDenied(fs)
		})
		if err != nil {
			return err
		}
		for _, p := range pages {
			p.denied = true
			p.settle()
		}
		rewrite(pages)
		return nil
	}
	docs := make([]*recognize.Document, len(pages))
	of := make(map[*recognize.Document]*page, len(pages))
	for i, p := range pages {
		p.at = whole(p.original)
		d, err := p.prepared(p.original)
		if err != nil {
			return fmt.Errorf("redact: passage %d: %w", i, err)
		}
		docs[i], of[d] = d, p
	}
	found, err := recognize.Detect(ctx, docs, guarded(rs, pages, of), options)
	if err != nil {
		return fmt.Errorf("redact: recognise: %w", err)
	}
	if len(found) != len(pages) {
		return recognize.ErrContract
	}
	for i, p := range pages {
		if err := p.deny(found[i]); err != nil {
			return fmt.Errorf("redact: passage %d: %w", i, err)
		}
	}
	rewrite(pages)
	return nil
}

// settle reads the pages, and what they have become, until nothing new is found,
// and reports whether anything was.
func settle(ctx context.Context, rs []recognize.Recognizer, options recognize.Options, pages []*page) (bool, error) {
	for n := range maxPasses {
		changed, err := pass(ctx, rs, options, pages)
		if err != nil || !changed {
			return n > 0, err
		}
	}
	return true, errUnstable
}

// pass reads every page as it stands, adds what is found to its cuts, and writes
// it anew. Cuts only grow.
func pass(ctx context.Context, rs []recognize.Recognizer, options recognize.Options, pages []*page) (changed bool, err error) {
	if inPieces(pages) {
		return passInPieces(ctx, rs, options, pages)
	}
	docs := make([]*recognize.Document, len(pages))
	of := make(map[*recognize.Document]*page, len(pages))
	for i, p := range pages {
		if docs[i], err = p.read(); err != nil {
			return false, fmt.Errorf("redact: passage %d: %w", i, err)
		}
		of[docs[i]] = p
	}
	found, err := recognize.Detect(ctx, docs, guarded(rs, pages, of), options)
	if err != nil {
		return false, fmt.Errorf("redact: recognise: %w", err)
	}
	if len(found) != len(pages) {
		return false, recognize.ErrContract
	}
	for i, p := range pages {
		more, err := p.add(found[i])
		if err != nil {
			return false, fmt.Errorf("redact: passage %d: %w", i, err)
		}
		changed = changed || more
	}
	if !changed {
		return false, nil
	}
	rewrite(pages)
	return true, nil
}

// rewrite writes the pages as their cuts now are.
func rewrite(pages []*page) {
	for _, p := range pages {
		p.noteDates()
	}
	for _, p := range pages {
		p.write()
	}
}
