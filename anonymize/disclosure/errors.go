// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"errors"
	"fmt"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// Errors that callers branch on. None of them carries a value of the data.
var (
	// ErrInput: records, lines or configuration contradict themselves.
	ErrInput = errors.New("disclosure: invalid input")
	// ErrInfeasible: nothing that may be published keeps the promise.
	ErrInfeasible = errors.New("disclosure: no transformation meets the requirement")
)

// ofRecoding makes a fault of package recode one of this package.
func ofRecoding(err error) error {
	switch {
	case errors.Is(err, recode.ErrInfeasible):
		return fmt.Errorf("%w: %w", ErrInfeasible, err)
	case errors.Is(err, recode.ErrInput):
		return fmt.Errorf("%w: %w", ErrInput, err)
	}
	return err
}
