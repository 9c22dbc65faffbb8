// SPDX-License-Identifier: Apache-2.0

package model

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// bullet matches the marks that people put before an entry of a list.
var bullet = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[-*+•‣▪◦●○·–—]|\(?[0-9]{1,2}[.)])[ \t\x{a0}]+`)
})

// items takes a cell apart: one entry a line, bullets and numbers stripped. In
// a cell that begins with a bullet, lines without one continue the entry before,
// and so do lines that begin with two spaces, which are taken off. A cell of one
// line may separate its entries by " | ".
func items(cell string) []string {
	if !strings.Contains(cell, "\n") && strings.Contains(cell, " | ") {
		cell = strings.ReplaceAll(cell, " | ", "\n")
	}
	var entries [][]string // of lines
	bulleted := bullet().MatchString(strings.TrimSpace(cell))
	for line := range strings.SplitSeq(strings.Trim(cell, "\n"), "\n") {
		rest, indented := strings.CutPrefix(line, "  ")
		line = strings.TrimLeftFunc(line, unicode.IsSpace)
		mark := bullet().FindString(line)
		switch last := len(entries) - 1; {
		case bulleted && last >= 0 && (indented || mark == ""):
			if !indented {
				rest = strings.TrimSpace(line)
			}
			entries[last] = append(entries[last], rest)
		case line != "":
			entries = append(entries, []string{line[len(mark):]})
		}
	}
	out := make([]string, 0, len(entries))
	for _, lines := range entries {
		if s := strings.TrimSpace(strings.Join(lines, "\n")); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// joinItems writes what items reads.
func joinItems(list []string) string {
	plain := len(list) > 1 || len(list) == 1 && !strings.Contains(list[0], " | ")
	for _, s := range list {
		if strings.Contains(s, "\n") || bullet().MatchString(s) {
			plain = false
		}
	}
	if plain {
		return strings.Join(list, "\n")
	}
	var b strings.Builder
	for _, s := range list {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("• " + strings.ReplaceAll(s, "\n", "\n  "))
	}
	if !strings.Contains(b.String(), "\n") {
		b.WriteByte('\n') // so that " | " stays inside the entry
	}
	return b.String()
}

// choose takes a cell of several choices apart, by lines, semicolons, bars or
// commas, and resolves each. Since options have commas too, as many parts as
// make an option are put together. n counts the parts before one that is none.
func choose(cell string, resolve func(string) (string, bool)) (out []string, n int, ok bool) {
	const longest = 5 // commas in an option
	for _, line := range strings.FieldsFunc(cell, func(r rune) bool { return r == '\n' || r == ';' || r == '|' }) {
		line = strings.TrimSpace(line)
		line = line[len(bullet().FindString(line)):]
		parts := strings.Split(line, ",")
		for i := 0; i < len(parts); {
			if strings.TrimSpace(parts[i]) == "" {
				i++
				continue
			}
			found := false
			for j := min(len(parts), i+longest); j > i && !found; j-- {
				var value string
				if value, found = resolve(strings.TrimSpace(strings.Join(parts[i:j], ","))); found {
					out, i = append(out, value), j
				}
			}
			if !found || len(out) > maxList {
				return nil, len(out), false
			}
		}
	}
	return out, 0, true
}

// cutNotes takes the notes in square brackets off an entry's end, as long as
// isNote knows them: "Met monthly [me:workshop] [month 2]". An empty pair of
// brackets ends the text, so that a text may itself end in brackets.
func cutNotes(entry string, isNote func(string) bool) (text string, notes []string) {
	for {
		entry = strings.TrimSpace(entry)
		at := strings.LastIndexByte(entry, '[')
		if !strings.HasSuffix(entry, "]") || at < 0 {
			break
		}
		note := strings.TrimSpace(entry[at+1 : len(entry)-1])
		if note != "" && !isNote(note) {
			break
		}
		entry = entry[:at]
		if note == "" {
			entry = strings.TrimSpace(entry)
			break
		}
		notes = append(notes, note)
	}
	slices.Reverse(notes)
	return entry, notes
}

// addNotes writes what cutNotes reads.
func addNotes(text string, notes []string) string {
	if strings.HasSuffix(text, "]") {
		text += " []"
	}
	for _, n := range notes {
		text += " [" + n + "]"
	}
	return strings.TrimSpace(text)
}

// guard marks a cell that a spreadsheet would run as a formula; unguard takes
// the mark off.
func guard(cell string) string {
	if formula(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && formula(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return cell
}

func formula(cell string) bool {
	return strings.IndexAny(cell, "=+-@\t\r＝＋－＠") == 0
}
