// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// releaseLines makes up n records in classes of four.
func releaseLines(n int) []disclosure.ReleaseLine {
	var out []disclosure.ReleaseLine
	for i := range n {
		out = append(out, disclosure.ReleaseLine{
			ID:        fmt.Sprintf("r%d", i),
			Line:      fmt.Appendf(nil, `{"id":"r%d","region":"rg:%d","types":["b","a"],"note":"made up"}`, i, i/4),
			Holdings:  crowd(i, 1),
			K:         3 + i%2,
			Agreement: "agreement of everybody",
		})
	}
	return out
}

func certify(t *testing.T, lines []disclosure.ReleaseLine, l *disclosure.Ledger) (*disclosure.Proof, error) {
	t.Helper()
	return disclosure.Certify(lines, disclosure.CertificateConfig{
		Key: testKey(t), Edition: "e1", Requirement: recode.Requirement{K: 3},
		Quasi: []string{"region", "types", "absent"}, Ledger: l, Stated: []string{"leak-check"},
		Items: []disclosure.Item{{Key: "topic:trust", Shown: "5 of 8", K: 5, Holdings: crowd(0, 5)}},
		Files: map[string][]byte{"collection.json": []byte("{\"made up\":true}\n"), "a.json": []byte("{}")},
	})
}

func TestCertificateRejectsAnyChangedByte(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	l := openLedger(t, path)
	lines := releaseLines(8)
	lines = append(lines, disclosure.ReleaseLine{ID: "named", Line: []byte(`{"id":"named","level":"attributed"}`), Holdings: crowd(99, 1), Named: true})
	p, err := certify(t, lines, l)
	require.NoError(t, err)
	require.NoError(t, p.Commit())
	ledger, err := os.ReadFile(path)
	require.NoError(t, err)

	good := disclosure.Bundle{
		Release: p.Release, Certificate: p.Certificate, Ledger: ledger,
		PublicKey: testKey(t).PublicKey(), Sealed: p.Sealed, Key: testKey(t),
		Files: map[string][]byte{"collection.json": []byte("{\"made up\":true}\n")},
	}
	c, err := disclosure.VerifyCertificate(good)
	require.NoError(t, err)
	require.Equal(t, [][]int{{1, 2, 3, 4}, {5, 6, 7, 8}}, c.Classes)
	require.Equal(t, []int{9}, c.Named)
	_, err = disclosure.VerifyCertificate(disclosure.Bundle{Release: p.Release, Certificate: p.Certificate, Ledger: ledger})
	require.NoError(t, err, "from outside")

	for name, part := range map[string]func(*disclosure.Bundle) *[]byte{
		"release":     func(e *disclosure.Bundle) *[]byte { return &e.Release },
		"certificate": func(e *disclosure.Bundle) *[]byte { return &e.Certificate },
		"ledger":      func(e *disclosure.Bundle) *[]byte { return &e.Ledger },
		"private":     func(e *disclosure.Bundle) *[]byte { return &e.Sealed },
	} {
		whole := *part(&good)
		for i := range whole {
			if testing.Short() && i%7 > 0 {
				continue
			}
			// A flipped bit, the other case of a letter, and a space.
			for _, b := range []byte{whole[i] ^ 1<<(i%8), whole[i] ^ 0x20, ' '} {
				if b == whole[i] || b != whole[i]^1<<(i%8) && os.Getenv("SHAREDPRACTICE_EVAL") == "" && i%5 > 0 {
					continue // the whole of it on request
				}
				ev := disclosure.Bundle{Release: p.Release, Certificate: p.Certificate, Ledger: ledger}
				if name == "private" {
					ev = good
				}
				changed := bytes.Clone(whole)
				changed[i] = b
				*part(&ev) = changed
				_, err := disclosure.VerifyCertificate(ev)
				require.ErrorIs(t, err, disclosure.ErrProof, "%s, byte %d", name, i)
			}
		}
		for _, changed := range [][]byte{whole[:len(whole)-1], append(bytes.Clone(whole), '\n'), {}} {
			ev := good
			*part(&ev) = changed
			_, err := disclosure.VerifyCertificate(ev)
			require.ErrorIs(t, err, disclosure.ErrProof, name)
		}
	}
}

