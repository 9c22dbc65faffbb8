// SPDX-License-Identifier: Apache-2.0

package model

import (
	"errors"
	"slices"
)

// Level says how far an example may be disclosed, from closed to open. The zero
// value discloses nothing. Levels are ordered: the smaller is the more closed.
type Level uint8

// The levels of an agreement.
const (
	Withheld   Level = iota // nothing, not even in a total
	Aggregate               // only counts and statements that enough holdings share
	Anonymous               // content yes, identity and affiliation no
	Attributed              // named as agreed, exact text approved
	Public                  // already in the public domain, with references
)

// Audience names the readers of a publication, from narrow to wide. The zero
// value is the narrowest.
type Audience uint8

// The audiences of an agreement.
const (
	WorkingGroup Audience = iota
	Members
	Partners
	Everyone
)

// NameForm says in which form an attributed contributor is named. The zero value is none.
type NameForm uint8

// The forms of a name, from closed to open.
const (
	NameNone NameForm = iota
	NameRole
	NameOrganisationType
	NameOrganisation
	NameFirst
	NameFull
)

// errUnknownValue says that a text is none of the values a field may have. The
// error never holds the text.
var errUnknownValue = errors.New("model: unknown value")

func levelNames() []string {
	return []string{"withheld", "aggregate", "anonymous", "attributed", "public"}
}

func audienceNames() []string {
	return []string{"working-group", "members", "partners", "public"}
}

func nameFormNames() []string {
	return []string{"none", "role", "org-type", "org", "first-name", "full"}
}

func (l Level) String() string { return nameOf(levelNames(), int(l)) }

// MarshalText implements encoding.TextMarshaler.
func (l Level) MarshalText() ([]byte, error) { return marshalName(levelNames(), int(l)) }

// UnmarshalText implements encoding.TextUnmarshaler. On error the level is Withheld.
func (l *Level) UnmarshalText(b []byte) error { return unmarshalName(levelNames(), b, l) }

func (a Audience) String() string { return nameOf(audienceNames(), int(a)) }

// MarshalText implements encoding.TextMarshaler.
func (a Audience) MarshalText() ([]byte, error) { return marshalName(audienceNames(), int(a)) }

// UnmarshalText implements encoding.TextUnmarshaler. On error the audience is WorkingGroup.
func (a *Audience) UnmarshalText(b []byte) error { return unmarshalName(audienceNames(), b, a) }

func (n NameForm) String() string { return nameOf(nameFormNames(), int(n)) }

// MarshalText implements encoding.TextMarshaler.
func (n NameForm) MarshalText() ([]byte, error) { return marshalName(nameFormNames(), int(n)) }

// UnmarshalText implements encoding.TextUnmarshaler. On error the form is NameNone.
func (n *NameForm) UnmarshalText(b []byte) error { return unmarshalName(nameFormNames(), b, n) }

func nameOf(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return "invalid"
}

func marshalName(names []string, i int) ([]byte, error) {
	if i >= len(names) {
		return nil, errUnknownValue
	}
	return []byte(names[i]), nil
}

func unmarshalName[T ~uint8](names []string, b []byte, to *T) error {
	i := slices.Index(names, string(b))
	if i < 0 {
		*to = 0
		return errUnknownValue
	}
	*to = T(i)
	return nil
}
