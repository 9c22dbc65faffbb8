// SPDX-License-Identifier: Apache-2.0

// Package words holds the messages of the programs in nine languages: of the
// pages around the guides, and of what a program adds to a guide. Whatever way
// in was taken, the same guide says the same.
package words

import (
	"embed"
	"io/fs"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

//go:embed catalog/*.tsv
var files embed.FS

// Catalogs are the messages, beside those that the library has for guides.
func Catalogs() fs.FS {
	sub, _ := fs.Sub(files, "catalog") // the name is a valid path
	return sub
}

// Draft says that nothing of a document is published and, where codes count of which
// software is not sure, that some of it is wrong.
func Draft(locale string, unsure bool) (string, error) {
	c, err := guidance.OpenCatalog(locale, Catalogs())
	if err != nil {
		return "", err
	}
	said := c.Say("page.draft", nil)
	if unsure {
		said += " " + c.Say("codes.unsure", nil)
	}
	return said, nil
}

// Again says in words which examples have a record that must be made again, and why:
// what anonymize.Anonymizer.Again names. title is the heading over them.
func Again(logs []anonymize.Log, locale string) (title string, whys [][]string, err error) {
	c, err := guidance.OpenCatalog(locale, Catalogs())
	if err != nil {
		return "", nil, err
	}
	for _, l := range logs {
		var why []string
		for _, r := range l.Reasons {
			why = append(why, c.Say("again."+r.Code, nil))
		}
		whys = append(whys, why)
	}
	return c.Say("again.title", nil), whys, nil
}

// Confirmed says at the head of the guide of a topic which part of the codes behind it
// a person confirmed, in words: the exact number could show who joined. Where a
// person gave them all there is nothing to say.
func Confirmed(g *guidance.Guide, t aggregate.Topic, examples []model.Example, locale string) error {
	by, of := accounts.Confirmed(examples, t)
	if by == of || len(g.Sections) == 0 {
		return nil
	}
	c, err := guidance.OpenCatalog(locale, Catalogs())
	if err != nil {
		return err
	}
	key := "codes.most"
	switch {
	case by == 0:
		key = "codes.none"
	case 2*by < of:
		key = "codes.some"
	}
	first := &g.Sections[0]
	first.Blocks = slices.Insert(first.Blocks, 0, guidance.Block{Kind: guidance.Note, Claims: []guidance.Claim{{Text: c.Say(key, nil), Source: guidance.Frame}}})
	return nil
}
