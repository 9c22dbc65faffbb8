// SPDX-License-Identifier: Apache-2.0

// Package program starts and ends an example program: its run function is called
// with a context that an interrupt ends, and its error becomes one line and an
// exit code.
package program

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
)

// ErrUsage says that a program was called wrongly. Wrap it to say how.
var ErrUsage = errors.New("wrong usage")

// Main runs a program and does not return.
func Main(name string, run func(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout)
	stop()
	os.Exit(Code(name, err, os.Stderr))
}

// Unmarked reads on behind the byte-order mark that Windows puts before a text.
func Unmarked(r io.Reader) io.Reader {
	const mark = "\ufeff"
	b := bufio.NewReader(r)
	if first, err := b.Peek(len(mark)); err != nil || string(first) != mark {
		return b // what cannot be read is told to who reads on
	}
	if _, err := b.Discard(len(mark)); err != nil {
		return b
	}
	return b
}

// Cell is a text for a cell of a spreadsheet, which would run some as formulas.
func Cell(s string) string {
	if strings.IndexAny(s, "=+-@\t\r＝＋－＠") == 0 { // some locales take the wide signs too
		return "'" + s
	}
	return s
}

// Uncell is the text that Cell was given.
func Uncell(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && Cell(rest) == s {
		return rest
	}
	return s
}

// Code is the exit code for what run returned: 0 done, 1 failed, 2 wrong usage,
// or the one that the error has of its own, by a method ExitCode.
// A failure is told to stderr.
func Code(name string, err error, stderr io.Writer) int {
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if _, failed := fmt.Fprintln(stderr, name+":", err); failed != nil {
		return 1
	}
	if errors.Is(err, ErrUsage) {
		return 2
	}
	if own, ok := errors.AsType[interface {
		error
		ExitCode() int
	}](err); ok {
		return own.ExitCode()
	}
	return 1
}

// Count writes a number of things: "1 guide", "2 guides".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
