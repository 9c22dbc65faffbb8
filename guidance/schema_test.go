// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

func TestJSONSchema(t *testing.T) {
	body := render.JSON{}.Schema()
	modeltest.Golden(t, "guide.schema.json", body)
	schema := decoded(t, body)
	criteria, err := guidance.OpenCriteria("en-GB", nil)
	require.NoError(t, err)
	guides := []*guidance.Guide{hand(), filled("x"), build(t, nil)}
	for _, make := range []func() (*guidance.Guide, error){
		func() (*guidance.Guide, error) { return guidance.Workshop(made(), topicID, 12, guidance.Config{}) },
		func() (*guidance.Guide, error) { return guidance.Showcase(made(), guidance.Config{}) },
		func() (*guidance.Guide, error) {
			return criteria.ForPatients(guidance.Config{})
		},
	} {
		g, err := make()
		require.NoError(t, err)
		guides = append(guides, g)
	}
	for _, g := range guides {
		require.Empty(t, violations(schema, schema, decoded(t, rendered(t, render.JSON{}, g)), "$"))
	}
}

// The schema refuses what is no guide: the little validator can fail.
func TestJSONSchemaRefuses(t *testing.T) {
	schema := decoded(t, render.JSON{}.Schema())
	for name, spoil := range map[string]func(g map[string]any){
		"unknown field":  func(g map[string]any) { g["extra"] = 1.0 },
		"missing field":  func(g map[string]any) { delete(g, "front") },
		"wrong type":     func(g map[string]any) { g["sections"] = "none" },
		"unknown status": func(g map[string]any) { g["front"].(map[string]any)["status"] = "final" },
		"fraction":       func(g map[string]any) { g["front"].(map[string]any)["version"] = 1.5 },
	} {
		g, ok := decoded(t, rendered(t, render.JSON{}, hand())).(map[string]any)
		require.True(t, ok)
		spoil(g)
		require.NotEmpty(t, violations(schema, schema, g, "$"), name)
	}
}

func decoded(t testing.TB, body []byte) any {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal(body, &v))
	return v
}

// violations checks a value against the part of JSON Schema that the schema uses.
func violations(root, schema, value any, at string) []string {
	s, _ := schema.(map[string]any)
	if ref, ok := s["$ref"].(string); ok {
		defs, _ := root.(map[string]any)["$defs"].(map[string]any)
		return violations(root, defs[strings.TrimPrefix(ref, "#/$defs/")], value, at)
	}
	var out []string
	if words, ok := s["enum"].([]any); ok && !slices.Contains(words, value) {
		out = append(out, at+": not among the words")
	}
	switch s["type"] {
	case "string":
		if _, ok := value.(string); !ok {
			out = append(out, at+": no string")
		}
	case "integer":
		if f, ok := value.(float64); !ok || f != float64(int(f)) {
			out = append(out, at+": no whole number")
		}
	case "boolean":
		if _, ok := value.(bool); !ok {
			out = append(out, at+": no boolean")
		}
	case "array":
		items, ok := value.([]any)
		if !ok {
			return append(out, at+": no array")
		}
		for i, x := range items {
			out = append(out, violations(root, s["items"], x, fmt.Sprintf("%s[%d]", at, i))...)
		}
	case "object":
		object, ok := value.(map[string]any)
		if !ok {
			return append(out, at+": no object")
		}
		properties, _ := s["properties"].(map[string]any)
		required, _ := s["required"].([]any)
		for _, name := range required {
			if _, ok := object[name.(string)]; !ok {
				out = append(out, at+": a field is missing")
			}
		}
		for _, name := range slices.Sorted(maps.Keys(object)) {
			p, known := properties[name]
			if !known {
				out = append(out, at+": an unknown field")
				continue
			}
			out = append(out, violations(root, p, object[name], at+"."+name)...)
		}
	default:
		out = append(out, at+": the schema is silent")
	}
	return out
}
