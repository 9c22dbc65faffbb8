// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"fmt"
	"testing/fstest"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// A working group's own word stands in a small table; what it does not cover is
// marked, and names stay.
func ExampleOpenTerminology() {
	for _, locale := range []string{"en-GB", "de", "cy"} {
		fmt.Println(locale, guidance.Terminologies(locale))
	}
	german, err := guidance.OpenTerminology("service-user", "de", nil)
	fmt.Println(german.Say("Zusammenarbeit mit Patientinnen und Patienten"), err)

	files := fstest.MapFS{"terminology/en-GB/resident.tsv": {Data: []byte("patient\tresident\npatients\tresidents\n")}}
	own, err := guidance.OpenTerminology("resident", "en-GB", files)
	fmt.Println(own.Say("Patients, a patient organisation, patiently"), err)
	// Output:
	// en-GB [citizen consumer person service-user]
	// de [citizen service-user]
	// cy [citizen service-user]
	// Zusammenarbeit mit Nutzerinnen und Nutzern <nil>
	// [resident?] Residents, a patient organisation, patiently <nil>
}
