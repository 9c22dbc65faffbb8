// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// Law 6: whatever holds a name, a text or the key shows none of it in passing.
func TestNothingIsPrintedInPassing(t *testing.T) {
	t.Parallel()
	secret := modeltest.Canary(t, 1)
	declared := recognize.Declared{Kind: recognize.Org, Name: secret, Forms: []string{secret}, Owner: secret}
	dictionary, err := recognize.NewDictionary([]recognize.Declared{declared})
	require.NoError(t, err)
	cfg := anonymize.Config{Key: []byte(secret), Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Parties: []model.Party{{
		Ref: secret, Contact: model.Raw(secret + "@mail.example"), Identities: []model.Identity{{Type: "organisation", Name: model.Raw(secret)}},
	}}}
	a, err := anonymize.New(cfg)
	require.NoError(t, err)
	of := redact.Config{Key: []byte(secret), Declared: []recognize.Declared{declared}}
	for _, v := range []any{
		declared, &declared,
		[]recognize.Declared{declared},
		dictionary, cfg, &cfg, a, *a, of, &of,
		anonymize.Content{Title: secret},
		&anonymize.Content{Summary: secret},
	} {
		modeltest.Silent(t, secret, v)
	}
	for _, v := range []any{cfg, of} { // hosts write their settings as JSON
		if body, err := json.Marshal(v); err == nil {
			modeltest.Absent(t, secret, "JSON", body)
			require.NotContains(t, string(body), "Q2FuYXJ5", "nor the key in base64")
		}
	}
}
