// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"slices"
	"strings"
)

// nothing reports whether an answer says that there is none.
func nothing(s string) bool {
	switch strings.TrimSpace(strings.Trim(strings.ToLower(strings.TrimSpace(s)), ".()")) {
	case "n/a", "n.a", "n / a", "not applicable", "none", "nil", "-", "--", "–", "—", "tbc", "tbd",
		"k. a", "k.a", "keine angabe", "entfällt", "s/o", "sans objet", "néant", "ninguno", "ninguna", "no aplica", "nessuno", "nessuna", "n.v.t", "geen", "nie dotyczy", "brak", "ej tillämpligt", "inga", "amh", "dim":
		return true
	}
	return false
}

func elsewheres() []string {
	return []string{
		"see above", "see previous", "see previous answer", "see last answer", "see below", "as above", "as before", "same as above", "ditto", "see earlier", "see attached", "see attachment",
		"siehe oben", "s o", "wie oben", "siehe unten", "siehe anhang", "voir ci dessus", "idem", "voir plus haut", "ver arriba", "ídem", "vedi sopra", "come sopra", "zie boven", "jak wyżej", "zob wyżej", "se ovan", "gweler uchod", "fel uchod",
	}
}

// elsewhere reports whether an answer only points to another.
func elsewhere(s string) bool {
	return slices.Contains(elsewheres(), strings.TrimSpace(words(s)))
}

// code reports whether an answer is a figure, such as tools write for an option.
func code(s string) bool {
	return s != "" && strings.Trim(s, "0123456789\n") == ""
}
