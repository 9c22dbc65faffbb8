// SPDX-License-Identifier: Apache-2.0

package cluster_test

import (
	"context"
	"fmt"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// The statements in these examples are made up.

func ExampleFit() {
	var items []cluster.Item
	for i, s := range []string{
		"Travel costs kept people away", "Patients could not afford travel costs", "Travel costs were paid back too late", "The travel costs are too high for families",
		"The leaflet was full of jargon", "Too much jargon in the leaflet", "Readers did not understand the jargon", "Medical jargon in the leaflet confused people",
		"Daytime meetings exclude people with jobs", "Carers cannot come to daytime meetings", "Daytime meetings clash with school", "Nobody at work can join daytime meetings",
	} {
		items = append(items, cluster.Item{ID: fmt.Sprint(i), Text: s, Source: fmt.Sprint("holding ", i%4)})
	}
	m, err := cluster.Fit(context.Background(), items, cluster.Config{K: 3, Embedder: wordtable.Default()})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range m.Clusters() {
		fmt.Println(c.ID, c.Label, c.Size, c.Sources)
	}
	// Output:
	// c1 Travel costs 4 4
	// c2 Daytime meetings 4 4
	// c3 Jargon, leaflet 4 4
}

func ExampleMergeStatements() {
	got, err := cluster.MergeStatements(context.Background(), []cluster.Item{
		{ID: "a", Text: "Send the papers two weeks before the meeting", Source: "one"},
		{ID: "b", Text: "Meeting papers went out two weeks beforehand", Source: "two"},
		{ID: "c", Text: "Send the papers two weeks after the meeting", Source: "three"},
	}, wordtable.Default())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range got {
		fmt.Println(s.Items, s.Support)
	}
	// Output:
	// [a b] 2
	// [c] 1
}

func ExampleContradict() {
	fmt.Println(cluster.Contradict("Hold the meetings online only", "Hold the meetings in person only"))
	fmt.Println(cluster.Contradict("Refund travel costs", "Pay back travel expenses"))
	// Output:
	// true
	// false
}

func ExampleRanker_Rank() {
	r, err := cluster.NewRanker([]cluster.Item{
		{ID: "jargon", Text: "Rewrite leaflets in plain language"},
		{ID: "travel", Text: "Refund the cost of travel on the day"},
	}, wordtable.Default())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Rank("people cannot pay for the bus", 1)[0].Item)
	// Output: travel
}
