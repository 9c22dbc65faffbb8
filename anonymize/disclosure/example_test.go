// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/verify"
)

// All names and values are made up.

func ExampleSearch() {
	towns, _ := disclosure.ReadHierarchy(strings.NewReader("Ayton;North;*\nBeaford;North;*\nCeeham;South;*\nDeeley;South;*\n"), ';')
	table := &disclosure.Table{Quasi: []disclosure.Column{{Name: "town", Values: []string{"Ayton", "Beaford", "Ceeham", "Deeley"}}}}
	best, err := disclosure.Search(context.Background(), table, disclosure.SearchConfig{
		Hierarchies: []*disclosure.Hierarchy{towns}, Requirement: disclosure.Requirement{K: 2},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(best.Levels, best.Classes, best.Loss)
	// Output: [1] 2 4
}

func ExampleLocal_perRecord() {
	// The last record's agreement asks for four; the first three need not
	// become coarser for it.
	towns, _ := disclosure.ReadHierarchy(strings.NewReader("Ayton;North;*\nBeaford;South;*\nCeeham;South;*\n"), ';')
	table := &disclosure.Table{
		Quasi: []disclosure.Column{{Name: "town", Values: []string{"Ayton", "Ayton", "Ayton", "Beaford", "Beaford", "Ceeham", "Ceeham"}}},
		K:     []int{2, 2, 2, 2, 2, 2, 4},
	}
	r, err := disclosure.Local(context.Background(), table, disclosure.RecodeConfig{
		Hierarchies: []*disclosure.Hierarchy{towns}, Requirement: disclosure.Requirement{K: 2},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range r.Classes {
		fmt.Println(c.Labels, c.Holdings, c.K)
	}
	// Output:
	// [Ayton] 3 2
	// [South] 4 4
}

func ExampleSuppress() {
	// Wards with 1, 1 and 50 examples, and their trust's total of 52.
	counts := disclosure.Counts{
		Cells: []int{1, 1, 50, 52},
		Sums:  []verify.Sum{{Total: 3, Parts: []int{0, 1, 2}}},
	}
	hidden, err := disclosure.Suppress(context.Background(), counts, disclosure.CountRule{Threshold: 5})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(hidden.Cells, hidden.Primary)
	// Output: [true true true false] 2
}

func ExampleRounding() {
	rule, _ := disclosure.FindPreset("hes")
	for _, n := range []int{0, 3, 8, 52} {
		shown, hidden := rule.Rounding.Show(n)
		fmt.Println(n, shown, hidden)
	}
	// Output:
	// 0 0 false
	// 3 0 true
	// 8 10 false
	// 52 50 false
}

func ExampleWording_Check() {
	sources := []disclosure.SourceText{
		{Text: "We paid for taxis. Turnout rose.", Holdings: []string{"holding 1"}},
		{Text: "Turnout rose after we met later in the day.", Holdings: []string{"holding 2"}},
	}
	w, err := disclosure.NewWording(sources, disclosure.WordingConfig{K: 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	faults, err := w.Check("Turnout rose where taxis came.")
	for _, f := range faults {
		fmt.Println(f.Rule, f.Start, f.End, f.Holdings)
	}
	fmt.Println(err)
	// Output:
	// rare-word 19 24 1
	// <nil>
}

func ExampleLedger_Append() {
	dir, err := os.MkdirTemp("", "ledger")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	key, _ := disclosure.NewKey(bytes.Repeat([]byte{1}, 32)) // a real one is random
	ledger, err := disclosure.OpenLedger(filepath.Join(dir, "ledger"), key)
	if err != nil {
		fmt.Println(err)
		return
	}
	topic := func(shown string, n int) []disclosure.Item {
		return []disclosure.Item{{Key: "topic:trust", Shown: shown, K: 3, Holdings: []string{"a", "b", "c", "d", "e", "f"}[:n]}}
	}
	fmt.Println(ledger.Append("spring", topic("3 of 9", 3), nil, nil))
	fmt.Println(ledger.Append("summer", topic("4 of 10", 4), nil, nil))
	fmt.Println(ledger.Append("autumn", topic("6 of 12", 6), nil, nil))
	// Output:
	// <nil>
	// disclosure: edition refused: 1 conflicts, the first with item topic:trust (adds)
	// <nil>
}

func ExampleCertify() {
	key, _ := disclosure.NewKey(bytes.Repeat([]byte{1}, 32)) // a real one is random
	var lines []disclosure.ReleaseLine
	for i := range 3 {
		lines = append(lines, disclosure.ReleaseLine{
			ID: fmt.Sprintf("r%d", i), Line: fmt.Appendf(nil, `{"id":"r%d","region":"North"}`, i),
			Holdings: []string{fmt.Sprintf("holding %d", i)}, Agreement: "v1",
		})
	}
	proof, err := disclosure.Certify(lines, disclosure.CertificateConfig{
		Key: key, Edition: "2026-1", Requirement: disclosure.Requirement{K: 3}, Quasi: []string{"region"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = disclosure.VerifyCertificate(disclosure.Evidence{Release: proof.Release, Certificate: proof.Certificate})
	fmt.Println(err)
	proof.Release[8] ^= 1
	_, err = disclosure.VerifyCertificate(disclosure.Evidence{Release: proof.Release, Certificate: proof.Certificate})
	fmt.Println(err)
	// Output:
	// <nil>
	// disclosure: proof does not hold: release is not the one certified
}
