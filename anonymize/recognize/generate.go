// SPDX-License-Identifier: Apache-2.0

package recognize

//go:generate go run ./internal/gen -lists $GAZETTEERS -dict /usr/share/dict -out data/lexicon.bin
