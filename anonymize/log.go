// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// Log says what became of one example, without its text. It links the record
// to the example, and so stays with the working group.
type Log struct {
	Example   string         `json:"example"`
	Record    string         `json:"record,omitempty"`
	Level     model.Level    `json:"level"`
	Reasons   []model.Reason `json:"reasons,omitempty"` // doors that are closed
	Decisions []Entry        `json:"decisions,omitempty"`
	// Approval is the hash of the exact text that would be published: what a
	// party that must approve it signs.
	Approval string `json:"approval_sha256,omitempty"`
}

// Entry is one decision in one field.
type Entry struct {
	Path string `json:"path"`
	redact.Decision
}
