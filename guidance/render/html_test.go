// SPDX-License-Identifier: Apache-2.0

package render_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"html"
	"image"
	"image/png"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// A host puts its own fields into slots; what it does not write is not there.
func TestSlotsOfAHost(t *testing.T) {
	field := func(w io.Writer, s *guidance.Slot) error {
		_, err := fmt.Fprintf(w, `<label>%s<textarea name="%s">%s</textarea></label>`, html.EscapeString(s.Question), s.ID, html.EscapeString(s.Answer))
		return err
	}
	page := string(rendered(t, render.HTML{Fragment: true, Slot: field}, hand()))
	require.Contains(t, page, `<div class="slot" data-slot="why"><label>Why?<textarea name="why">Because.`)
	require.NotContains(t, page, `class="question"`)
	require.Equal(t, 4, strings.Count(page, "<textarea"))
	require.NotContains(t, string(rendered(t, render.HTML{}, hand())), "<textarea", "one page's fields are not another's")

	failed := errors.New("no field")
	require.ErrorContains(t, render.HTML{Slot: func(io.Writer, *guidance.Slot) error { return failed }}.Render(io.Discard, hand()), "no field")
}

// No rule of the style sheet for fragments reaches what stands outside of a guide.
func TestStyleSheetIsScoped(t *testing.T) {
	sheet := render.HTML{Theme: render.Theme{Colour: "#552200"}}.StyleSheet()
	sheet = regexp.MustCompile(`@media[^{]*\{`).ReplaceAllString(sheet, "")
	for _, rule := range regexp.MustCompile(`([^{}]+)\{[^{}]*\}`).FindAllStringSubmatch(sheet, -1) {
		for selector := range strings.SplitSeq(rule[1], ",") {
			require.True(t, strings.HasPrefix(strings.TrimSpace(selector), ".guide"), selector)
		}
	}
	require.Contains(t, sheet, "--main:#552200")
}

func TestLinksAndTheme(t *testing.T) {
	page := string(rendered(t, render.HTML{
		Theme: render.Theme{Group: "Made-up <group>", Footer: "Made up", Logo: logo(t)},
		Links: []render.Link{{Rel: "up", Text: "All guides", URL: "../index.html"}, {Text: "x", URL: "javascript:alert(1)"}},
	}, hand()))
	require.Contains(t, page, `<a rel="up" href="../index.html">All guides</a>`)
	require.NotContains(t, page, "javascript:")
	require.Contains(t, page, "Made-up &lt;group&gt;")
	require.Contains(t, page, `<img src="data:image/png;base64,`)
	require.Contains(t, page, `<p>Made up</p></footer>`)
}

func logo(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 10))))
	return b.Bytes()
}

func TestOpenTheme(t *testing.T) {
	files := fstest.MapFS{
		"theme.json": {Data: []byte(`{"group":"Made-up group","colour":"#7a1f3d","font":"Georgia","footer":"Made up","logo":"logo.png"}`)},
		"logo.png":   {Data: logo(t)},
	}
	theme, err := render.OpenTheme(files, "theme.json")
	require.NoError(t, err)
	require.Equal(t, render.Theme{Group: "Made-up group", Colour: "#7a1f3d", Font: "Georgia", Footer: "Made up", Logo: logo(t)}, theme)
	for _, row := range []struct{ name, body, reason string }{
		{"light", `{"colour":"#ffee00"}`, "yellow cannot be read on white"},
		{"form", `{"colour":"red"}`, "a name is not a colour here"},
		{"css", `{"colour":"#12345;"}`, "nothing but digits gets into a style sheet"},
		{"font", `{"font":"x\";}body{display:none"}`, "nor but a name"},
		{"unknown", `{"color":"#123456"}`, "a misspelt word is said"},
		{"logo", `{"logo":"theme.json"}`, "not an image"},
		{"missing", `{"logo":"no.png"}`, "not there"},
		{"json", `{`, "not JSON"},
	} {
		t.Run(row.name, func(t *testing.T) {
			files["theme.json"] = &fstest.MapFile{Data: []byte(row.body)}
			_, err := render.OpenTheme(files, "theme.json")
			require.ErrorIs(t, err, render.ErrTheme, row.reason)
		})
	}
	_, err = render.OpenTheme(files, "other.json")
	require.ErrorIs(t, err, render.ErrTheme)
	require.ErrorIs(t, render.HTML{Theme: render.Theme{Colour: "red"}}.Render(io.Discard, hand()), render.ErrTheme)
}

// A logo goes out as its picture alone: not who made it, where and with what.
func TestTheme_logoAlone(t *testing.T) {
	plain := logo(t)
	chunk := func(kind, text string) []byte {
		b := binary.BigEndian.AppendUint32(nil, uint32(len(text)))
		b = append(b, kind+text...)
		return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(kind+text)))
	}
	const behindHead = 8 + 12 + 13
	told := slices.Clone(plain[:behindHead])
	for _, kind := range []string{"tEXt", "zTXt", "iTXt", "eXIf", "tIME", "iCCP", "prVt"} {
		told = append(told, chunk(kind, "canary")...)
	}
	told = append(append(told, plain[behindHead:]...), "canary"...)
	for _, of := range [][]byte{told, told[:len(told)-20]} {
		var page, same bytes.Buffer
		require.NoError(t, render.HTML{Theme: render.Theme{Group: "G", Logo: of}}.Render(&page, hand()))
		image := regexp.MustCompile(`data:image/png;base64,([A-Za-z0-9+/=]+)`).FindStringSubmatch(page.String())
		require.NotNil(t, image)
		body, err := base64.StdEncoding.DecodeString(image[1])
		require.NoError(t, err)
		require.NotContains(t, string(body), "canary")
		require.NoError(t, render.HTML{Theme: render.Theme{Group: "G", Logo: plain}}.Render(&same, hand()))
		if len(of) == len(told) {
			require.Equal(t, same.String(), page.String())
		}
		var word bytes.Buffer
		require.NoError(t, render.DOCX{Theme: render.Theme{Group: "G", Logo: of}}.Render(&word, hand()))
		z, err := zip.NewReader(bytes.NewReader(word.Bytes()), int64(word.Len()))
		require.NoError(t, err)
		part, err := z.Open("word/media/logo.png")
		require.NoError(t, err)
		kept, err := io.ReadAll(part)
		require.NoError(t, err)
		require.Equal(t, body, kept)
	}
}
