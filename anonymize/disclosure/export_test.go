// SPDX-License-Identifier: Apache-2.0

package disclosure

// What only the tests of this package reach from outside.
type (
	SealedHalf = sealedHalf
	Places     = places
)

const (
	ReasonSupport   = reasonSupport
	ReasonAdds      = reasonAdds
	ReasonWithdraws = reasonWithdraws
	ReasonIsolates  = reasonIsolates
	WordingPhrase   = wordingPhrase
	PhraseWords     = phraseWords
)

var DefaultHierarchies = defaultHierarchies

var ReadAlike = readAlike
