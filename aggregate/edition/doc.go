// SPDX-License-Identifier: Apache-2.0

// Package edition is the front door of publication: whatever a working group
// gives out goes through it, and is safe beside everything it gave out before.
//
//	press, err := edition.Open(ctx, edition.File("private/ledger"), key, edition.Config{Audience: model.Everyone, Now: now})
//	draft, err := press.Draft(ctx, records)     // as often as wished; leaves no trace
//	issue, err := press.Publish(ctx, records)   // entered in the ledger, whole or not at all
//
// An Edition is a collection of what the records say together, a release of the
// records themselves, and a certificate over both. Beside all earlier editions,
// for whichever readers, it shows no change that rests on fewer than k
// contributors: an item that would is printed as it was last printed (frozen),
// or is held back where it never was; while fewer than k have changed, none appears.
// What is frozen or held back comes out when as many as k have changed, or as many as
// the strictest of those who are counted asks for. Edition.Held says how much that is,
// and how many. What appears is held against every edition that its readers may have read:
// members read those for everyone as well, and an edition for everyone is read by members.
//
// What was printed for members among fewer than the threshold of an edition for everyone
// stays in editions for members, whoever opens it later: readers know these few as those
// who are read alike there. Where as many as that threshold open together, they come.
//
// Where members read an edition before the first for everyone, a line of that tells no more
// than members read in it; where fewer than the threshold of a class would be seen to
// differ, it tells nothing but what its class reads alike in. Whoever can begins with the
// edition for everyone.
//
// Readers for members read public editions too, so both are kept in one store,
// under one key. Whoever has the key and not the store cannot go on: keep both.
// Config.Noted tells a store that was lost, or an older copy of it, from the one
// that was published from last; without it an older copy cannot be told.
//
// Records may be stored and loaded again. When a party joins, or one declares
// something anew, anonymize.Anonymizer.Again says which of them must be made again
// before the next edition, and why. Given as Config.Again it is asked at the door:
// a draft tells what it says, and no edition is made of such records.
//
// Rotate goes on under another key, and keeps what every edition promised.
//
// Who is left out beside somebody who left is chance under the key: were it decided by
// what lines say, whoever has this program could tell for which of them the others are
// the ones chosen.
//
// A line that was left out so that somebody who left is one of k comes back when
// that one does, or when k of those who were left out together have gone: if it came
// back before, everybody could see who had not. A number that cannot be told beside
// earlier ones is printed as it was, and so may count up to k-1 who have left since;
// no line of theirs, and no word, is printed any more. Held.Frozen says how many
// such numbers there are. Were they left out instead, what is missing would tell
// what they had said.
//
// Of lines that read alike so many are printed that one can leave at the cost of k-1
// others: those of k contributors, or of 2k or more, for fewer than k of a class cannot
// stay behind; in a collection of fewer than 6k contributors those of a multiple of k, or
// of 4k or more, so that three can leave so, one after the other. Lines are read more
// broadly for it, and where that does not help, up to k-1 contributors (2k-1 of a class
// that loses one who asks for more) wait until others join; they are not counted either,
// where a count beside the lines would show them.
//
// No rule does without. Exactly k must go with each who leaves, or readers see fewer; k or
// none must stay. So of a class that is no multiple of k the last k go with 1 to k-1 more:
// of 24, each of four who leave costs 4, 4, 4 and 8 others, of 19, were they printed, 4, 4
// and 8. Nobody who was left out beside an earlier one can hide a later one: he is gone
// already, and whoever subtracts two editions looks at those who went between them. Whoever
// leaves of those costs nothing.
//
// Where contributors have several lines in such a class, each who leaves costs lines of
// k-1 others. All lines of these go, and all others of who left, where otherwise the next
// who leaves would cost more contributors theirs: mostly one or two lines more than k-1.
//
// Those whose agreements ask for more than k, and no more than twice as many, are in an
// edition where as many of them are there as they ask for; where fewer are they are in none,
// but for who was printed. Within a topic a number waits where one of them is among fewer
// than that one asks for, so that whoever holds all numbers against all lines may see which
// lines are theirs: these are of as many. A higher threshold for all takes everybody in.
// Held.Stricter says how many are left out.
//
// They are told among as many as they ask for, and come and go with as many; the others
// still with k-1, but where nothing could be printed without those who ask for more. While
// one of them is in a release, lines that are made anew tell only what as many tell as that
// one asks for: what fewer tell would show whose line is not that one's. Newcomers who are
// for members only are printed once they are k, or beside many who are for everyone: torn
// from such a class by the next edition for everyone, the rest could not be printed in it
// again.
//
// It does not protect against those who pool what they know of their own
// examples, nor against words that a contributor approved for print.
package edition
