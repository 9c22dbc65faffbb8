// SPDX-License-Identifier: Apache-2.0

package render_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing/fstest"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/guidetest"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

func ExampleTemplate() {
	files := fstest.MapFS{"list.md": {Data: []byte("{{.Front.Title}}\n{{range .Sections}}- {{.Title}}\n{{end}}")}}
	g := &guidance.Guide{
		Front:    guidance.Front{Title: "How to *begin*"},
		Sections: []guidance.Section{{ID: "a", Title: "[x](javascript:alert)"}},
	}
	if err := (render.Template{FS: files, Name: "list.md"}).Render(os.Stdout, g); err != nil {
		fmt.Println(err)
	}
	// Output:
	// How to \*begin\*
	// - \[x\](javascript:alert)
}

func ExampleMarkdown_Answers() {
	g, err := guidance.Build(guidetest.Collection(), guidetest.TopicID, guidance.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer
	if err := (render.Markdown{}).Render(&file, g); err != nil {
		fmt.Println(err)
		return
	}
	edited := strings.Replace(file.String(), "> …", "> The made-up working group", 1)
	answers, err := render.Markdown{}.Answers(strings.NewReader(edited))
	for _, a := range answers {
		fmt.Println(a.Text, err)
	}
	// Output: The made-up working group <nil>
}
