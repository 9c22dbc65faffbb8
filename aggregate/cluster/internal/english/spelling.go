// SPDX-License-Identifier: Apache-2.0

package english

import "strings"

// BritishStem maps the American spelling of a stem to the British one where a
// rule does it safely, so that "organize" and "organise" count as one word.
func BritishStem(stem string) string {
	switch {
	case strings.HasSuffix(stem, "iz") && len(stem) > 4:
		return stem[:len(stem)-1] + "s"
	case strings.HasPrefix(stem, "pediatr"), strings.HasPrefix(stem, "hemophil"), strings.HasPrefix(stem, "anem"):
		for _, p := range [][2]string{{"pediatr", "paediatr"}, {"hemophil", "haemophil"}, {"anem", "anaem"}} {
			if strings.HasPrefix(stem, p[0]) {
				return p[1] + stem[len(p[0]):]
			}
		}
	case stem == "behavior":
		return "behaviour"
	case stem == "color":
		return "colour"
	case stem == "center":
		return "centr"
	case stem == "enrol" || stem == "enroll":
		return "enrol"
	case stem == "program":
		return "programm"
	}
	return stem
}
