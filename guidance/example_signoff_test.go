// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// waiting is a made-up example whose contributor must approve the exact text.
const waiting = `{"id":"e1","kind":"ki:resource","title":"Letters that the Quillmarsh Trust rewrote",
"parties":[{"ref":"p1","role":"contributor","type":"ot:charity","identities":[{"type":"organisation","name":"Quillmarsh Trust"}]}],
"agreements":[{"schema":"agreement/1","id":"g1","party":"p1","level":"anonymous","audience":"public",
"uses":{"aggregate":true,"guidance":true,"single_source":true},"approval":{"required":true},"consent":{"status":"given"}}],
"lessons":[{"text":"Read letters aloud before you send them.","kind":"worked"}]}`

func sealed() (anonymize.Result, error) {
	results, err := anonymize.All(context.Background(), anonymize.Config{
		Key: []byte("made up, of thirty-two bytes or more"), Audience: model.Everyone, Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
	}, model.Reader{}.JSONLines(strings.NewReader(strings.ReplaceAll(waiting, "\n", " "))))
	if err != nil || len(results) == 0 {
		return anonymize.Result{}, err
	}
	return results[0], nil
}

func ExampleSignOff() {
	x, err := sealed()
	if err != nil {
		fmt.Println(err)
		return
	}
	outline(guidance.SignOff(x.Record, x.Log, guidance.Config{}))
	fmt.Println()
	fmt.Println(x.Record.ApprovalText())
	// Output:
	// What would be published from your example
	// - In short
	// - Your sentences
	// - What is published as entries of lists
	// - Your decision
	// - The exact text
	//
	// sharedpractice approval text 2
	//
	// Level: anonymous
	// Kind: Resource (ki:resource)
	// Title: Letters that the [trust or charity] rewrote
	// Kinds of organisation: Charity (ot:charity)
	//
	// Lesson 1
	//   In words: Read letters aloud before you send them.
	//   Kind: worked
}

// What a contributor wrote on the sheet is read back, and filed in its agreement.
func ExampleReadSignOff() {
	x, err := sealed()
	if err != nil {
		fmt.Println(err)
		return
	}
	sheet, err := guidance.SignOff(x.Record, x.Log, guidance.Config{Answers: map[string]guidance.Answer{
		"decision": {Text: "Yes, as it stands here"}, "name": {Text: "M. Ferrant, chair"}, "date": {Text: "2026-03-02"},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	var returned bytes.Buffer
	if err := (render.DOCX{}).Render(&returned, sheet); err != nil {
		fmt.Println(err)
		return
	}
	answers, err := render.DOCX{}.Answers(bytes.NewReader(returned.Bytes()), int64(returned.Len()))
	if err != nil {
		fmt.Println(err)
		return
	}
	said, err := guidance.ReadSignOff(answers, []anonymize.Log{x.Log})
	approval := model.Approval{Required: true, TextSHA256: said.Log.Approval, By: said.By, At: said.At}
	fmt.Println(said.Verdict, approval.At, approval.TextSHA256 == model.HashText(x.Record.ApprovalText()), err)
	_, err = guidance.ReadSignOff(answers, nil) // of a text that has changed since
	fmt.Println(err)
	// Output:
	// yes 2026-03-02 true <nil>
	// guidance: the sheet, the record and the log do not belong together
}

func ExampleCatalog_Removed() {
	catalog, err := guidance.OpenCatalog("fr", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(catalog.Removed(redact.Decision{Recognizer: "phone", Rule: "national", Kind: recognize.Contact}))
	// Output: Un numéro de téléphone
}
