// SPDX-License-Identifier: Apache-2.0

package leak

import (
	"strings"
	"sync"
)

// The lists of this file are the project's own, written from general knowledge.

func set(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

// ordinaryWords are words of the language that are names too: alone they count
// as a name only with a capital inside a sentence.
var ordinaryWords = sync.OnceValue(func() map[string]bool {
	return set(`young price hope field may will mark rose grace faith joy summer autumn dawn eve ivy lily daisy
	poppy violet olive holly heather hazel iris jasmine robin martin frank grant bill rob pat sue drew dean
	dale glen guy jack josh miles norm penny ray rich sandy skip stew van wade ward warren wood woods hill
	hills stone brook brooks banks bridges burns butler carpenter carter chambers church clay cook cooper
	court crane cross day duke english farmer fisher fish flowers ford forest foster fox french gardener
	gates german golden good goodman gray green grey hall hand hands hardy harper hart hawk head heath
	hunter irish king knight lake lamb lane law little long love low major manning marsh mason mead miller
	mills moon moore moss nice noble north page paige park parker parks parish pike place pool poole pope porter
	potter powers prior pride queen read reader reed rivers root rush sage sharp shepherd short silver singer
	skinner small smart snow south spring steel strong swan sweet swift taylor thorn tower town trainer
	turner tyler walker wall walls waters weaver webb wells west white wild wise wolf worth wright yards
	black brown blue best bright bush bell ball barber baker bacon ash angel archer april august june baron
	bishop bliss bond booth bowler boyd brand brave buck bull bury case cash chance chase child christian
	city close coach cole constant cotton craft crisp crow curry dear drake driver east ease echo elder ever
	fair farrow fine finch first flint flower freeman friend frost gain game garden gentle gift glover gold
	grave great groom guest harmony haven hay hood horn house hull hurst ink iron jewel job judge kind land
	last lay lee lent light lion list lock lord lovely lucky lynch mace main malice man march mayor mercy
	mercer merry minor monk more nash new newman now oak orange paradise patience peace pearl perry piper plan
	plant point post pound power presley promise quick rain rains randy raven reason rice ridge ring rock
	rook ruby ryder said sand savage say school sea self sell senior serene service shade share shore
	sing sky smith speed spencer spirit staff star start step storm stout street sun sunday temple terry tidy
	time tree true trust unity valentine vale victor victory vine wake war watch way welcome well wheeler
	captain colonel commander constable count dame deacon don earl father general governor justice lady lord
	mayor minister president prince princess sergeant sheikh sir sister abbot admiral brother canon cardinal
	chancellor senator doctor nurse matron premier rabbi
	win winter woodward worker world young able action advance alliance alive asthma beat beating care carers
	centre circle community connect connections create discovery empower engage equal focus forward future
	headway health heart home horizon impact improve insight inspire involve journey kidney life living lung
	mind motion move network novel open outlook partnership pathway people pulse reach respond rethink scope
	sense shelter skills solutions stroke support together touch turning understanding upbeat versus vision
	vista voice voices wellbeing`)
})

// titles stand before a person's name and are no part of it. Those by which people
// are also called (Earl, Judge, Sister) are not among them.
var titles = sync.OnceValue(func() map[string]bool {
	return set(`mr mrs ms miss mx dr doctor prof professor rev revd reverend fr cllr councillor capt col hon nurse matron the`)
})

// letters stand after a person's name.
var letters = sync.OnceValue(func() map[string]bool { return set(`mbe obe cbe kbe phd md frcp frcgp mrcp rn jr sr bsc msc`) })

// particles are the small words inside names.
var particles = sync.OnceValue(func() map[string]bool {
	return set(`of the and for in on at to a an de da di do dos das du del della der den des la le les lo van von
	vom zu zum zur ter ten al el ibn bin bint abu ben y e i s st saint san santa ap ab mc mac o`)
})

// suffixes end an organisation's name and are left out in use.
var suffixes = sync.OnceValue(func() map[string]bool {
	return set(`ltd limited plc llp llc inc corp corporation co company gmbh ag sa nv bv spa cic cio uk trust
	foundation nhs hospital hospitals charity group society association network university holdings
	pharmaceuticals pharma international europe england`)
})

// months, weekdays and other capitalised words that tell nobody apart.
var plainCapitals = sync.OnceValue(func() map[string]bool {
	return set(`i january february march april may june july august september october november december jan feb
	mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday christmas
	easter english british scottish welsh irish european american uk england scotland wales northern ireland
	britain europe nhs nice gp gps mp mps ppi ppg eu us covid it hr pr it's ok tv dvd cd pdf faq ngo hiv aids ms
	copd ibd ibs mri ct gdpr parkinson parkinsons alzheimer alzheimers crohn crohns hodgkin hodgkins raynaud
	raynauds sjogren sjogrens down downs tourette tourettes asperger aspergers mr mrs ms dr prof`)
})
