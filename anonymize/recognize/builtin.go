// SPDX-License-Identifier: Apache-2.0

package recognize

// builtin lists the built-in recognisers in the order in which they run.
func builtin() []rule {
	return []rule{
		{"email", emails},
		{"url", urls},
		{"handle", handles},
		{"phone", phones},
		{"address", addresses},
		{"postcode", postcodes},
		{"health-number", healthNumbers},
		{"code", codes},
		{"registration", registrations},
		{"bank", bank},
		{"date", dates},
		{"age", ages},
		{"money", money},
		{"number", numbers},
		{"figure", oddFigures},
		{"spelled", spelled},
		{"name", properNames},
	}
}
