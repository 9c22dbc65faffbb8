// SPDX-License-Identifier: Apache-2.0

// Command gen writes the word table data/lexicon.bin from public word lists.
//
//	go run ./anonymize/recognize/internal/gen -lists DIR -dict /usr/share/dict -out anonymize/recognize/data/lexicon.bin
//
// DIR holds the raw lists that data/README.md names. The same lists give the
// same bytes.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model/text"
)

const (
	given   = 1 << 2
	surname = 1 << 3
	place   = 1 << 4
	proper  = 1 << 5
	term    = 1 << 6
)

func main() {
	lists := flag.String("lists", "", "folder of raw lists")
	dict := flag.String("dict", "/usr/share/dict", "folder of SCOWL word lists")
	out := flag.String("out", "anonymize/recognize/data/lexicon.bin", "file to write")
	flag.Parse()
	b, err := Build(*lists, *dict)
	if err == nil {
		err = os.WriteFile(*out, b, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// Build makes the table from the lists.
func Build(lists, dict string) ([]byte, error) {
	words := map[string]uint8{}
	var errs []error
	each := func(dir, name string, do func(line string)) {
		if err := lines(filepath.Join(dir, name), do); err != nil {
			errs = append(errs, err)
		}
	}
	for grade, name := range []string{1: "british-english-large", 2: "british-english", 3: "british-english-small"} {
		if name != "" {
			each(dict, name, func(l string) { dictionary(words, l, uint8(grade)) })
		}
	}
	each(dict, "american-english", func(l string) { dictionary(words, l, 2) })
	each(lists, "given-names-large.txt.gz", func(l string) { add(words, l, given) })
	first := func(l string) string { w, _, _ := strings.Cut(l, "\t"); return w }
	each(lists, "forenames-by-country.tsv", func(l string) { addEach(words, first(l), given) })
	each(lists, "surnames-by-country.tsv", func(l string) { addEach(words, first(l), surname) })
	each(lists, "british-places.tsv", func(l string) {
		f := strings.Split(l, "\t")
		if len(f) == 3 {
			add(words, squeeze(f[0]), place)
		}
	})
	each(lists, "surnames-large.txt.gz", func(l string) {
		// Only where the name is also a dictionary word or a given name: an
		// unknown capitalised word is a suspect without the list.
		if _, known := words[text.Fold(l)]; known {
			add(words, l, surname)
		}
	})
	each(lists, "safe-words.txt.gz", func(l string) {
		if _, known := words[text.Fold(l)]; !known && len(l) >= 7 && letters(l) && medical(l) {
			add(words, l, term)
		}
	})
	return table(words), errors.Join(errs...)
}

// medical keeps, of a long list of terms, those whose ending says what they
// are; the rest is proper names, codes and misspellings.
func medical(w string) bool {
	for _, e := range []string{
		"itis", "osis", "oma", "omas", "emia", "aemia", "pathy", "pathies", "logy", "logist", "logists", "logical", "ectomy", "otomy",
		"ostomy", "plasty", "scopy", "scopic", "graphy", "gram", "grams", "metry", "meter", "genic", "genesis", "genetic", "lysis", "lytic",
		"algia", "plegia", "phagia", "phasia", "trophy", "trophic", "toxic", "toxicity", "therapy", "therapies", "therapeutic",
		"iatric", "iatry", "iatrics", "ation", "ations", "ative", "ment", "ments", "ness", "ally", "able", "ible", "ated", "ating", "ing", "ed", "ical", "eal",
		"ular", "ous", "ism", "isms", "ist", "ists", "ity", "ities", "ine", "ines", "ide", "ides", "ate", "ates", "ase", "ases", "ose", "ic", "ics",
		"al", "ial", "ary", "ory", "ence", "ance", "ent", "ant", "ive", "ise", "ize", "ised", "ized", "uria", "rrhea", "rrhoea", "cyte", "cytes", "oid", "oids", "mab", "nib",
	} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

func dictionary(words map[string]uint8, l string, grade uint8) {
	if strings.HasSuffix(l, "'s") {
		return
	}
	f := text.Fold(l)
	if unicode.IsUpper([]rune(l)[0]) {
		words[f] |= proper
		return
	}
	words[f] = words[f]&^3 | max(words[f]&3, grade)
}

func addEach(words map[string]uint8, l string, flag uint8) {
	for w := range strings.FieldsSeq(strings.ReplaceAll(l, "-", " ")) {
		add(words, w, flag)
	}
}

func add(words map[string]uint8, l string, flag uint8) {
	if f := text.Fold(strings.TrimSpace(l)); len(f) > 1 {
		words[f] |= flag
	}
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text.Fold(s))
}

func letters(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

func lines(name string, do func(string)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		if l := strings.TrimSpace(sc.Text()); l != "" && l[0] != '#' {
			do(l)
		}
	}
	return sc.Err()
}

// table lays the words out as recognize/lexicon.go reads them.
func table(words map[string]uint8) []byte {
	keys := slices.Sorted(maps.Keys(words))
	n := uint64(len(keys))*100/82 + 7
	fp, flags := make([]byte, 3*n), make([]byte, n)
	for _, k := range keys {
		h := hash(k)
		i := (h >> 32) * n >> 32
		for flags[i] != 0 {
			i = (i + 1) % n
		}
		fp[3*i], fp[3*i+1], fp[3*i+2] = byte(h), byte(h>>8), byte(h>>16)
		flags[i] = words[k]
	}
	b := append([]byte("splexic1"), make([]byte, 8)...)
	binary.LittleEndian.PutUint32(b[8:], uint32(n))
	binary.LittleEndian.PutUint32(b[12:], uint32(len(keys)))
	return append(append(b, fp...), flags...)
}

func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}
