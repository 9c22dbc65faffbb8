// SPDX-License-Identifier: Apache-2.0

package recognize

// style describes how a text uses capitals.
type style uint8

const (
	styleShort   style = 1 << iota // a line or two
	styleTagged                    // holds handles, tags or links: a post
	styleLower                     // sentences begin in lower case
	styleShout                     // mostly capitals
	styleMinutes                   // says who was there and who was not

	// taggerStyles are those that the tagger was trained with.
	taggerStyles = styleMinutes - 1
)

// wordsAPost is how many words a post may have for each tag; an account with one address
// or hashtag is no post.
const wordsAPost = 60

func (d *Document) styleOf() (s style) {
	caps, words, starts, lowStarts, tags := 0, 0, 0, 0, 0
	for i := range d.words {
		w := &d.words[i]
		if w.shape&shLetter == 0 {
			if (d.punct(i, '@') && !(i > 0 && d.isWord(i-1) && d.words[i].gap == gapNone) || d.punct(i, '#')) && i+1 < len(d.words) && d.words[i+1].gap == gapNone {
				tags++
			}
			continue
		}
		words++
		if w.allCaps() {
			caps++
		}
		if w.cls&clsAttendance != 0 && w.flags&wfStart != 0 && w.shape&shUpper1 != 0 && (d.punct(i+1, ':') || d.punct(i+2, ':') && d.words[i+1].gap < gapLine) {
			s |= styleMinutes
		}
		if w.flags&wfStart != 0 {
			starts++
			if w.shape&shUpper1 == 0 {
				lowStarts++
			}
		}
	}
	if tags > 0 && words < tags*wordsAPost {
		s |= styleTagged
	}
	if words < 60 {
		s |= styleShort
	}
	if lowStarts*2 > starts {
		s |= styleLower
	}
	if caps*2 > words {
		s |= styleShout
	}
	return s
}
