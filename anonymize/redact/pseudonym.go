// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"maps"
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// MinKey is the least number of bytes of a key.
const MinKey = 16

// ErrKey says that a key is needed and missing, or is shorter than 16 bytes.
var ErrKey = errors.New("redact: a key of at least 16 bytes is needed")

// tokenPattern is the shape of a keyed token. Letters and digits take turns and
// there are no vowels, so that no name can pass for a token.
const tokenPattern = `(?:[b-df-hj-np-tv-xz][2-9]){5}`

// identity is the keyed hash of an entity in a collection; 256 bits.
func identity(key []byte, collection, noun, entity string) [sha256.Size]byte {
	mac := hmac.New(sha256.New, key)
	for _, part := range []string{"sharedpractice pseudonym 1", collection, noun, entity} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(part)))
		mac.Write(n[:])
		mac.Write([]byte(part))
	}
	return [sha256.Size]byte(mac.Sum(nil))
}

// token shows 36 bits of an identity, enough that two entities of a collection
// of thousands hardly ever share one.
func token(id [sha256.Size]byte) string {
	const letters = "bcdfghjkmnpqrstvwxz"
	n := binary.BigEndian.Uint64(id[:8])
	var b strings.Builder
	for range 5 {
		b.WriteByte(letters[n%uint64(len(letters))])
		n /= uint64(len(letters))
		b.WriteByte(byte('2' + n%8))
		n /= 8
	}
	return b.String()
}

// numbering gives numbers in order of appearance.
type numbering struct {
	of   map[string]int    // by noun and entity
	last map[string]int    // by noun
	orig map[string]string // by noun and entity: the first text, for the key file
	over *numbering        // what is given already, in a draft
}

func newNumbering() *numbering {
	return &numbering{of: map[string]int{}, last: map[string]int{}, orig: map[string]string{}}
}

// reserve keeps a number that stands in the text already from being given.
func (n *numbering) reserve(label string) {
	noun, number, ok := strings.Cut(strings.ToLower(label), " ")
	if i, err := strconv.Atoi(number); ok && err == nil {
		n.last[noun] = max(n.last[noun], i)
	}
}

func (n *numbering) number(noun, entity, original string) int {
	key := noun + "\x00" + entity
	for m := n; m != nil; m = m.over {
		if i, ok := m.of[key]; ok {
			return i
		}
	}
	n.last[noun]++
	n.of[key] = n.last[noun]
	n.orig[key] = original
	return n.last[noun]
}

// pseudonyms are the names given during one call, or one stream.
type pseudonyms struct {
	collection string // or "", where each document numbers anew
	key        []byte
	documents  map[string]*numbering // by document
	keys       *KeyFile              // nil where none is wanted
	over       *pseudonyms           // of a draft: what it is a draft of
}

func newPseudonyms(collection string, key []byte, keys *KeyFile) *pseudonyms {
	return &pseudonyms{collection: collection, key: key, documents: map[string]*numbering{}, keys: keys}
}

// draft names as p would, and leaves no trace in it or its key file.
func (p *pseudonyms) draft() *pseudonyms {
	d := newPseudonyms(p.collection, p.key, nil)
	d.over = p
	return d
}

// in is the numbering of a document.
func (p *pseudonyms) in(document string) *numbering {
	n := p.documents[document]
	if n == nil {
		n = newNumbering()
		if p.over != nil {
			n.over = p.over.in(document)
			maps.Copy(n.last, n.over.last)
		}
		p.documents[document] = n
	}
	return n
}

// name is the pseudonym of an entity, without brackets.
func (p *pseudonyms) name(document string, kind recognize.Kind, subtype, entity, original string) string {
	noun := labelOf(kind, subtype).numbered
	var name string
	if p.collection != "" {
		name = noun + " " + token(identity(p.key, p.collection, noun, entity))
		document = p.collection
	} else {
		name = noun + " " + strconv.Itoa(p.in(document).number(noun, entity, original))
	}
	p.keys.add(document, name, original)
	return name
}
