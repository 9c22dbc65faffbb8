// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model"
)

// Readers reads the flags -audience, which is public or members, and -k, of which
// 0 means the threshold for these readers.
func Readers(audience string, k int) (model.Audience, int, error) {
	readers, usual := model.Everyone, aggregate.KPublic
	switch audience {
	case "public":
	case "members":
		readers, usual = model.Members, aggregate.KMembers
	default:
		return readers, 0, fmt.Errorf("%w: -audience is public or members", program.ErrUsage)
	}
	if k == 0 {
		k = usual
	}
	if k < aggregate.Floor {
		return readers, 0, fmt.Errorf("%w: -k is 3 or more", program.ErrUsage)
	}
	return readers, k, nil
}

// Day reads the flag -now, without which agreements are judged at the moment now.
func Day(flag string, now time.Time) (time.Time, error) {
	if flag == "" {
		return now, nil
	}
	day, err := time.Parse(time.DateOnly, flag)
	if err != nil {
		return now, fmt.Errorf("%w: -now is a day, YYYY-MM-DD", program.ErrUsage)
	}
	return day, nil
}

// ErrKey says that a file holds no key.
var ErrKey = errors.New("the key file must hold at least 16 bytes as hexadecimal digits")

// Key reads the secret key at the beginning of a key file, and the words after it.
func Key(file []byte) (secret []byte, rest []string, err error) {
	words := strings.Fields(string(file))
	if len(words) == 0 {
		return nil, nil, ErrKey
	}
	secret, err = hex.DecodeString(words[0])
	if err != nil || len(secret) < 16 {
		return nil, nil, ErrKey
	}
	return secret, words[1:], nil
}
