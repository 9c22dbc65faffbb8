// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"time"
)

// ReplaceAttr redacts the message and the values of log records. It fits
// slog.HandlerOptions.ReplaceAttr. Strings, errors, byte slices and whatever has
// no kind of its own are written out and redacted; numbers of seven digits or
// more are redacted too; shorter numbers, booleans, durations, and the time
// and source of records pass. Keys pass: they are the program's words. A value that cannot be
// redacted reads "[withheld]".
func (r *Redactor) ReplaceAttr(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.SourceKey {
		if src, ok := a.Value.Any().(*slog.Source); ok && src != nil {
			a.Value = slog.AnyValue(loggedSource(*src))
			return a
		}
	}
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindBool, slog.KindDuration:
		return a
	case slog.KindTime:
		if len(groups) == 0 && a.Key == slog.TimeKey {
			return a
		}
		a.Value = r.logged(v.Time().Format(time.RFC3339Nano))
	case slog.KindInt64, slog.KindUint64, slog.KindFloat64:
		if s := v.String(); digits(s) >= longNumber {
			a.Value = r.logged(s)
		}
	case slog.KindString:
		a.Value = r.logged(v.String())
	case slog.KindGroup:
		attrs := make([]any, 0, len(v.Group()))
		for _, g := range v.Group() {
			attrs = append(attrs, r.ReplaceAttr(append(slices.Clip(groups), a.Key), g))
		}
		return slog.Group(a.Key, attrs...)
	default:
		a.Value = r.loggedAny(v.Any())
	}
	return a
}

// loggedSource is a slog.Source that handlers do not take apart, so that its
// parts do not come back as attributes.
type loggedSource slog.Source

// Format implements fmt.Formatter as the text handler writes a source.
func (s loggedSource) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "%s:%d", s.File, s.Line) }

// longNumber is the least number of digits of a number that may identify.
const longNumber = 7

func digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

func (r *Redactor) loggedAny(v any) slog.Value {
	switch x := v.(type) {
	case nil:
		return slog.AnyValue(nil)
	case slog.Level:
		return slog.AnyValue(x)
	case error:
		return r.logged(x.Error())
	case []byte:
		return r.logged(string(x))
	}
	return r.logged(fmt.Sprintf("%+v", v))
}

// logged is a text as it may be logged.
func (r *Redactor) logged(s string) slog.Value {
	if n, err := strconv.Atoi(s); err == nil && n < 1e6 && n > -1e6 && digits(s) < longNumber {
		return slog.StringValue(s)
	}
	out, err := r.Redact(context.Background(), []Passage{{Text: s}})
	if err != nil {
		return slog.StringValue("[" + withheldMark + "]")
	}
	return slog.StringValue(out[0].Text)
}
