// SPDX-License-Identifier: Apache-2.0

package recognize

// builtin lists the built-in recognisers in the order in which they run.
func builtin() []Recognizer {
	return []Recognizer{
		rule{"email", emails},
		rule{"url", urls},
		rule{"handle", all(handles, fileNames, endedFiles)},
		rule{"phone", phones},
		rule{"address", addresses},
		rule{"postcode", postcodes},
		rule{"health-number", healthNumbers},
		rule{"code", codes},
		rule{"registration", registrations},
		rule{"bank", bank},
		rule{"date", all(dates, calendar, dateLists)},
		rule{"age", ages},
		rule{"money", money},
		rule{"number", numbers},
		rule{"figure", all(oddFigures, counts)},
		rule{"claim", claims},
		rule{"post", posts},
		rule{"spelled", spelled},
		rule{"premises", premises},
		rule{"title", all(quoted, linked, documents, apposed, between, beforeKind, afterKind, dayNames, namedTimes, opening, headed, labelledNames, episodes, awardNames, datedTitles)},
		rule{"duration", durations},
		rule{"initials", initialled},
		rule{"partners", partners},
		rule{"body", all(bodies, national, conditionBodies, bodiesWithoutArticle, namedGroups, glossed, subjects, lowerBodies, lowerScraps)},
		rule{"medicine", medicines},
		rule{"programme", all(programmes, programmesOfKinds, awardLines, writtenOut, longForm, lettersOfBody)},
		rule{"name", all(speakers, firstNames, paired, attendance, reversed, minuted, transcript, lettered, signed, lowerNames)},
		nameFinder{tagger},
	}
}

// all runs one after the other.
func all(rules ...func(*Document, func(Finding))) func(*Document, func(Finding)) {
	return func(d *Document, emit func(Finding)) {
		for _, run := range rules {
			run(d, emit)
		}
	}
}
