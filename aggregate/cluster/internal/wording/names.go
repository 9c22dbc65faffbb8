// SPDX-License-Identifier: Apache-2.0

package wording

import (
	_ "embed"
	"encoding/binary"
	"hash/fnv"
)

// names.bin is written by internal/gen; data/README.md states its sources.
//
//go:embed data/names.bin
var namesTable string

// Section is one list of the table of names.
type Section int

// The lists, in the order of the table.
const (
	Given       Section = iota // given names anywhere
	Common                     // the commonest given names of each country
	Surname                    // the commonest surnames of each country
	Place                      // towns, cities and countries
	EnglishWord                // those of all these that are English words too
	sections
)

// Is reports whether a list holds a folded word. The lists are fingerprints of
// 32 bits: one word in about 40,000 is held that was never entered.
func Is(s Section, folded string) bool {
	if len(folded) < 2 {
		return false
	}
	at := 4 * int(sections)
	for i := range s {
		at += int(binary.BigEndian.Uint32([]byte(namesTable[4*i : 4*i+4])))
	}
	size := int(binary.BigEndian.Uint32([]byte(namesTable[4*s : 4*s+4])))
	part := namesTable[at : at+size]
	h := Fingerprint(folded)
	first := int(h >> 24)
	from, to := bound(part, first), bound(part, first+1)
	rows := part[4*257:]
	want := h & 0xffffff
	for from < to {
		m := (from + to) / 2
		got := uint32(rows[3*m])<<16 | uint32(rows[3*m+1])<<8 | uint32(rows[3*m+2])
		switch {
		case got == want:
			return true
		case got < want:
			from = m + 1
		default:
			to = m
		}
	}
	return false
}

// bound is the row at which the fingerprints with a first byte begin.
func bound(part string, first int) int {
	return int(binary.BigEndian.Uint32([]byte(part[4*first : 4*first+4])))
}

// Fingerprint is the 32-bit hash by which the table knows a word.
func Fingerprint(folded string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(folded))
	x := h.Sum32()
	x ^= x >> 16
	x *= 0x7feb352d
	return x ^ x>>15
}
