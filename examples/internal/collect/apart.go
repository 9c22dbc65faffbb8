// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"encoding/csv"
	"errors"
	"os"
	"strings"
)

// Apart reads a CSV file of pairs of references, of holdings or of examples, two
// in a row: they look like one and a person says that they are two.
func Apart(name string) ([][2]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, errors.New("the file cannot be read")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, errors.New("not rows of CSV of the same length")
	}
	var out [][2]string
	for _, r := range rows {
		if len(r) != 2 {
			return nil, errors.New("a row does not hold two references")
		}
		out = append(out, [2]string{strings.TrimSpace(r[0]), strings.TrimSpace(r[1])})
	}
	return out, nil
}
