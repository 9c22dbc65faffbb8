// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

// All names in these examples are made up.

func ExampleRedactor_Redact() {
	policy, err := redact.PolicyFor("anonymous")
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := redact.New(redact.Config{
		Declared: []recognize.Declared{{Kind: recognize.Org, Name: "Brightwater Foundation"}},
		Policy:   policy,
		Balanced: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := r.Redact(context.Background(), []redact.Passage{
		{Text: "We wrote to the Brightwater Foundation on 12 March 2012 and got £12,500."},
		{Text: "In June 2013 the BRIGHTWATER team rang Mrs Okafor."},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range out {
		fmt.Println(o.Text)
	}
	d := out[0].Decisions[0]
	fmt.Println(d.Kind, d.Recognizer, d.Operator, d.Start, d.End)
	// Output:
	// We wrote to the [charity or foundation] on [a day in month 1] and got [£10,000 to £25,000].
	// In [month 16] the [organisation] team rang [name].
	// ORG declared generalise 16 38
}

func ExampleRedactor_RedactWithKeys() {
	r, err := redact.New(redact.Config{
		Declared: []recognize.Declared{{Kind: recognize.Person, Name: "Amara Okafor"}, {Kind: recognize.Person, Name: "Lena Lindqvist"}},
		Policy:   redact.Policy{Rules: []redact.Rule{{Kind: recognize.Person, Operator: redact.Pseudonym}}},
		Balanced: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	var keys redact.KeyFile
	out, err := r.RedactWithKeys(context.Background(), []redact.Passage{
		{Text: "We asked Amara Okafor and Lena Lindqvist. Then Okafor told us more."},
	}, &keys)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out[0].Text)
	fmt.Println(keys) // prints no name; keys.WriteTo does
	// Output:
	// We asked [person 1] and [person 2]. Then [person 1] told us more.
	// [key file, 3 entries]
}

func ExampleTighten() {
	a := redact.Policy{Rules: []redact.Rule{
		{Kind: recognize.Org, Operator: redact.Generalise}, {Kind: recognize.Date, Operator: redact.Keep},
	}}
	b := redact.Policy{Rules: []redact.Rule{
		{Kind: recognize.Org, Operator: redact.Label}, {Kind: recognize.Date, Operator: redact.GeneraliseQuarter},
	}}
	for _, r := range redact.Tighten(a, b).Rules {
		fmt.Println(r.Kind, r.Operator)
	}
	// Output:
	// DATE generalise:quarter
	// ORG label
}

func ExampleRedactor_NewReader() {
	r, err := redact.New(redact.Config{Policy: labels(), Balanced: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	in := strings.NewReader("Ring Mrs Okafor on 0191 496 0123.\n")
	if _, err := io.Copy(os.Stdout, r.NewReader(context.Background(), in)); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Ring [name] on [a phone number].
}

func ExampleRedactor_ReplaceAttr() {
	r, err := redact.New(redact.Config{Policy: labels(), Balanced: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	log := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return r.ReplaceAttr(groups, a)
		},
	}))
	log.Info("imported", "row", 7, "contact", "mail j.smith@example.org")
	// Output:
	// level=INFO msg=imported row=7 contact="mail [an email address]"
}

// labels is a policy that labels every kind.
func labels() redact.Policy {
	var p redact.Policy
	for _, k := range []recognize.Kind{
		recognize.Person, recognize.Org, recognize.Place, recognize.Date, recognize.Contact, recognize.Code,
		recognize.Brand, recognize.Other,
	} {
		p.Rules = append(p.Rules, redact.Rule{Kind: k, Operator: redact.Label})
	}
	return p
}
