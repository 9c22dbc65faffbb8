// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"fmt"
	"log/slog"

	"github.com/sharedpractice/sharedpractice/anonymize/internal/leak"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// leakKind names a kind of leak.
type leakKind string

// The kinds of leak. The first three are certain: a text that has one must not
// go out. The others are suspicions, for a person to look at, or to fail on
// where nobody looks.
const (
	leakDeclared   leakKind = "declared"   // a form of a declared name
	leakIdentifier leakKind = "identifier" // what looks like an address, number or code
	leakVerbatim   leakKind = "verbatim"   // 8 or more words in a row of a public source
	leakSound      leakKind = "sound"      // a capitalised word that sounds like a declared name
	leakCapital    leakKind = "capital"    // a capitalised word of the original that occurs nowhere else
)

// Certain reports whether a leak of this kind must not go out.
func (k leakKind) Certain() bool {
	return k == leakDeclared || k == leakIdentifier || k == leakVerbatim
}

// verbatimRun is the number of words in a row by which a search engine finds a
// text; shorter runs are common to unrelated texts.
const verbatimRun = 8

// leakFound is a place where something survived. It never holds the text.
type leakFound struct {
	Kind  leakKind `json:"kind"`
	Text  int      `json:"text"`  // index of the text
	Place int      `json:"place"` // byte offset in it
}

// leakInputs holds the secrets and texts that checkLeaks looks for, and prints none.
type leakInputs struct {
	// Secrets are declared names, with their kinds: the parts of a person's name
	// are secret one by one, an organisation's without its legal suffix and as acronym.
	Secrets []recognize.Declared
	// Originals are the texts from which the outputs were made. With them, rare
	// capitalised words that survived are reported.
	Originals []string
	// Others are texts of other contributors; a word that occurs there is not rare.
	Others []string
	// PublicSources are texts about the contributor that anybody can find.
	PublicSources []string
	// Allowed are words and names that may stand.
	Allowed []string

	forms *leak.Forms // instead of Secrets, where they were prepared before
}

// Format implements fmt.Formatter: it prints counts only.
func (in leakInputs) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "[leak input: %d secrets, %d originals]", len(in.Secrets), len(in.Originals))
}

// LogValue implements slog.LogValuer.
func (in leakInputs) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(in)) }

// LeakError says that a check found leaks: of which kind the first is, how many
// there are, and where the first stands.
type LeakError struct {
	Kind        leakKind
	Count       int
	Text, Place int
}

func (e *LeakError) Error() string {
	return fmt.Sprintf("anonymize: leak check: %d found, first: %s in text %d at byte %d", e.Count, e.Kind, e.Text, e.Place)
}

// checkLeaks reads outputs with code that shares nothing with the recognisers
// and reports what survived, in the order of texts and places: forms of the
// secrets with letters spaced, joined, disguised or misspelt, shapes of
// identifiers without regard to context, runs of 8 words of a public source, and
// rare capitalised words of the originals. Nothing found is no proof; anything
// certain that is found is a failure.
func checkLeaks(out []string, in leakInputs) []leakFound {
	forms := in.forms
	if forms == nil {
		forms = leak.Prepare(secretsOf(in.Secrets))
	}
	var leaks []leakFound
	for _, l := range leak.Check(out, leak.Input{
		Forms: forms, Originals: in.Originals, Others: in.Others,
		Sources: in.PublicSources, Allowed: in.Allowed, Run: verbatimRun,
	}) {
		leaks = append(leaks, leakFound{Kind: leakKind(l.Kind), Text: l.Text, Place: l.Place})
	}
	return leaks
}

func secretsOf(declared []recognize.Declared) []leak.Secret {
	secrets := make([]leak.Secret, 0, len(declared))
	for _, s := range declared {
		secrets = append(secrets, leak.Secret{Name: s.Name, Forms: s.Forms, Person: s.Kind == recognize.Person})
	}
	return secrets
}

// leakErr is the error for the leaks that are certain, or for all of them if
// suspicion is enough; nil if there are none.
func leakErr(leaks []leakFound, suspicion bool) error {
	var err *LeakError
	for _, l := range leaks {
		if !suspicion && !l.Kind.Certain() {
			continue
		}
		if err == nil {
			err = &LeakError{Kind: l.Kind, Text: l.Text, Place: l.Place}
		}
		err.Count++
	}
	if err == nil {
		return nil
	}
	return err
}

// linkage is how well somebody who holds a profile of each contributor, such as
// what its web site says, could tell whose a text is.
type linkage struct {
	// Ranks holds for each text the place of its own contributor's profile, from 1,
	// when the profiles are ordered by likeness of words; a tie counts half.
	Ranks []float64
	// First is the share of texts whose own profile comes first (a rank below 1.5);
	// Chance is the share by guessing.
	First, Chance float64
}

// linkageTest orders the profiles by TF-IDF likeness to each text. own gives for
// each text the index of its contributor's profile; lengths that differ or an
// index outside the profiles are an error. Near chance is what anonymous texts
// should give; it is a simple attacker, not the best one.
func linkageTest(texts []string, own []int, profiles []string) (linkage, error) {
	if len(own) != len(texts) || len(profiles) == 0 {
		return linkage{}, fmt.Errorf("anonymize: linkage test: %d texts, %d owners, %d profiles", len(texts), len(own), len(profiles))
	}
	for i, o := range own {
		if o < 0 || o >= len(profiles) {
			return linkage{}, fmt.Errorf("anonymize: linkage test: text %d has no profile", i)
		}
	}
	l := linkage{Ranks: leak.Ranks(texts, own, profiles), Chance: 1 / float64(len(profiles))}
	first := 0
	for _, r := range l.Ranks {
		if r < 1.5 {
			first++
		}
	}
	if len(texts) > 0 {
		l.First = float64(first) / float64(len(texts))
	}
	return l, nil
}
