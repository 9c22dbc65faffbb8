// SPDX-License-Identifier: Apache-2.0

package recognize

// builtin lists the built-in recognisers in the order in which they run.
func builtin() []Recognizer {
	return []Recognizer{
		rule{"email", emails},
		rule{"url", urls},
		rule{"handle", both(handles, fileNames)},
		rule{"phone", phones},
		rule{"address", addresses},
		rule{"postcode", postcodes},
		rule{"health-number", healthNumbers},
		rule{"code", codes},
		rule{"registration", registrations},
		rule{"bank", bank},
		rule{"date", both(dates, calendar)},
		rule{"age", ages},
		rule{"money", money},
		rule{"number", numbers},
		rule{"figure", both(oddFigures, counts)},
		rule{"claim", claims},
		rule{"spelled", spelled},
		rule{"premises", premises},
		rule{"title", both(quoted, documents)},
		rule{"duration", durations},
		rule{"initials", initialled},
		rule{"partners", partners},
		rule{"body", both(bodies, national)},
		rule{"medicine", medicines},
		rule{"programme", programmes},
		rule{"name", both(speakers, firstNames)},
		nameFinder{tagger},
	}
}

// both runs one after the other.
func both(one, two func(*Document, func(Finding))) func(*Document, func(Finding)) {
	return func(d *Document, emit func(Finding)) {
		one(d, emit)
		two(d, emit)
	}
}
