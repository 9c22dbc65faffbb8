# SPDX-License-Identifier: Apache-2.0
"""Makes the word table.

usage: table.py WORDS.txt WORDS.npy SENTENCES.txt SENTENCES.npy RANKED.txt OUT.bin [DIMENSIONS [RIDGE]]

WORDS.txt: the vocabulary, one folded word a line; WORDS.npy, SENTENCES.npy: what minilm.py made of the lines;
RANKED.txt: words of general English, the commonest first (their ranks stand for frequencies).

1. Centre the vectors, turn them to the strongest DIMENSIONS directions of words and sentences together.
2. Scale each word by a/(a+p), a = 0.001, p its frequency by Zipf's law.
3. Correct the rows by ridge regression, so that the mean of a sentence's rows comes near to the sentence's vector;
   the ridge holds rare words at what they mean alone.
4. One byte a number, one scale a word.
"""
import re
import struct
import sys
import numpy as np
import scipy.sparse as sp

words, word_npy, sents, sent_npy, ranked, out = sys.argv[1:7]
dims = int(sys.argv[7]) if len(sys.argv) > 7 else 128
ridge = float(sys.argv[8]) if len(sys.argv) > 8 else 4.0
V = open(words, encoding='utf-8').read().split()
S = open(sents, encoding='utf-8').read().split('\n')
E, T = np.load(word_npy).astype(np.float32), np.load(sent_npy).astype(np.float32)
S = S[:len(T)]
rank = {w: i for i, w in enumerate(open(ranked, encoding='utf-8').read().split('\n'))}
p = 1 / ((np.array([rank.get(w, 150000) for w in V]) + 3) * 12.5)
E, T = E - E.mean(0), T - T.mean(0)
_, q = np.linalg.eigh(T.T @ T / len(T) + E.T @ E / len(E))
q = q[:, ::-1][:, :dims]
Y, R = T @ q, (E @ q) * (1e-3 / (1e-3 + p))[:, None]
index = {w: i for i, w in enumerate(V)}
join = re.compile(r'\b(co|re|pre|non|anti|de|un|e|multi|inter|sub)-(?=[a-z])')
rows, cols, vals = [], [], []
for i, s in enumerate(S):
    js = [index[w] for w in re.findall('[a-z]+', join.sub(r'\1', s.lower())) if w in index]
    rows += [i] * len(js)
    cols += js
    vals += [1 / max(3, len(js))] * len(js)
X = sp.csr_matrix((vals, (rows, cols)), shape=(len(S), len(V)), dtype=np.float32)
P = X @ R
R *= (P * Y).sum() / (P * P).sum()
A, r = (X.T @ X).tocsr(), X.T @ (Y - X @ R)
Z, d, rr = np.zeros_like(R), r.copy(), (r * r).sum(0)
for _ in range(60):  # conjugate gradients
    g = A @ d + ridge * d
    a = rr / np.maximum((d * g).sum(0), 1e-20)
    Z += a * d
    r -= a * g
    n = (r * r).sum(0)
    d, rr = r + n / np.maximum(rr, 1e-20) * d, n
R += Z
o = sorted(range(len(V)), key=lambda i: V[i])
V, R = [V[i] for i in o], R[o]
scale = np.maximum(np.abs(R).max(1) / 127, 1e-9)
blob = ('\n'.join(V) + '\n').encode()
with open(out, 'wb') as f:
    f.write(b'SPWT1\n' + struct.pack('<III', dims, len(V), len(blob)) + blob + scale.astype('<f4').tobytes()
            + np.clip(np.rint(R / scale[:, None]), -127, 127).astype(np.int8).tobytes())
