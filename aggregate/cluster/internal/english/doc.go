// SPDX-License-Identifier: Apache-2.0

// Package english knows what clustering needs of the language: which words begin
// an objective, their -ing forms, and American spellings of British stems.
package english