func TestCertificateBindsFiles(t *testing.T) {
	p, err := certify(t, releaseLines(8), nil)
	require.NoError(t, err)
	const name, body = "collection.json", "{\"made up\":true}\n"
	verify := func(files map[string][]byte) error {
		_, err := disclosure.VerifyCertificate(disclosure.Bundle{Release: p.Release, Certificate: p.Certificate, Files: files})
		return err
	}
	require.NoError(t, verify(map[string][]byte{name: []byte(body)}))
	require.NoError(t, verify(map[string][]byte{name: []byte(body), "a.json": []byte("{}")}))
	for i := range len(body) {
		changed := []byte(body)
		changed[i] ^= 1
		require.ErrorIs(t, verify(map[string][]byte{name: changed}), disclosure.ErrProof, "byte %d", i)
	}
	require.ErrorIs(t, verify(map[string][]byte{name: []byte("{}")}), disclosure.ErrProof, "another file's bytes")
	require.ErrorIs(t, verify(map[string][]byte{"b.json": []byte(body)}), disclosure.ErrProof, "a file that was not certified")
	_, err = disclosure.Certify(releaseLines(8), disclosure.CertificateConfig{
		Key: testKey(t), Edition: "e1", Requirement: recode.Requirement{K: 3}, Quasi: []string{"region"},
		Files: map[string][]byte{"Made Up": nil},
	})
	require.ErrorIs(t, err, disclosure.ErrInput)
}

func TestCertificateShowsNoSecret(t *testing.T) {
	p, err := certify(t, releaseLines(8), nil)
	require.NoError(t, err)
	require.NotContains(t, string(p.Certificate), `"k"`, "thresholds are shown as buckets")
	require.NotContains(t, string(p.Certificate), "holding ")
	require.NotContains(t, string(p.Sealed), "holding ")
	require.NotContains(t, string(p.Certificate)+string(p.Sealed), "agreement of everybody")
	require.NotContains(t, fmt.Sprintf("%v %+v %#v %s", p, p, p, p), "made up")

	// Whoever asks for more than the edition is not shown by what is promised of where it is.
	strict := releaseLines(24)
	for i := range strict {
		strict[i].Line = fmt.Appendf(nil, `{"id":"r%d","region":"rg:%d"}`, i, i/12)
	}
	strict[3].K = 10
	shown, err := disclosure.Certify(strict, disclosure.CertificateConfig{
		Key: testKey(t), Edition: "e1", Requirement: recode.Requirement{K: 5}, Quasi: []string{"region"},
		Items: []disclosure.Item{{Key: "with", Shown: "12", K: 10, Holdings: crowd(0, 12)}, {Key: "without", Shown: "12", K: 5, Holdings: crowd(12, 12)}},
	})
	require.NoError(t, err)
	var promised disclosure.Certificate
	require.NoError(t, json.Unmarshal(shown.Certificate, &promised))
	for _, promise := range promised.Promises {
		if len(promise.Witness) > 0 {
			require.Equal(t, 5, promise.Bucket)
			require.Len(t, promise.Witness, 5)
		}
	}

	// The same agreements leave another commitment in another edition.
	var was, is disclosure.Certificate
	require.NoError(t, json.Unmarshal(p.Certificate, &was))
	again, err := disclosure.Certify(releaseLines(8), disclosure.CertificateConfig{
		Key: testKey(t), Edition: "e2", Requirement: recode.Requirement{K: 3}, Quasi: []string{"region", "types", "absent"},
	})
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(again.Certificate, &is))
	require.NotEqual(t, was.Agreements, is.Agreements)

	// The same holdings leave other witnesses in another edition or class.
	lines := releaseLines(8)
	for i := range lines {
		lines[i].Holdings = crowd(i%4, 1)
	}
	p, err = certify(t, lines, nil)
	require.NoError(t, err)
	c, err := disclosure.VerifyCertificate(disclosure.Bundle{Release: p.Release, Certificate: p.Certificate})
	require.NoError(t, err)
	for _, w := range c.Promises[0].Witness {
		require.NotContains(t, c.Promises[1].Witness, w)
	}
}

