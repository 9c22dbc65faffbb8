// SPDX-License-Identifier: Apache-2.0

package recognize_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// body is a text that goes on after its first line.
const body = "We asked the carers what they would change in the rooms where they wait. They said that the chairs were hard and that nobody told them how long it would be. We bought other chairs, and we put a board on the wall."

// TestDefaultDeny: under default deny a name goes whole, and what has a stated reason stays.
func TestDefaultDeny(t *testing.T) {
	for _, c := range []struct{ reason, marked string }{
		{"a kind of group in Title Case may be somebody's", "It was put to the [[Clinical Work Teams]]."},
		{"a small word inside a name", "They asked [[Mind of my Own]] to help."},
		{"two places stay two", "We met in [[Leeds]] and [[Truro]]."},
		{"two people stay two", "[[Okonjowa Prytherch]] and [[Yuki Tanakawa]] came."},
		{"an abbreviation beside a name", "They log in with [[Wexmoor ID]] now."},
		{"a head noun in lower case after a name", "at the [[Wexmoor housing office]] and the [[Kelloch community]]"},
		{"a word in capitals that begins a sentence", "[[RESOLVE]], a charity, came."},
		{"the NHS and a hospital are nobody", "The NHS says that a hospital may ask."},
		{"emphasis is no name", "We did NOT ask them."},
		{"a title of everyday words that small words join", "[[Kick the Dust]] is a programme, and so is [[Learn to Lead]]."},
		{"more heads in lower case after a name", "They spoke at the [[Kelloch inquiry]] and the [[Wexmoor community forum]]."},
		{"an abbreviation that begins a line before a name", "[[COPD Ireland]]"},
		{"a number that begins a line and counts", "They wrote:\n[[37]] patients asked for a group, and\n[[1204]] did not."},
		{"a number of an item stays", "1. Welcome\n2. Apologies\n3. Reports"},
		{"a common noun with a capital inside a sentence, without an article", "The money went to [[Involve]], and they involve people."},
		{"a common noun with its article stays", "The money went to the Board, and a board decides."},
		{"a heading that ends as names do", "It ended.\n[[Patient and Family Service Award]]\nThey won."},
		{"a heading of kinds stays", "It ended.\nSteering Group Meeting\nThey met."},
		{"the first of a name that goes on", "It was put to: [[Patient and Caregiver Council]], which agreed."},
		{"a few words in quotation marks are one name", "It is called \u201c[[year of Wexmoor]]\u201d by the nurses."},
		{"what somebody said in a sentence is no name", "She said, \u201cI told them at [[Wexmoor]] that nobody had ever asked me before.\u201d"},
		{"what letters in brackets stand for", "It was paid by [[Major Projects Wexmoor]] ([[MPW]])."},
		{"a head noun after the sign of a trade mark", "They began the [[Wexmoor]]\u2122 [[initiative]]."},
		{"what a hyphen ties to a name", "They met in [[Wexmoor-patients]] and on a [[thirty]]-page form."},
		{"what an odd number counts", "There were [[87 links]] and [[18 multigenerational walkers]]."},
		{"the words of an age", "He was [[42-year-old]] then, at the [[age of 17]] she came, and it was her [[43rd birthday]]."},
		{"a day told from today", "It was sent [[today]], a year since [[last week]], and he comes [[Friday]]."},
		{"a weekday that is a habit", "We meet every Friday and on Mondays."},
		{"a day with its number", "It is open on Mondays, [[Tuesdays at 2]], or [[Weds 8 and Fri 10 June]]."},
		{"a month after its year", "It came in [[2019 Feb]], in [[month 18]] of the work."},
		{"a word that begins a sentence and goes on to a name", "[[Friends of Wexmoor]] came. [[Song and Wexmoor]] came. Thanks to [[Ferrant]], she came. Staff at [[Wexmoor]] came."},
		{"a small word with a capital inside a sentence", "[[Don't Skip Us]] came out of it. They wrote [[Wexmoor, Out of Mind]] there. We did NOT ask, and What we did stays."},
		{"everyday words that small words join", "Most came through [[Get on Board]], a drive. We read [[Have Your Say on Hospital Parking]] there."},
		{"a public term inside a longer name", "It was the [[Wexmoor Patient and Public Involvement (PPI) Group]]. Patient and Public Involvement is wanted."},
		{"a chain of letters and digits", "It has the number [[JP-UK-00981]]. COVID-19 came."},
		{"letters after a name", "We asked [[Ann Oke MP]]. It was read in [[Okonjowa et al]]. and an MP asked."},
		{"owners in the plural", "It was the [[Walkers' Choice]], they said."},
		{"a title of two parts", "It is in the file; [[Listening to Patients: a framework]]\nThey won."},
		{"what is won", "It ended.\n[[Pharmacist of the Year]]: [[Ann Oke]]"},
		{"a small word that begins a name", "Entry title: [[Not Forgotten]]. They won. We asked [[Wexmoor]] twice."},
		{"what is explained after a comma", "It ended. [[Unsaid]], their play on grief, won. Sadly, the play on grief ended. Families, we said, came."},
		{"a line of a programme", "It ended.\n[[13:30 The long way home]] ([[Ann Oke]])\nThey won."},
		{"a house called after somebody", "They met at [[Queen Wexmoor's]] in winter."},
		{"a heading of everyday words", "It ended.\n[[Brighter Windows]]\nWe did more."},
		{"the article of a name", "They are [[The Wexmoor]]. It is [[My Wexmoor]]."},
		{"letters in a name", "It is the [[Wexmoor Panel on AI]], and a talk on AI."},
		{"what an award is for", "[[Sam Oke]] ([[Basil Oke Award for indirect patient care]]) came."},
		{"a claim up to its place", "It is [[the largest unit for children in Wexmoor]], they say."},
		{"the first of a list of bodies", "They are partners - [[Involve]], [[The Wexmoor Trust]] and others."},
		{"a week in lower case", "in honour of [[national volunteer appreciation week]] we met, day after day."},
		{"a title before its authors", "[[What happens when people leave]]\nby [[Ann Oke]]\nIt was read."},
		{"a title after authors and a year", "[[Oke B]], [[Teal AM]] ([[2015]]) [[Asking those who came]]. Then we met."},
		{"a kind of document of which there is one", "It is in the [[Patient and Public Engagement Strategy]] now, not in a Patient and Public Engagement Strategy."},
		{"a government in lower case", "The [[Wexish government]] paid."},
		{"a title of a text that asks", "[[Why do we wait?]]\n" + body},
		{"a title of a text in Title Case", "[[Never Ask Twice]]\n" + body},
		{"a first line that says what the text is", "Steering Group Meeting\n" + body},
		{"a title with a body in it", "We read [[Insights from Wexmoor Trust Communities]] there."},
		{"a programme in lower case with its letters", "They began the [[patient-focused waiting plan (PFWP)]] initiative, and a personal care budget (PCB)."},
		{"a title after authors and no year", "[[Oke B]], [[Teal A. Asking those who came: a plan for all]]. Then we met."},
		{"a borough that also stands for Parliament", "in the boroughs of [[Westminster]] and [[Camden]]"},
		{"a headline of a text", "[[People tell us what they want]]\n\n" + body},
		{"a heading in Title Case that says more than a kind", "It ended.\n[[Heart and Lung Walkers]]\nThey won."},
		{"a line that goes on after a place and a colon", "It ended.\n[[Exeter: the value of roots in the village]]\nThey won."},
		{"what a body has", "We asked [[Wexmoor Trust's Advisory Group]] there."},
		{"letters in brackets and their words", "It was paid by the [[Rural Pension Directorate]] ([[RPD]]), and [[RPD]] asked. The patient survey (PS) went."},
		{"the first letters of words in lower case", "We read about [[Prostate active care together]] ([[PACT]]) there."},
		{"a programme of everyday words in lower case", "It is the [[Rising Ambassador programme]] now."},
		{"a phrase in quotation marks after an article", "It was at the \u2018[[better choices, better care]]\u2019 campaign. She said \u2018we were cold there\u2019 twice."},
		{"what a body entered", "Of Care\n[[Wexmoor Health Board Active care at the front door]]\nThey won."},
		{"a subtitle above the text", "[[Wexmoor News]]\n\n[[Widening the circle of those who ask]]\n\n" + body},
		{"a label above the text", "[[Wexmoor News]]\n\nChair and Secretary: [[Ann Oke]]\n\n" + body},
		{"a slogan in quotation marks", "It moved us towards \u201c[[better days, better nights]]\u201d together."},
		{"what the field puts in quotation marks", "We asked those who are called \u2018hard to reach\u2019 and \u2018seldom heard\u2019."},
		{"what follows the word for an entry", "It won with its entry [[Care at the end of the day: unlocking what letters mean]]."},
		{"a word before a list of names", "[[Mind]], [[Wexmoor Trust and Kelloch Trust]] came."},
		{"a noun alone that does what bodies do", "[[Kingdom]] covers a large area. Training covers a large area."},
		{"a post of a body", "They asked the [[CEO of the Wexmoor Trust]], and a director of nursing."},
		{"what is counted with its words", "There were [[52 purposively sampled group members]]."},
		{"the saint's house goes on", "It came from [[St]]. [[Brannoc's, University of Wexmoor]]."},
		{"a name that goes on in lower case", "It was the [[Wexmoor Trust children and young people asthma pilot scheme]]."},
		{"a small letter in a name", "It was called [[Winter Pick 'n' Mix]]."},
		{"a name that goes on after its letters", "The [[Wexmoor Voice Panel (WVP) Group]] met."},
		{"an entry of a list", "It ended.\n[[Kelloch Memorial Hospital Better care at the front door]]\nThey won."},
		{"a body that is of others", "It was the [[Wexmoor Collaboration of Clinical Commissioning Groups]]."},
		{"headings in capitals", "MINUTES\n\nATTENDEES\n\n[[Ann Oke]]"},
		{"a sentence that begins without a space", "It is what they want...It is theirs."},
		{"a wide country that only says where", body + " " + body + " It is so in hospitals across England."},
		{"a small number with its hyphen", "It is a two-way street for us."},
		{"a sentence's first word is not the name's", "Thanks to [[Ferrant]], who helped."},
		{"a year counts nothing", "It was in [[2019]] annual reports, and in [[2018]] young people came."},
		{"the number of a name counts nothing", "They wrote it in [[Wexmoor 10]] command lines."},
	} {
		t.Run(c.reason, func(t *testing.T) { requireMarked(t, c.marked, recognize.Options{Strict: true}) })
	}
}

