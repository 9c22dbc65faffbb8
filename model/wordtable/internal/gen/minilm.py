# SPDX-License-Identifier: Apache-2.0
"""all-MiniLM-L6-v2 in numpy: texts to unit vectors (mean pooling).  usage: minilm.py MODEL_DIR < texts > vectors.npy"""
import sys
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer


class MiniLM:
    def __init__(self, folder):
        self.w = {k: v.astype(np.float32) for k, v in load_file(folder + '/model.safetensors').items() if v.dtype != np.int64}
        self.tok = Tokenizer.from_file(folder + '/tokenizer.json')
        self.tok.no_padding()
        self.tok.enable_truncation(64)

    def _lin(self, x, name):
        return x @ self.w[name + '.weight'].T + self.w[name + '.bias']

    def _norm(self, x, name):
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        return x * self.w[name + '.weight'] + self.w[name + '.bias']

    def forward(self, ids):
        n, length = ids.shape
        e = 'embeddings.'
        x = self.w[e + 'word_embeddings.weight'][ids] + self.w[e + 'position_embeddings.weight'][:length] \
            + self.w[e + 'token_type_embeddings.weight'][0]
        x = self._norm(x, e + 'LayerNorm')
        for layer in range(6):
            p = f'encoder.layer.{layer}.'
            q, k, v = (self._lin(x, p + 'attention.self.' + s).reshape(n, length, 12, 32).transpose(0, 2, 1, 3)
                       for s in ('query', 'key', 'value'))
            s = q @ k.transpose(0, 1, 3, 2) / np.float32(32 ** .5)
            s = np.exp(s - s.max(-1, keepdims=True))
            s /= s.sum(-1, keepdims=True)
            o = (s @ v).transpose(0, 2, 1, 3).reshape(n, length, 384)
            x = self._norm(x + self._lin(o, p + 'attention.output.dense'), p + 'attention.output.LayerNorm')
            h = self._lin(x, p + 'intermediate.dense')
            h = 0.5 * h * (1 + np.tanh(0.7978845608 * (h + 0.044715 * h ** 3)))  # GELU, within 1e-3
            x = self._norm(x + self._lin(h, p + 'output.dense'), p + 'output.LayerNorm')
        m = x.mean(1)
        return m / np.linalg.norm(m, axis=1, keepdims=True)

    def encode(self, texts):
        ids = [e.ids for e in self.tok.encode_batch(texts)]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out, i = np.zeros((len(ids), 384), np.float16), 0
        while i < len(order):  # batches of one length need no padding
            length, j = len(ids[order[i]]), i
            while j < len(order) and j - i < max(16, 2048 // length) and len(ids[order[j]]) == length:
                j += 1
            rows = order[i:j]
            out[rows] = self.forward(np.array([ids[r] for r in rows]))
            i = j
        return out


if __name__ == '__main__':
    np.save(sys.stdout.buffer, MiniLM(sys.argv[1]).encode([line.rstrip('\n') for line in sys.stdin]))
