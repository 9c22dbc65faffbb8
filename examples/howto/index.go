// SPDX-License-Identifier: Apache-2.0

package main

import (
	_ "embed"
	"html/template"
	"io"
)

//go:embed index.tmpl
var indexSource string

// writeIndex writes the page from which everything published can be reached.
func writeIndex(w io.Writer, r *outcome, o options) error {
	t, err := template.New("index").Parse(indexSource)
	if err != nil {
		return err
	}
	type topic struct {
		Title, ID      string
		N, Of, Sources int
	}
	var topics []topic
	for i, g := range r.guides {
		s := r.collection.Topics[i].Support
		topics = append(topics, topic{g.Front.Title, g.Front.ID, s.Examples, s.Of, s.Contributors})
	}
	return t.Execute(w, map[string]any{
		"Topics": topics, "Collection": r.collection, "K": o.k, "Audience": o.audience.String(),
	})
}