// TestAround: what stands around a name is masked at either strength.
func TestAround(t *testing.T) {
	for _, c := range []struct{ reason, marked string }{
		{"a word before a list of names", "[[Mind]], [[Wexmoor Trust and Kelloch Trust]] came."},
		{"a word that leads into a sentence is no name", "Overall, [[Wexmoor Trust and Kelloch Trust]] came. Afterwards, [[Wexmoor Trust and Kelloch Trust]] went. First, [[Wexmoor Trust and Kelloch Trust]] sang."},
		{"a name that goes on in lower case", "It was the [[Wexmoor Trust children and young people asthma pilot scheme]]."},
		{"what somebody has is no name of his", "We read [[Wexmoor Trust]]'s long yearly review."},
		{"a group of a nationality is no name", "It was so in the [[Chinese]] ethnic minority group."},
		{"an abbreviation in quotation marks does not make a name", "They ask whether \u201c[[OWLD]] codes\u201d came."},
		{"what a term is called", "We used the term \u201cfirst draft of [[Our Form]]\u201d there."},
		{"what a speaker asks is no entry", "It ended.\n[[Wexmoor Inquiry]]: And what of the other kinds?\nYes."},
		{"two everyday words with capitals", "They came to [[Pizza and Politics]] and to [[Knock and Know]] there. Staff and [[Wexmoor]] came."},
		{"a small word with a capital", "[[Don't Skip Us]] came out of it."},
		{"letters tied to a number", "It has the number [[JP-UK-00981]]."},
		{"what is won", "They won [[Engaging Landlord of the Year]] there."},
		{"friends of a place", "We met the [[Friends of Wexmoor]] there."},
		{"what is counted with its words", "We asked [[52 purposively sampled members]] in ten different ways."},
		{"a post that is shared", "We met [[Ann Oke]], [[Co-Director of the Wexmoor Trust]], and the [[co-founder of the Kelloch Trust]]."},
	} {
		t.Run(c.reason, func(t *testing.T) { requireMarked(t, strings.Repeat(body+" ", 3)+c.marked, recognize.Options{}) })
	}
}

// requireMarked requires that what is masked in a text is what is marked in it.
func requireMarked(t *testing.T, marked string, opts recognize.Options) {
	t.Helper()
	plain := strings.NewReplacer("[[", "", "]]", "").Replace(marked)
	masked := make([]bool, len(plain)+1)
	for _, f := range detect(t, plain, opts, builtins(t)...) {
		for i := f.Start; i < f.End; i++ {
			masked[i] = true
		}
	}
	// Neighbours are marked as one.
	for i := 1; i+1 < len(plain); i++ {
		masked[i] = masked[i] || plain[i] == ' ' && masked[i-1] && masked[i+1]
	}
	var b strings.Builder
	for i := range len(plain) + 1 {
		switch was := i > 0 && masked[i-1]; {
		case masked[i] && !was:
			b.WriteString("[[")
		case was && !masked[i]:
			b.WriteString("]]")
		}
		b.WriteString(plain[i:min(i+1, len(plain))])
	}
	require.Equal(t, marked, b.String())
}
