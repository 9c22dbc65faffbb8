// SPDX-License-Identifier: Apache-2.0

package recognize_test

import (
	"context"
	"fmt"

	"golang.org/x/text/language"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// All names are made up.
func ExampleDetect() {
	doc, err := recognize.NewDocument("Dr Zofia Przykladowa of Wren House Hospice rang 07700 900123.")
	if err != nil {
		fmt.Println(err)
		return
	}
	rs, err := recognize.Default(language.BritishEnglish)
	if err != nil {
		fmt.Println(err)
		return
	}
	found, err := recognize.Detect(context.Background(), []*recognize.Document{doc}, rs, recognize.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range found[0] {
		fmt.Println(f.Start, f.End, f.Kind)
	}
	// Output:
	// 3 20 PERSON
	// 24 42 ORG
	// 48 60 CONTACT
}

func ExampleNewDictionary() {
	dict, err := recognize.NewDictionary([]recognize.Declared{{Kind: recognize.Org, Name: "Thornbeck & Pyke Ltd"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := recognize.NewDocument("See thornbeckpyke.example, or ask T&P or Thornbek and Pyke.")
	if err != nil {
		fmt.Println(err)
		return
	}
	found, err := recognize.Detect(context.Background(), []*recognize.Document{doc}, []recognize.Recognizer{dict}, recognize.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range found[0] {
		fmt.Println(f.Start, f.End, f.Kind, f.Rule)
	}
	// Output:
	// 4 17 ORG no legal form
	// 34 37 ORG acronym
	// 41 58 ORG one letter off
}
