// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Two examples of a made-up charity, one of them under no agreement.
const lines = `{"id":"a1","kind":"ki:engagement-activity","title":"Made up","parties":[{"ref":"p","role":"contributor","identities":[{"type":"organisation","name":"Thornwick Lantern Society"}]}],"agreements":[{"schema":"agreement/1","id":"g","party":"p","level":"anonymous","audience":"public","uses":{"aggregate":true,"guidance":true},"consent":{"status":"given"}}],"lessons":[{"text":"The Thornwick Lantern Society paid people on the day.","kind":"worked"}]}
{"id":"a2","kind":"ki:engagement-activity","title":"Made up","parties":[{"ref":"p","role":"contributor"}]}
`

func exampleConfig() anonymize.Config {
	return anonymize.Config{
		Key: []byte("made up, of thirty-two bytes or more"), Audience: model.Everyone, Reviewed: true,
		Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
	}
}

func ExampleAll() {
	results, err := anonymize.All(context.Background(), exampleConfig(), model.Reader{}.JSONLines(strings.NewReader(lines)))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range results {
		if r.Withheld() {
			fmt.Println(r.Log.Example, "withheld:", r.Log.Reasons[0].Code)
			continue
		}
		fmt.Println(r.Log.Example, r.Record.Level(), r.Record.Countable().Lessons[0].Text)
	}
	// Output:
	// a1 anonymous The [society or charity] paid people on the day.
	// a2 withheld: no-agreement
}

func ExampleNew() {
	a, err := anonymize.New(exampleConfig())
	if err != nil {
		fmt.Println(err)
		return
	}
	e := &model.Example{ID: "a2", Parties: []model.Party{{Ref: "p"}}}
	results, err := a.Anonymize(context.Background(), e)
	fmt.Println(len(results), results[0].Withheld(), err)
	// Output: 1 true <nil>
}

func ExampleRecords() {
	results, err := anonymize.All(context.Background(), exampleConfig(), model.Reader{}.JSONLines(strings.NewReader(lines)))
	fmt.Println(len(results), len(anonymize.Records(results)), err)
	// Output: 2 1 <nil>
}

func ExampleLoad() {
	cfg := exampleConfig()
	results, err := anonymize.All(context.Background(), cfg, model.Reader{}.JSONLines(strings.NewReader(lines)))
	if err != nil {
		fmt.Println(err)
		return
	}
	var stored bytes.Buffer
	if err := anonymize.Records(results)[0].Store(&stored, cfg.Key); err != nil {
		fmt.Println(err)
		return
	}
	record, err := anonymize.Load(stored.Bytes(), cfg.Key, cfg.Now)
	fmt.Println(record.Level(), err)
	_, err = anonymize.Load(stored.Bytes(), []byte("another key of sixteen bytes or more"), cfg.Now)
	fmt.Println(err)
	// Output:
	// anonymous <nil>
	// anonymize: the record's seal does not hold
}

func ExampleRecord_Coarsen() {
	results, err := anonymize.All(context.Background(), exampleConfig(), model.Reader{}.JSONLines(strings.NewReader(lines)))
	if err != nil {
		fmt.Println(err)
		return
	}
	record := anonymize.Records(results)[0]
	_, err = record.Coarsen(map[string]string{vocabulary.Region: "rg:london"}, func(_, from, to string) bool { return from != "" && to == "rg:any" })
	fmt.Println(err)
	// Output: anonymize: coarsen: region: the new value is no broader one
}
