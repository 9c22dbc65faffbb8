// SPDX-License-Identifier: Apache-2.0

package model

import (
	"fmt"
	"io"
	"log/slog"
)

// Every struct that holds what people wrote prints as its name only, by every
// fmt verb and in every slog handler: a handler that writes JSON would
// otherwise show the texts inside.

// Format implements fmt.Formatter.
func (Context) Format(f fmt.State, _ rune) { printName(f, "context") }

// LogValue implements slog.LogValuer.
func (Context) LogValue() slog.Value { return logName("context") }

// Format implements fmt.Formatter.
func (Organisation) Format(f fmt.State, _ rune) { printName(f, "organisation") }

// LogValue implements slog.LogValuer.
func (Organisation) LogValue() slog.Value { return logName("organisation") }

// Format implements fmt.Formatter.
func (Stakeholder) Format(f fmt.State, _ rune) { printName(f, "stakeholder") }

// LogValue implements slog.LogValuer.
func (Stakeholder) LogValue() slog.Value { return logName("stakeholder") }

// Format implements fmt.Formatter.
func (Coded) Format(f fmt.State, _ rune) { printName(f, "coded") }

// LogValue implements slog.LogValuer.
func (Coded) LogValue() slog.Value { return logName("coded") }

// Format implements fmt.Formatter.
func (Challenge) Format(f fmt.State, _ rune) { printName(f, "challenge") }

// LogValue implements slog.LogValuer.
func (Challenge) LogValue() slog.Value { return logName("challenge") }

// Format implements fmt.Formatter.
func (Objective) Format(f fmt.State, _ rune) { printName(f, "objective") }

// LogValue implements slog.LogValuer.
func (Objective) LogValue() slog.Value { return logName("objective") }

// Format implements fmt.Formatter.
func (Step) Format(f fmt.State, _ rune) { printName(f, "step") }

// LogValue implements slog.LogValuer.
func (Step) LogValue() slog.Value { return logName("step") }

// Format implements fmt.Formatter.
func (Resource) Format(f fmt.State, _ rune) { printName(f, "resource") }

// LogValue implements slog.LogValuer.
func (Resource) LogValue() slog.Value { return logName("resource") }

// Format implements fmt.Formatter.
func (Funding) Format(f fmt.State, _ rune) { printName(f, "funding") }

// LogValue implements slog.LogValuer.
func (Funding) LogValue() slog.Value { return logName("funding") }

// Format implements fmt.Formatter.
func (Outcome) Format(f fmt.State, _ rune) { printName(f, "outcome") }

// LogValue implements slog.LogValuer.
func (Outcome) LogValue() slog.Value { return logName("outcome") }

// Format implements fmt.Formatter.
func (Criterion) Format(f fmt.State, _ rune) { printName(f, "criterion") }

// LogValue implements slog.LogValuer.
func (Criterion) LogValue() slog.Value { return logName("criterion") }

// Format implements fmt.Formatter.
func (Lesson) Format(f fmt.State, _ rune) { printName(f, "lesson") }

// LogValue implements slog.LogValuer.
func (Lesson) LogValue() slog.Value { return logName("lesson") }

// Format implements fmt.Formatter.
func (Adoption) Format(f fmt.State, _ rune) { printName(f, "adoption") }

// LogValue implements slog.LogValuer.
func (Adoption) LogValue() slog.Value { return logName("adoption") }

// Format implements fmt.Formatter.
func (Rating) Format(f fmt.State, _ rune) { printName(f, "rating") }

// LogValue implements slog.LogValuer.
func (Rating) LogValue() slog.Value { return logName("rating") }

// Format implements fmt.Formatter.
func (PublicRef) Format(f fmt.State, _ rune) { printName(f, "public ref") }

// LogValue implements slog.LogValuer.
func (PublicRef) LogValue() slog.Value { return logName("public ref") }

// Format implements fmt.Formatter.
func (Quote) Format(f fmt.State, _ rune) { printName(f, "quote") }

// LogValue implements slog.LogValuer.
func (Quote) LogValue() slog.Value { return logName("quote") }

// Format implements fmt.Formatter.
func (Provenance) Format(f fmt.State, _ rune) { printName(f, "provenance") }

// LogValue implements slog.LogValuer.
func (Provenance) LogValue() slog.Value { return logName("provenance") }

// Format implements fmt.Formatter.
func (Review) Format(f fmt.State, _ rune) { printName(f, "review") }

// LogValue implements slog.LogValuer.
func (Review) LogValue() slog.Value { return logName("review") }

// Format implements fmt.Formatter.
func (Identity) Format(f fmt.State, _ rune) { printName(f, "identity") }

// LogValue implements slog.LogValuer.
func (Identity) LogValue() slog.Value { return logName("identity") }

// Format implements fmt.Formatter.
func (Attribution) Format(f fmt.State, _ rune) { printName(f, "attribution") }

// LogValue implements slog.LogValuer.
func (Attribution) LogValue() slog.Value { return logName("attribution") }

// Format implements fmt.Formatter.
func (Approval) Format(f fmt.State, _ rune) { printName(f, "approval") }

// LogValue implements slog.LogValuer.
func (Approval) LogValue() slog.Value { return logName("approval") }

// Format implements fmt.Formatter.
func (Consent) Format(f fmt.State, _ rune) { printName(f, "consent") }

// LogValue implements slog.LogValuer.
func (Consent) LogValue() slog.Value { return logName("consent") }

// Format implements fmt.Formatter.
func (Withdrawal) Format(f fmt.State, _ rune) { printName(f, "withdrawal") }

// LogValue implements slog.LogValuer.
func (Withdrawal) LogValue() slog.Value { return logName("withdrawal") }

func printName(w io.Writer, name string) { _, _ = io.WriteString(w, "["+name+"]") }

func logName(name string) slog.Value { return slog.StringValue("[" + name + "]") }
