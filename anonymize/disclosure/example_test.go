// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// All names and values are made up.

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
		Key: key, Edition: "2026-1", Requirement: recode.Requirement{K: 3}, Quasi: []string{"region"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = disclosure.VerifyCertificate(disclosure.Bundle{Release: proof.Release, Certificate: proof.Certificate})
	fmt.Println(err)
	proof.Release[8] ^= 1
	_, err = disclosure.VerifyCertificate(disclosure.Bundle{Release: proof.Release, Certificate: proof.Certificate})
	fmt.Println(err)
	// Output:
	// <nil>
	// disclosure: proof does not hold: release is not the one certified
}
