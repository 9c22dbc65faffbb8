// SPDX-License-Identifier: Apache-2.0

package anonymize

import "strings"

// ExampleError is an error about one example. It names the example by its
// reference and holds nothing of its texts.
type ExampleError struct {
	ID  string
	Err error
}

// Error implements error. A reference that is not formed like one is not printed.
func (e *ExampleError) Error() string {
	id := e.ID
	if id == "" || len(id) > 64 || strings.Trim(strings.ToLower(id), "abcdefghijklmnopqrstuvwxyz0123456789-_.:") != "" {
		id = "[reference not readable]"
	}
	return "anonymize: example " + id + ": " + e.Err.Error()
}

// Unwrap returns what is wrong with the example.
func (e *ExampleError) Unwrap() error { return e.Err }