func TestCertifyRefuses(t *testing.T) {
	for name, change := range map[string]func([]disclosure.ReleaseLine){
		"a class of two holdings":     func(ls []disclosure.ReleaseLine) { ls[1].Holdings, ls[2].Holdings = ls[0].Holdings, ls[0].Holdings },
		"a record that asks for more": func(ls []disclosure.ReleaseLine) { ls[5].K = 5 },
		"a record apart":              func(ls []disclosure.ReleaseLine) { ls[5].Line = []byte(`{"region":"rg:9"}`) },
		"an agency for all its clients": func(ls []disclosure.ReleaseLine) {
			for i := range 4 {
				ls[i].Holdings = append(ls[i].Holdings, "agency")
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			lines := releaseLines(8)
			change(lines)
			_, err := certify(t, lines, nil)
			require.ErrorIs(t, err, disclosure.ErrInfeasible)
			require.NotContains(t, err.Error(), "rg:")
		})
	}
	_, err := disclosure.Certify(releaseLines(4), disclosure.CertificateConfig{
		Key: testKey(t), Edition: "e1", Requirement: recode.Requirement{K: 3}, Quasi: []string{"region"},
		Items: []disclosure.Item{{Key: "topic:trust", K: 5, Holdings: crowd(0, 4)}},
	})
	require.ErrorIs(t, err, disclosure.ErrInfeasible, "an item of four that asks for five")
	_, err = disclosure.Certify(releaseLines(4), disclosure.CertificateConfig{
		Key: testKey(t), Edition: "e1", Requirement: recode.Requirement{K: 3, Diversity: []recode.Diversity{{Column: "note", L: 2}}},
		Quasi: []string{"region"}, Sensitive: []string{"note"},
	})
	require.ErrorIs(t, err, disclosure.ErrInfeasible, "all say the same")
	p, err := disclosure.Certify(releaseLines(4), disclosure.CertificateConfig{
		Key: testKey(t), Edition: "e1", Requirement: recode.Requirement{K: 3, Diversity: []recode.Diversity{{Column: "id", L: 4}}},
		Quasi: []string{"region"}, Sensitive: []string{"id"},
	})
	require.NoError(t, err)
	_, err = disclosure.VerifyCertificate(disclosure.Bundle{Release: p.Release, Certificate: p.Certificate, Sealed: p.Sealed, Key: testKey(t)})
	require.NoError(t, err)
	lines := releaseLines(4)
	lines[2].Line = []byte("{\"id\":1,\n\"a\":2}")
	_, err = certify(t, lines, nil)
	require.ErrorIs(t, err, disclosure.ErrInput)
}

// stranger signs with a key of its own, as anybody can.
func stranger() (ed25519.PrivateKey, string) {
	seed := sha256.Sum256([]byte("forger"))
	key := ed25519.NewKeyFromSeed(seed[:])
	public, _ := key.Public().(ed25519.PublicKey)
	return key, hex.EncodeToString(public)
}

// encode writes a proof as it must be written.
func encode(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	require.NoError(t, e.Encode(v))
	return b.Bytes()
}

// signEntry signs a ledger entry anew.
func signEntry(t *testing.T, e disclosure.LedgerEntry) (line []byte, publicKey string) {
	t.Helper()
	key, public := stranger()
	e.Signature, e.Hash = "", ""
	e.Signature = hex.EncodeToString(ed25519.Sign(key, encode(t, e)))
	sum := sha256.Sum256(encode(t, e))
	e.Hash = hex.EncodeToString(sum[:])
	return encode(t, e), public
}

// forge changes a certificate and signs it with a key of the forger's own, as
// anybody can: what is wrong must show without knowing whose key it should be.
func forge(t *testing.T, p *disclosure.Proof, change func(*disclosure.Certificate)) disclosure.Bundle {
	t.Helper()
	key, public := stranger()
	var c disclosure.Certificate
	require.NoError(t, json.Unmarshal(p.Certificate, &c))
	change(&c)
	c.PublicKey, c.Signature = public, ""
	c.Signature = hex.EncodeToString(ed25519.Sign(key, encode(t, c)))
	return disclosure.Bundle{Release: p.Release, Certificate: encode(t, c)}
}

func TestForgedCertificates(t *testing.T) {
	p, err := certify(t, releaseLines(8), nil)
	require.NoError(t, err)
	ev := forge(t, p, func(*disclosure.Certificate) {})
	_, err = disclosure.VerifyCertificate(ev)
	require.NoError(t, err, "signed by a stranger, and right")
	ev.PublicKey = testKey(t).PublicKey()
	_, err = disclosure.VerifyCertificate(ev)
	require.ErrorIs(t, err, disclosure.ErrProof, "and refused where the key is known")
	for name, change := range map[string]func(*disclosure.Certificate){
		"a line left out":          func(c *disclosure.Certificate) { c.Classes[0] = c.Classes[0][1:] },
		"a line twice":             func(c *disclosure.Certificate) { c.Classes[0] = append(c.Classes[0], c.Classes[0][0]) },
		"a line that is not there": func(c *disclosure.Certificate) { c.Classes[0][0] = 99 },
		"a line before the first":  func(c *disclosure.Certificate) { c.Classes[0][0] = 0 },
		"classes joined": func(c *disclosure.Certificate) {
			c.Classes = [][]int{append(c.Classes[0], c.Classes[1]...)}
			c.Promises = append(c.Promises[:1], c.Promises[2:]...)
		},
		"fewer quasi-identifiers, so other classes": func(c *disclosure.Certificate) { c.Quasi = c.Quasi[1:] },
		"a promise withdrawn":                       func(c *disclosure.Certificate) { c.Promises = c.Promises[1:] },
		"a promise failed":                          func(c *disclosure.Certificate) { c.Promises[0].Pass = false },
		"a witness twice":                           func(c *disclosure.Certificate) { c.Promises[0].Witness[0] = c.Promises[0].Witness[1] },
		"more promised than there are": func(c *disclosure.Certificate) {
			c.Promises[0].Bucket = 5
			for i := range 2 {
				c.Promises[0].Witness = append(c.Promises[0].Witness, fmt.Sprintf("%064d", i))
			}
		},
		"a class that is not there": func(c *disclosure.Certificate) { c.Promises[0].Class = 7 },
		"a file named twice":        func(c *disclosure.Certificate) { c.Files = append(c.Files, c.Files[1]) },
		"another version":           func(c *disclosure.Certificate) { c.Version++ },
		"another count":             func(c *disclosure.Certificate) { c.Records = 9 },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := disclosure.VerifyCertificate(forge(t, p, change))
			require.ErrorIs(t, err, disclosure.ErrProof)
		})
	}
}

