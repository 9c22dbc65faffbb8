// SPDX-License-Identifier: Apache-2.0

// Package numeric is the arithmetic of clustering: dense and sparse matrices,
// eigenvectors, latent semantic analysis, k-means, average linkage, and hashes
// that take the place of chance. It knows nothing of texts. Sums are taken in
// fixed blocks and order, so that every processor and any number of workers gives
// the same bits.
package numeric
