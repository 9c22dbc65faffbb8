// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
)

// outreaches are contributors with the same step, taken as often as each says.
func outreaches(t *testing.T, how ...model.Raw) []told {
	t.Helper()
	var out []told
	for i, h := range how {
		x := told{holding: string(rune('a' + i)), challenge: "ch:seldom-heard", objective: "ob:equity", method: "me:outreach"}
		if h != "" {
			x.text = "We went out to them " + h + "."
		}
		out = append(out, x)
	}
	return out
}

func outreach(t *testing.T, c *aggregate.Collection) aggregate.Statement {
	t.Helper()
	for _, s := range c.Topics[0].Statements {
		if s.ID == "step.me-outreach" {
			return s
		}
	}
	t.Fatal("no such step")
	return aggregate.Statement{}
}

func codes(counts []aggregate.Count) map[model.Code]int {
	out := map[model.Code]int{}
	for _, c := range counts {
		out[c.Code] = c.Contributors
	}
	return out
}

// How often a step is taken is told by bands that enough contributors name; of
// bands next to each other that have too few, together; and otherwise not.
func TestHowOften(t *testing.T) {
	for name, x := range map[string]struct {
		how  []model.Raw
		want map[model.Code]int
	}{
		"a band":           {[]model.Raw{"every month", "monthly", "once a month", "each month", "every six weeks", "", "", "", "", "", "weekly", "every year"}, map[model.Code]int{"monthly": 5}},
		"a span":           {[]model.Raw{"every month", "monthly", "once a month", "every quarter", "twice a year", "quarterly", "", "", "", "", "", ""}, map[model.Code]int{"monthly-quarterly": 6}},
		"no span beside":   {[]model.Raw{"every month", "monthly", "once a month", "each month", "every six weeks", "quarterly", "quarterly", "quarterly", "every year", "yearly", "", ""}, map[model.Code]int{"monthly": 5, "quarterly-yearly": 5}},
		"too far apart":    {[]model.Raw{"weekly", "every week", "quarterly", "twice a year", "every year", "", "", "", "", "", "", ""}, map[model.Code]int{}},
		"not what masks":   {[]model.Raw{"[every month]", "[monthly]", "[monthly]", "[monthly]", "[monthly]", "", "", "", "", "", "", ""}, map[model.Code]int{}},
		"in other tongues": {[]model.Raw{"jeden Monat", "chaque mois", "una vez al mes", "maandelijks", "varje månad", "", "", "", "", "", "", ""}, map[model.Code]int{"monthly": 5}},
	} {
		c, err := aggregate.Build(t.Context(), records(t, outreaches(t, x.how...)...), aggregate.Config{K: 5})
		require.NoError(t, err, name)
		require.Equal(t, x.want, codes(outreach(t, c).Often), name)
	}
}

// A step told of as "weekly" may be told in none of the spans that hold it beside the
// band: all that share a band are found, and no others.
func TestOverlappingBands(t *testing.T) {
	for code, want := range map[model.Code][]model.Code{
		"weekly":            {"weekly-monthly", "weekly"},
		"monthly":           {"monthly-quarterly", "weekly-monthly", "monthly"},
		"yearly":            {"quarterly-yearly", "yearly"},
		"monthly-quarterly": {"monthly-quarterly", "weekly-monthly", "quarterly-yearly", "monthly", "quarterly"},
		"weekly-monthly":    {"monthly-quarterly", "weekly-monthly", "weekly", "monthly"},
	} {
		require.Equal(t, want, aggregate.Overlapping(code), code)
	}
}

// Where a step stands among others is a mean of those who put it somewhere, in
// halves.
func TestMeanOrder(t *testing.T) {
	for _, row := range []struct {
		unplaced int
		places   []float64
		want     float64
		reason   string
	}{
		{3, nil, 0, "nobody put it anywhere"},
		{0, []float64{2}, 2, "one place"},
		{5, []float64{2, 4}, 3, "who puts it nowhere does not draw it to the front"},
		{0, []float64{1, 2}, 1.5, "halves"},
		{0, []float64{1, 1, 1, 1, 2}, 1, "no single record's place is seen"},
		{0, []float64{1, 1, 1, 2}, 1.5, "rounded to the nearer half, a quarter upwards"},
	} {
		require.InDelta(t, row.want, aggregate.MeanOrder(row.unplaced, row.places...), 1e-12, row.reason)
	}
}
