// SPDX-License-Identifier: Apache-2.0

package model

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"strconv"
)

// Reader reads collections of examples from files. Its zero value checks the
// form of codes only and refuses columns that it does not know. Safe for
// concurrent use if its functions are.
type Reader struct {
	// Known tells whether the vocabulary in use has a code; see Validate.
	Known func(Code) bool
	// Label finds the code that a label stands for in the vocabulary with a
	// prefix, such as "ki" and "Consultation". Without it, CSV holds codes only.
	Label func(prefix, label string) (Code, bool)
	// PassColumns are the headers of columns to read past, such as "Start time",
	// which survey tools add. Any other column that is none of the form's is
	// refused: it could hold what its contributor made a condition.
	PassColumns []string
}

// JSONLines reads one example a line, decoded as DecodeJSON does, validated, and
// checked against the lines before as Checker does. Blank lines are passed over,
// and so is a byte order mark at the start. The first error, a *LineError, ends
// the sequence. One line is held at a time, and of those before it what Checker
// keeps.
func (rd Reader) JSONLines(r io.Reader) iter.Seq2[Example, error] {
	return func(yield func(Example, error) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		check := Checker{Known: rd.Known}
		var line []byte
		for n := 1; ; n++ {
			var err error
			line, err = readLine(in, line[:0])
			if n == 1 {
				line = bytes.TrimPrefix(line, []byte("\ufeff"))
			}
			if errors.Is(err, io.EOF) && len(line) == 0 {
				return
			}
			if err != nil && !errors.Is(err, io.EOF) {
				yield(Example{}, &LineError{Line: n, Err: err})
				return
			}
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			e, err := DecodeJSON(line)
			if err == nil {
				err = check.Check(e)
			}
			if err != nil {
				yield(Example{}, &LineError{Line: n, Err: err})
				return
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

// readLine appends the next line to buf. A longer one than an example may be is
// a Fault, and is not kept. The end of the file is io.EOF.
func readLine(in *bufio.Reader, buf []byte) ([]byte, error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(buf)+len(part) > MaxExampleBytes+2 {
			return nil, Fault{Rule: "is longer than " + strconv.Itoa(MaxExampleBytes) + " bytes"}
		}
		buf = append(buf, part...)
		switch {
		case err == nil:
			return bytes.TrimSuffix(buf, []byte("\n")), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return buf, err
		}
	}
}

// WriteJSONLines writes one example a line. It stops at the first error, which
// is the sequence's own, errEncode, or the writer's.
func WriteJSONLines(w io.Writer, examples iter.Seq2[Example, error]) error {
	out := bufio.NewWriter(w)
	for e, err := range examples {
		if err != nil {
			return err
		}
		line, err := EncodeJSON(e)
		if err != nil {
			return err
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}
