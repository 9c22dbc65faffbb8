// SPDX-License-Identifier: Apache-2.0

package anonymize

import "github.com/sharedpractice/sharedpractice/model"

// Why an example stands as an anonymous one, though its agreements would let it be named.
const (
	reasonNoShowcase = "attribution-without-showcase" // to be shown as no example of its own
	reasonNoName     = "attribution-without-name"     // no name or source may stand beside it
	reasonNoFunder   = "attribution-without-funder"   // who paid cannot be acknowledged
)

// shown closes to anonymous what is not to be shown by name, though its agreements would
// let it be named: where they do not grant that use or let no name or source stand beside
// it, or where who paid cannot be acknowledged. One rule
// says then of the text, the line of the release, the sheet and the showcase whether it
// stands with a name; why says what is missing.
func shown(e *model.Example, t model.Terms) (terms model.Terms, why string) {
	if t.Level < model.Attributed {
		return t, ""
	}
	source := len(e.PublicRefs) > 0 && t.FieldLevel("public_refs") >= model.Attributed
	switch {
	case !t.Uses[model.UseShowcase]:
		why = reasonNoShowcase
	case t.Level == model.Attributed && (!told(t) || organisationName(e) == ""), t.Level == model.Public && !source:
		why = reasonNoName
	case owing(e, t):
		why = reasonNoFunder
	default:
		return t, ""
	}
	t.Level = model.Anonymous
	return t, why
}

// unshownClause is the clause of an agreement on which it hangs that nothing is shown by name.
func unshownClause(why string) string {
	switch why {
	case reasonNoShowcase:
		return "uses." + string(model.UseShowcase)
	case reasonNoName:
		return "name_form"
	}
	return "funding"
}
