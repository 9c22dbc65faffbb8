// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// ErrProof says that a certificate, a ledger or a release is not what was signed.
var ErrProof = errors.New("disclosure: proof does not hold")

// Key makes commitments and signatures. Everything is derived from one secret
// of the working group: with it commitments to a holding can be compared,
// without it they cannot even be guessed at. Immutable; safe for concurrent use.
type Key struct {
	secret []byte
}

// NewKey takes a secret of at least 16 random bytes, better 32, and copies it.
func NewKey(secret []byte) (*Key, error) {
	if len(secret) < 16 {
		return nil, fmt.Errorf("%w: the key needs 16 bytes at least", ErrInput)
	}
	return &Key{secret: bytes.Clone(secret)}, nil
}

// Format prints nothing of the key.
func (k *Key) Format(s fmt.State, _ rune) { fmt.Fprint(s, "[key]") }

// mac is HMAC-SHA-256 over the parts, each with its length, under a purpose of
// its own; 64 lower-case hex digits.
func (k *Key) mac(purpose string, parts ...string) string {
	return hex.EncodeToString(k.raw(purpose, parts...))
}

func (k *Key) raw(purpose string, parts ...string) []byte {
	h := hmac.New(sha256.New, k.secret)
	for _, p := range append([]string{"disclosure", purpose}, parts...) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}

func (k *Key) signer() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(k.raw("signature")) }

// PublicKey returns, in hex, the key that checks certificates. It tells nothing
// of the secret and may be published, best where a reader looks first.
func (k *Key) PublicKey() string {
	public, ok := k.signer().Public().(ed25519.PublicKey)
	if !ok {
		return ""
	}
	return hex.EncodeToString(public)
}

func (k *Key) sign(message []byte) string {
	return hex.EncodeToString(ed25519.Sign(k.signer(), message))
}

func signed(publicKey string, message []byte, signature string) bool {
	public, err := hex.DecodeString(publicKey)
	if err != nil || len(public) != ed25519.PublicKeySize {
		return false
	}
	sig, err := hex.DecodeString(signature)
	// One spelling only: capital digits would be a change that does not show.
	return err == nil && hex.EncodeToString(sig) == signature && hex.EncodeToString(public) == publicKey &&
		ed25519.Verify(public, message, sig)
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// canonical is the one way in which proofs are written, so that changing any
// byte of one changes what it says or is seen as another spelling.
func canonical(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("disclosure: encode: %w", err)
	}
	return b.Bytes(), nil
}

// parseCanonical reads what canonical wrote, and only that.
func parseCanonical(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if d.Decode(v) != nil {
		return fmt.Errorf("%w: malformed", ErrProof)
	}
	again, err := canonical(v)
	if err != nil || !bytes.Equal(again, data) {
		return fmt.Errorf("%w: not in canonical form", ErrProof)
	}
	return nil
}
