// SPDX-License-Identifier: Apache-2.0

package program

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Progress tells a person how far long work has come. The zero Progress tells nobody.
type Progress struct {
	mu    sync.Mutex
	w     io.Writer
	now   func() time.Time
	stage string
	begun time.Time // of the stage
	told  time.Time
	said  int // characters that stand in the line
}

// patience is how long work may take before anything is told, and then between two
// lines.
const patience = 500 * time.Millisecond

// OnTerminal tells on standard error where that is a terminal, and nobody otherwise.
func OnTerminal() *Progress {
	info, err := os.Stderr.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &Progress{}
	}
	return &Progress{w: os.Stderr, now: time.Now}
}

// Of is told how much of a stage is done, of how many; 0 of 0 where nobody knows.
func (p *Progress) Of(stage string) func(done, of int) {
	return func(done, of int) {
		if p == nil || p.w == nil {
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		now := p.now()
		switch {
		case p.stage != stage:
			p.stage, p.begun = stage, now
			if of > 0 {
				p.told = now
				return
			}
		case now.Sub(p.told) < patience:
			return
		}
		p.told = now
		p.line(stage + Left(done, of, now.Sub(p.begun)))
	}
}

// Done takes the line away.
func (p *Progress) Done() {
	if p == nil || p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.said > 0 {
		p.line("")
		_, _ = io.WriteString(p.w, "\r")
	}
}

func (p *Progress) line(s string) {
	n := utf8.RuneCountInString(s)
	_, _ = io.WriteString(p.w, "\r"+s+strings.Repeat(" ", max(0, p.said-n))) // there is nobody to tell
	p.said = n
}

// Left words how much is done, and how long the rest will take at the pace so far.
func Left(done, of int, taken time.Duration) string {
	if of <= 0 {
		return "…"
	}
	s := fmt.Sprintf(": %d of %d", done, of)
	if done <= 0 || done >= of || taken < patience {
		return s
	}
	left := time.Duration(float64(taken) / float64(done) * float64(of-done))
	switch {
	case left < 10*time.Second:
		return s + ", some seconds more"
	case left < 90*time.Second:
		return s + fmt.Sprintf(", about %d seconds more", int(left.Round(5*time.Second).Seconds()))
	}
	return s + fmt.Sprintf(", about %d minutes more", int(left.Round(time.Minute).Minutes()))
}
