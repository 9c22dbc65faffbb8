// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// fiveRecords are of five made-up contributors with one challenge and objective.
func fiveRecords() []anonymize.Record {
	var lines strings.Builder
	for _, p := range []string{"p1", "p2", "p3", "p4", "p5"} {
		fmt.Fprintf(&lines, `{"id":"e-%s","kind":"ki:engagement-activity","title":"Made up","parties":[{"ref":"%s","role":"contributor","type":"ot:charity"}],`+
			`"agreements":[{"schema":"agreement/1","id":"g","party":"%s","level":"anonymous","audience":"public","uses":{"aggregate":true,"guidance":true},"consent":{"status":"given"}}],`+
			`"challenges":[{"code":"ch:seldom-heard","assigned_by":"contributor"}],"objectives":[{"code":"ob:equity","assigned_by":"contributor"}],`+
			`"strategy_steps":[{"text":"We went to the market.","method":{"code":"me:outreach","assigned_by":"contributor"}}]}`+"\n", p, p, p)
	}
	results, err := anonymize.All(context.Background(), anonymize.Config{
		Key: []byte("made up, of thirty-two bytes or more"), Audience: model.Everyone,
		Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
	}, model.Reader{}.JSONLines(strings.NewReader(lines.String())))
	if err != nil {
		return nil
	}
	return anonymize.Records(results)
}

func ExampleBuild() {
	c, err := aggregate.Build(context.Background(), fiveRecords(), aggregate.Config{Audience: model.Everyone})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range c.Topics {
		fmt.Println(t.ID, t.Support.Contributors, "contributors")
		for _, s := range t.Statements {
			fmt.Println("-", s.ID, s.Examples, "of", s.Of)
		}
	}
	// Output:
	// ch-seldom-heard.ob-equity 5 contributors
	// - step.me-outreach 5 of 5
}

func ExampleIndependent() {
	records := fiveRecords()
	fmt.Println(aggregate.Independent(records), aggregate.Independent(append(records, records...)))
	// Output: 5 5
}

func ExampleNeed_Match() {
	records := fiveRecords()
	c, err := aggregate.Build(context.Background(), records, aggregate.Config{Audience: model.Everyone})
	if err != nil {
		fmt.Println(err)
		return
	}
	practice, _, err := aggregate.Need{Challenge: "ch:seldom-heard"}.Match(c, records, 5, nil)
	fmt.Println(practice[0].Topic, practice[0].Why, err)
	// Output: ch-seldom-heard.ob-equity [ch:seldom-heard] <nil>
}
