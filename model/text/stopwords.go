// SPDX-License-Identifier: Apache-2.0

package text

import (
	"strings"
	"sync"
)

// IsStopWord reports whether a folded English word carries grammar rather than
// matter: articles, pronouns, prepositions, conjunctions, auxiliaries and the
// commonest adverbs.
func IsStopWord(folded string) bool {
	stop := stopWords()
	if folded == "" || stop.lengths[folded[0]]>>min(len(folded), longestStop)&1 == 0 {
		return false
	}
	_, ok := stop.words[folded]
	return ok
}

// stopTable holds the stop words, and how long those are that begin with a byte: most words are
// known by that to be none.
type stopTable struct {
	words   map[string]struct{}
	lengths [256]uint32
}

// longestStop stands for all lengths from it on.
const longestStop = 31

var stopWords = sync.OnceValue(func() *stopTable {
	t := &stopTable{words: make(map[string]struct{}, 400)}
	for w := range strings.FieldsSeq(stopWordList) {
		t.words[w] = struct{}{}
		t.lengths[w[0]] |= 1 << min(len(w), longestStop)
	}
	return t
})

const stopWordList = `
a an the this that these those such same other another others each every either neither both all any some no none
few fewer many much more most less least several enough own else one ones
i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
it its itself they them their theirs themselves who whom whose which what whoever whatever whichever
someone somebody something somewhere anyone anybody anything anywhere everyone everybody everything everywhere
nobody nothing nowhere oneself thee thou thy ye
about above across after against along alongside amid amidst among amongst around as at before behind below beneath
beside besides between beyond by concerning despite down during except excepting excluding following for from in inside
into like minus near of off on onto opposite out outside over past per plus regarding round save since than through
throughout till to toward towards under underneath unlike until unto up upon versus via with within without
and but or nor so yet if unless although though because whereas while whilst whether when whenever where wherever
wherein whereby whereupon why how however therefore thus hence otherwise moreover furthermore nevertheless nonetheless
meanwhile instead lest provided
am is are was were be been being isn't aren't wasn't weren't ain't
have has had having haven't hasn't hadn't do does did doing done don't doesn't didn't
can could may might must shall should will would ought need dare used can't cannot couldn't mayn't mightn't mustn't
shan't shouldn't won't wouldn't needn't oughtn't
i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll
she'll we'll they'll that's there's here's what's who's where's how's why's when's let's it'd it'll that'd that'll
there'd there'll who'd who'll
not never ever only just also too very quite rather really almost nearly even still already again once twice then now
here there always often sometimes seldom usually soon later ago perhaps maybe indeed mostly merely simply
further away back together apart forward anyway somehow somewhat hardly barely especially
get gets got getting gotten go goes going went gone come comes came coming become becomes became becoming
let lets make makes made making take takes took taken taking seem seems seemed seeming
say says said saying tell tells told
yes etc eg ie e.g i.e viz vs et al ok okay oh well
`
