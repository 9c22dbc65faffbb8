// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// In a note that answers no question of the story leave is denied in any of the languages
// by what words mean together, and not by a list of sentences; usual notes hold nothing.
func TestRead_leaveDenied(t *testing.T) {
	no := []string{
		"please leave ours out of anything printed", "Our board has not signed this off, so keep it out of the report.", "Please take our entry out.", "permission refused by the trust", "We no longer wish to take part.", "nobody here has authorised this", "do not include in the final guide", "Do not publish in the book of results", "Please ignore this response.", "see the contact field, do not publish", "I would prefer not to be in it",
		"Die Freigabe wurde uns verweigert.", "Bitte unseren Beitrag löschen.", "Merci de retirer notre contribution.", "Nous nous opposons à toute publication.", "Por favor, retiren nuestra respuesta.", "Vi preghiamo di togliere il nostro caso.", "Graag ons voorbeeld verwijderen.", "Proszę usunąć nasz przykład.", "Ta bort vårt exempel, tack.", "Peidiwch â rhannu hyn.",
		"We do not consent to publication.", "We don’t agree to our story being shared.", "WE DON’T WANT THIS PRINTED", "not happy for this to be used", "Consent of the family was never asked.", "withdrawn by phone 3 May", "We withdraw our example.",
		"Wir ziehen unsere Einwilligung zurück.", "Wir stimmen einer Veröffentlichung nicht zu.", "Embargo bis Juni 2030.", "zurückgezogen am 3.5.",
		"Nous ne consentons pas à la publication.", "Ne publiez pas ceci.", "Sous embargo jusqu'en juin 2030.", "No consentimos la publicación.", "No lo publiquen.",
		"Non acconsentiamo alla pubblicazione.", "Gelieve dit niet te publiceren.", "Wij gaan niet akkoord met publicatie.", "Nie zgadzamy się na publikację.", "Vi samtycker inte till publicering.", "Nid ydym yn cydsynio i gyhoeddi.",
	}
	yes := []string{
		"patients did not consent to be filmed", "Some members would not share their stories in public.", "Ethics approval was not needed.", "It took three months to get approval.", "The leaflet was never printed.", "We were refused funding twice.", "Les patients n'ont pas voulu être filmés.", "Ohne Geld wäre es nicht gegangen.", "Hemos publicado un informe.",
		"one of our public was a retired miller", "thanks!", "see attached", "sent by email on Monday", "Rang twice, no answer", "No lift in the building", "merci", "vielen Dank", "photos to follow",
	}
	for _, header := range []string{"Notes", "Comments for the organisers", "What else should one know of the circumstances?"} {
		alone := func(note string) bool {
			return held(t, saidYes(header, append([]string{note, "see you in May", "our group meets on Mondays"}, make([]string, 20)...)...))[0]
		}
		for _, s := range no {
			assert.True(t, alone(s), "%s: %q opens", header, s)
		}
		for _, s := range yes {
			assert.False(t, alone(s), "%s: %q is held", header, s)
		}
	}
	got := held(t, saidYes("Link to a publication, if any", "no publication", "none", "not published: see our report"))
	assert.False(t, got[0], "the heading asks for one")
}
