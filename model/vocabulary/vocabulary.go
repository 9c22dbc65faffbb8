// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"embed"
	"io/fs"
	"sync"
)

//go:embed data
var data embed.FS

// embedded returns the built-in vocabularies as files, so that a user can read
// their form, copy one and change it.
func embedded() fs.FS {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		panic("vocabulary: built-in data: " + err.Error()) // constant path
	}
	return sub
}

var builtIn = sync.OnceValue(func() *Set {
	s, err := Load(embedded())
	if err != nil {
		panic(err) // the package's own data, which its tests load
	}
	return s
})

// Default returns the built-in set. It is parsed on the first call and shared
// afterwards; importing the package parses nothing. Safe for concurrent use.
func Default() *Set { return builtIn() }
