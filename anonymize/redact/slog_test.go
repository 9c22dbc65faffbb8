// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"bytes"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

type person struct{ Name string }

func TestReplaceAttr(t *testing.T) {
	r, err := redact.New(redact.Config{
		Declared: []recognize.Declared{{Kind: recognize.Person, Name: "Amara Okafor"}},
		Balanced: true, Policy: preset(t, "anonymous"),
	})
	require.NoError(t, err)
	for _, tc := range []struct {
		name, want string
		attr       slog.Attr
	}{
		{"string", `"v":"[name] came"`, slog.String("v", "amara okafor came")},
		{"error", `"v":"no row for [name]"`, slog.Any("v", errors.New("no row for Amara Okafor"))},
		{"bytes", `"v":"see [name]"`, slog.Any("v", []byte("see Amara Okafor"))},
		{"struct", `[name]`, slog.Any("v", person{"Amara Okafor"})},
		{"pointer", `[name]`, slog.Any("v", &person{"Amara Okafor"})},
		{"slice", `[name]`, slog.Any("v", []string{"x", "Amara Okafor"})},
		{"log valuer", `"v":"see [name]"`, slog.Any("v", valuer{})},
		{"group", `"v":{"w":"see [name]"}`, slog.Group("v", slog.String("w", "see Amara Okafor"))},
		{"small number", `"v":200`, slog.Int("v", 200)},
		{"long number", `"v":"[A number]"`, slog.Int64("v", 9434765919)},
		{"bool", `"v":true`, slog.Bool("v", true)},
		{"duration", `"v":1000000000`, slog.Duration("v", time.Second)},
		{"time", `"v":"`, slog.Time("v", time.Date(1971, 3, 12, 0, 0, 0, 0, time.UTC))},
		{"time of the record's name in a group", `"v":{"time":"[`, slog.Group("v", slog.Time("time", time.Date(1971, 3, 12, 0, 0, 0, 0, time.UTC)))},
		{"six digits as text", `"v":"999999"`, slog.String("v", "999999")},
		{"invalid UTF-8", `"v":"[withheld]"`, slog.String("v", "Amara Okafor\xff")},
		{"nil", `"v":null`, slog.Any("v", nil)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var b bytes.Buffer
			log := slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{AddSource: true, ReplaceAttr: r.ReplaceAttr}))
			log.Info("seen Amara Okafor", tc.attr)
			require.Contains(t, b.String(), tc.want)
			require.NotContains(t, b.String(), "Okafor")
			require.NotContains(t, b.String(), "1971-03-12")
			require.Contains(t, b.String(), `"msg":"seen [name]"`)
			require.Contains(t, b.String(), `"level":"INFO"`)
			require.Regexp(t, `"time":"\d{4}-\d\d-\d\dT`, b.String(), "when it was logged is the program's")
			require.Contains(t, b.String(), `/anonymize/redact/slog_test.go","line":`, "the source is the program's")
		})
	}
}

type valuer struct{}

func (valuer) LogValue() slog.Value { return slog.StringValue("see Amara Okafor") }
