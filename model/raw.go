// SPDX-License-Identifier: Apache-2.0

package model

import (
	"fmt"
	"io"
	"log/slog"
)

// Raw is text as a contributor or an agreement's party wrote it. It never
// shows itself: every fmt verb and every slog handler print its length only.
// To read it, convert it: string(r). That conversion is the one place to look
// for when reviewing where contributor text can go.
type Raw string

// Format implements fmt.Formatter: every verb prints "[text N bytes]".
func (r Raw) Format(f fmt.State, _ rune) { printSize(f, len(r)) }

// LogValue implements slog.LogValuer.
func (r Raw) LogValue() slog.Value { return slog.StringValue(sizeOf(len(r))) }

// Text is prose with its language (BCP 47; empty means the example's) and origin.
// In JSON it is either a plain string or an object {"lang","value","origin"}.
type Text struct {
	Lang  string `json:"lang,omitempty" rule:"lang"`
	Value Raw    `json:"value"`
	// Origin says who wrote it; empty means the contributor.
	Origin string `json:"origin,omitempty" rule:"in contributor editor public-source"`
}

// Empty reports whether there is no text.
func (t Text) Empty() bool { return t.Value == "" }

// Format implements fmt.Formatter: every verb prints "[text N bytes]".
func (t Text) Format(f fmt.State, _ rune) { printSize(f, len(t.Value)) }

// LogValue implements slog.LogValuer.
func (t Text) LogValue() slog.Value { return slog.StringValue(sizeOf(len(t.Value))) }

func sizeOf(n int) string { return fmt.Sprintf("[text %d bytes]", n) }

func printSize(w io.Writer, n int) { _, _ = io.WriteString(w, sizeOf(n)) }