// Whichever promise is broken, and however, the refusal names it, counted from 1.
func TestForgedPromisesAreNamed(t *testing.T) {
	p, err := certify(t, releaseLines(8), nil)
	require.NoError(t, err)
	var is disclosure.Certificate
	require.NoError(t, json.Unmarshal(p.Certificate, &is))
	n := 0
	for i, promise := range is.Promises {
		faults := map[string]func(*disclosure.Promise){"failed": func(p *disclosure.Promise) { p.Pass = false }}
		if promise.Bucket > 0 {
			faults["a witness less"] = func(p *disclosure.Promise) { p.Witness = p.Witness[1:] }
			faults["a witness twice"] = func(p *disclosure.Promise) { p.Witness[1] = p.Witness[0] }
			faults["a short witness"] = func(p *disclosure.Promise) { p.Witness[0] = p.Witness[0][1:] }
			faults["one is no crowd"] = func(p *disclosure.Promise) { p.Bucket, p.Witness = 1, p.Witness[:1] }
		}
		if promise.Class > 0 {
			faults["before the first class"] = func(p *disclosure.Promise) { p.Class = 0 }
			faults["after the last class"] = func(p *disclosure.Promise) { p.Class = len(is.Classes) + 1 }
		}
		for fault, change := range faults {
			n++
			_, err := disclosure.VerifyCertificate(forge(t, p, func(c *disclosure.Certificate) { change(&c.Promises[i]) }))
			require.ErrorIs(t, err, disclosure.ErrProof, "%d: %s", i+1, fault)
			require.ErrorContains(t, err, fmt.Sprintf("promise %d ", i+1), fault)
		}
	}
	require.Greater(t, n, 15)
	for i := range is.Promises { // told twice, it is the second that is one too many
		_, err := disclosure.VerifyCertificate(forge(t, p, func(c *disclosure.Certificate) { c.Promises = append(c.Promises, c.Promises[i]) }))
		if is.Promises[i].Bucket > 0 {
			require.ErrorContains(t, err, fmt.Sprintf("promise %d ", len(is.Promises)+1), is.Promises[i].Rule)
		}
	}
}

func FuzzNoValueInErrors(f *testing.F) {
	f.Add(`{"id":"a","q":"CANARY"}`, "CANARY")
	f.Add("CANARY", "CANARY,x")
	f.Fuzz(func(t *testing.T, line, holding string) {
		_, err := disclosure.Certify([]disclosure.ReleaseLine{{ID: "a", Line: []byte(line), Holdings: []string{holding}}}, disclosure.CertificateConfig{
			Key: testKey(t), Edition: "e", Requirement: recode.Requirement{K: 2}, Quasi: []string{"q"},
		})
		if err != nil && strings.Contains(err.Error(), "CANARY") {
			t.Fatal("an error shows a value")
		}
	})
}

// What was certified under the form before (made by the library of November 2026)
// can still be verified, the private half included.
func TestCertificateOfVersion2(t *testing.T) {
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("testdata", "version-2", name))
		require.NoError(t, err)
		return data
	}
	old := disclosure.Bundle{
		Release: read("release.jsonl"), Certificate: read("certificate.json"), Sealed: read("sealed.json"),
		PublicKey: testKey(t).PublicKey(), Key: testKey(t),
	}
	c, err := disclosure.VerifyCertificate(old)
	require.NoError(t, err)
	require.Equal(t, 2, c.Version)
	old.Sealed = bytes.Replace(old.Sealed, []byte("agreement"), []byte("Agreement"), 1)
	_, err = disclosure.VerifyCertificate(old)
	require.ErrorIs(t, err, disclosure.ErrProof)
}
