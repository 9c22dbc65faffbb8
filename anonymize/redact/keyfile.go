// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"
)

// KeyFile maps pseudonyms back to what they stand for. It is filled only by
// Redactor.RedactWithKeys, it is personal data, and it shows itself nowhere
// but in WriteTo: keep what that writes apart from the texts, in a file that
// only its owner can read (mode 0600), and delete it when nobody has to go back.
// The zero KeyFile is empty. Not safe for concurrent use.
type KeyFile struct { //nolint:recvcheck // a copy must not print either
	entries map[keyEntry]bool
}

type keyEntry struct {
	Scope     string `json:"scope"`
	Pseudonym string `json:"pseudonym"`
	Original  string `json:"original"`
}

func (k *KeyFile) add(scope, pseudonym, original string) {
	if k == nil {
		return
	}
	if k.entries == nil {
		k.entries = map[keyEntry]bool{}
	}
	k.entries[keyEntry{scope, pseudonym, original}] = true
}

// Len is the number of distinct mentions it maps back.
func (k *KeyFile) Len() int {
	if k == nil {
		return 0
	}
	return len(k.entries)
}

// WriteTo writes one JSON object a line, sorted by scope, pseudonym and original.
func (k *KeyFile) WriteTo(w io.Writer) (int64, error) {
	entries := make([]keyEntry, 0, k.Len())
	if k == nil {
		return 0, nil
	}
	for e := range k.entries {
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b keyEntry) int {
		return cmp.Or(cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Pseudonym, b.Pseudonym), cmp.Compare(a.Original, b.Original))
	})
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, e := range entries {
		if err := enc.Encode(e); err != nil {
			return 0, fmt.Errorf("redact: key file: %w", err)
		}
	}
	n, err := b.WriteTo(w)
	if err != nil {
		return n, fmt.Errorf("redact: key file: %w", err)
	}
	return n, nil
}

// Format implements fmt.Formatter: every verb prints the number of entries only.
func (k KeyFile) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "[key file, %d entries]", k.Len()) }

// LogValue implements slog.LogValuer.
func (k KeyFile) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprint(k))
}

// MarshalJSON writes the number of entries only, so that encoding a value that
// holds a key file does not publish it.
func (k KeyFile) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, `{"entries":%d}`, k.Len()), nil
}
