// SPDX-License-Identifier: Apache-2.0

package recognize_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// TestNamesWithoutCapitals: in a text that is all small letters, or all capitals, people are found by
// where they stand, and the words that they are called by stay where they are words. Default deny asks
// for less.
func TestNamesWithoutCapitals(t *testing.T) {
	body := strings.ToLower(body)
	for _, c := range []struct {
		reason, marked string
		strict         bool
	}{
		{"an everyday word after a title", "we heard from mr [[marrow]] and cllr [[plum]] about the new beds.", false},
		{"letters and a word after a title", "present were mrs [[d thimble]], dr [[k. w. sorrel]] and mr [[tj barrow]], who led.", false},
		{"no name after the disease and the program", "people with ms often wait, and we met on ms teams with my dr who listened.", false},
		{"initials and words in a list", "present: [[r. thimble]], [[k sorrel]], [[w plum]] and [[n barrow]].", false},
		{"surnames before initials", "by [[plum r]], [[sorrel kw]] and [[barrow b]], in print.", false},
		{"no initials", "we had a scan, a blood test, an x ray, and plan b, section c, and a cup.", false},
		{"a given name and a surname that is a word", "our treasurer, [[janet barrow]], thanked them, and [[kevin plum]] left.", false},
		{"a given name that is a word, after a post", "the ward coordinator [[jack]] rang, and our member [[bob sorrel]] came.", false},
		{"a given name that is a word, of whom something is asked", "please contact [[pat]] or talk to [[mark]] about it, and we were greeted by [[gill]].", false},
		{"a given name that is a word, of whom something is told", "[[jack]] asked for a chair. [[bill]]'s idea was to wait, and he did not mark it.", false},
		{"the same again", "[[jack]] asked for a chair. nobody told [[jack]]. we saw a jack under the car.", false},
		{"letters after a name and again", "notes by [[sheena tolworth]] ([[st]]). [[st]] opened the day.", false},
		{"letters of those who came", "attendees: [[kr]], [[wl]], [[pb]]. apologies: [[hd]].", false},
		{"words stay words", "we hope to mark the date with a grant, in good faith, and will do so with grace. the bill is due.", false},
		{"what somebody is like and what is eaten stay", "im happy to help with rosemary, honey and sherry, and the rich sauce.", false},
		{"the same in capitals", "PLEASE CONTACT [[PAT]] OR CLLR [[PLUM]] FOR A PLACE ON THE DAY.", false},

		{"two words of a name by themselves", body + "\n[[mark tempest]]\n[[peter last]]\n[[joy]]", true},
		{"a virtue that does what people do", "[[joy]] lost her coat. [[hope]] rang us. they left full of joy and of hope.", true},
		{"who is spoken to", "and you, [[hope]], know what it was like for them.", true},
		{"letters between commas", "who was there: [[kr]], [[wl]], [[pb]]. it rained.", true},
		{"nobody among those who came", "present: all. apologies: none. we went on then.", true},
		{"a verb before an unknown word stays", "we will prob come, and you may well ask.", true},
		{"a name after one that is masked", "we had [[janet olden]] initially, then others.", true},
		{"a few words are no names", "interpreters, film editing, gift cards", true},
		{"one word is no name", "grant", true},
		{"nor are two", "red pen", true},
		{"in capitals", "[[JOY]] LOST HER COAT ON THE WARD, AND [[WILL THIMBLEBY]] HAD TO LOOK FOR IT.", true},
		{"words in capitals stay", "WE HOPE TO MARK THE DATE IN GOOD FAITH AND WILL PAY THE BILL.", true},
	} {
		t.Run(c.reason, func(t *testing.T) {
			plain := strings.NewReplacer("[[", "", "]]", "").Replace(c.marked)
			var b strings.Builder
			at := 0
			for _, f := range detect(t, plain, recognize.Options{Strict: c.strict}, builtins(t)...) {
				if f.Kind != recognize.Person {
					continue
				}
				b.WriteString(plain[at:f.Start] + "[[" + plain[f.Start:f.End] + "]]")
				at = f.End
			}
			require.Equal(t, c.marked, b.String()+plain[at:], c.reason)
		})
	}
}

// TestThingsWithoutCapitals: under default deny a name without capitals goes with its head noun, with what
// it is of and with its letters.
func TestThingsWithoutCapitals(t *testing.T) {
	for _, c := range []struct{ reason, marked string }{
		{"a head noun after a name", "we asked the [[wexmoor foundation]] and the [[kelloch children's hospital]] for rooms."},
		{"what it is of", "it was read at the [[university of wexmoor]], and by the [[friends of kelloch]], of course."},
		{"its side", "they came from [[north east wexmoor]] on new bikes."},
		{"words before a country", "it was paid by [[asthma voices wales]] and nobody told us why they help us."},
		{"one of several places", "they live in [[wexmoor]], [[surrey]] and [[kelloch]], not in a hall."},
		{"the letters after it, and again", "the [[waiting room advisory board (wrab)]] met. [[wrab]] asked for chairs."},
		{"letters in general use stay", "the patient participation group (ppg) met, and a ppg is a group (of some kind)."},
		{"in capitals", "WE ASKED THE [[WEXMOOR CHILDREN'S HOSPITAL]] FOR A ROOM WITH A DOOR THAT SHUT."},
		{"what is counted and for how long is no name", "we ask each at most [[four]] times a year, on a [[six-minute]] walk."},
		{"words stay", "the new team met in the hall of the hospital, and the state of the road was bad for us."},
	} {
		t.Run(c.reason, func(t *testing.T) { requireMarked(t, c.marked, recognize.Options{Strict: true}) })
	}
}
