// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// written are made-up answers that a working group might write.
func written() map[string]string {
	return map[string]string{
		"brief":            "Start small.\n\nThen ask *again*: is 1. really first?",
		"who-for":          `Managers <and> carers & "others" in C:\groups`,
		"problem":          "- nobody comes\n- nobody says why",
		"step.me-outreach": "Go to the market on Tuesdays",
		"rules":            "# The code\n> applies | here",
		"review-by":        "2027-01-31",
		"authors":          "Wexmoor working group (made up)",
		"open-questions":   "Почему? なぜ? لماذا؟",
	}
}

func build(t testing.TB, answers map[string]guidance.Answer) *guidance.Guide {
	t.Helper()
	g, err := guidance.Build(made(), topicID, guidance.Config{Answers: answers})
	require.NoError(t, err)
	return g
}

func texts(answers map[string]guidance.Answer) map[string]string {
	out := map[string]string{}
	for id, a := range answers {
		out[id] = a.Text
	}
	return out
}

func filledIn(t testing.TB) *guidance.Guide {
	t.Helper()
	answers := map[string]guidance.Answer{}
	for id, s := range written() {
		answers[id] = guidance.Answer{Text: s}
	}
	g := build(t, answers)
	for id := range written() {
		require.Contains(t, slotIDs(g), id)
	}
	return g
}

func TestAnswersSurviveEveryFormat(t *testing.T) {
	g := filledIn(t)
	md, err := render.Markdown{}.Answers(bytes.NewReader(rendered(t, render.Markdown{}, g)))
	require.NoError(t, err)
	require.Equal(t, written(), texts(md))
	js, err := render.JSON{}.Answers(bytes.NewReader(rendered(t, render.JSON{}, g)))
	require.NoError(t, err)
	require.Equal(t, written(), texts(js))
	file := rendered(t, render.DOCX{}, g)
	docx, err := render.DOCX{}.Answers(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	require.Equal(t, written(), texts(docx))
	for id, a := range g.Answers() {
		require.Equal(t, a.Basis, md[id].Basis)
		require.Equal(t, a.Basis, docx[id].Basis)
		require.Equal(t, a, js[id])
	}
}

// What a person types between the markers of a slot is read, with or without the
// quotation mark in front.
func TestMarkdownEditedByHand(t *testing.T) {
	file := string(rendered(t, render.Markdown{}, build(t, nil)))
	edited := fillMarkdown(t, file, "problem", "> First line\nsecond line without a mark\n>\n>   indented, with a \\* star and a \\\\ backslash and C:\\temp")
	answers, err := render.Markdown{}.Answers(strings.NewReader(strings.ReplaceAll(edited, "\n", "\r\n")))
	require.NoError(t, err)
	require.Equal(t, map[string]string{"problem": "First line\nsecond line without a mark\n\nindented, with a * star and a \\ backslash and C:\\temp"}, texts(answers))
}

func fillMarkdown(t testing.TB, file, id, answer string) string {
	t.Helper()
	form := regexp.MustCompile(`(?s)(<!-- slot ` + regexp.QuoteMeta(id) + `#[0-9a-f]+ -->\n.*?\n *>\n) *> …\n( *<!-- /slot -->)`)
	require.Regexp(t, form, file)
	return form.ReplaceAllStringFunc(file, func(m string) string {
		part := form.FindStringSubmatch(m)
		return part[1] + answer + "\n" + part[2]
	})
}

// editDOCX changes word/document.xml as a word processor would.
func editDOCX(t testing.TB, file []byte, edit func(string) string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	parts := xmlParts(t, file)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		body := string(parts[name])
		if name == "word/document.xml" {
			changed := edit(body)
			require.NotEqual(t, body, changed)
			body = changed
		}
		w, err := z.Create(name) // compressed, as Word does
		require.NoError(t, err)
		_, err = w.Write([]byte(body))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return out.Bytes()
}

// fillControl puts content into a slot's control, which no longer shows its placeholder.
func fillControl(t testing.TB, document, id, content string) string {
	t.Helper()
	form := regexp.MustCompile(`(?s)(<w:sdt><w:sdtPr><w:alias w:val="[^"]*"/><w:tag w:val="` + regexp.QuoteMeta(id) + `#[0-9a-f]+"/>)(.*?)<w:sdtContent>.*?</w:sdtContent></w:sdt>`)
	require.Regexp(t, form, document, id)
	return form.ReplaceAllStringFunc(document, func(m string) string {
		part := form.FindStringSubmatch(m)
		return part[1] + strings.Replace(part[2], "<w:showingPlcHdr/>", "", 1) + "<w:sdtContent>" + content + "</w:sdtContent></w:sdt>"
	})
}

func TestDOCXEditedInAWordProcessor(t *testing.T) {
	file := rendered(t, render.DOCX{}, build(t, nil))
	untouched, err := render.DOCX{}.Answers(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	require.Empty(t, untouched, "placeholders are no answers")
	edited := editDOCX(t, file, func(d string) string {
		d = fillControl(t, d, "problem", `<w:p w:rsidR="00AB12CD"><w:pPr><w:pStyle w:val="SlotAnswer"/></w:pPr><w:r><w:t xml:space="preserve">People come </w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00FF"><w:rPr><w:b/></w:rPr><w:t>once</w:t></w:r><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/><w:r><w:t>, and leave.</w:t></w:r></w:p>`)
		d = fillControl(t, d, "brief", `<w:p><w:r><w:t>First paragraph.</w:t></w:r></w:p><w:p><w:r><w:t>Second</w:t><w:br/><w:t>on two lines &amp; more.</w:t></w:r></w:p>`)
		d = fillControl(t, d, "rules", `<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>Kept</w:t></w:r></w:ins><w:del w:id="2" w:author="x"><w:r><w:delText> deleted</w:delText></w:r></w:del></w:p>`)
		d = fillControl(t, d, "review-by", `<w:p><w:r><w:t>2027-01-31</w:t></w:r></w:p>`)
		return fillControl(t, d, "who-for", `<w:p><w:r><w:t xml:space="preserve">   </w:t></w:r></w:p>`)
	})
	answers, err := render.DOCX{}.Answers(bytes.NewReader(edited), int64(len(edited)))
	require.NoError(t, err)
	require.Equal(t, map[string]string{
		"problem": "People come once, and leave.", "brief": "First paragraph.\nSecond\non two lines & more.", "rules": "Kept", "review-by": "2027-01-31",
	}, texts(answers))
	again := build(t, answers)
	require.Equal(t, texts(answers), texts(again.Answers()))
}

// Answers outlive a later collection; those beside changed evidence say so, the
// others do not.
func TestRegenerationKeepsAnswers(t *testing.T) {
	file := rendered(t, render.DOCX{}, filledIn(t))
	answers, err := render.DOCX{}.Answers(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	same := build(t, answers)
	for _, s := range same.Sections {
		for _, b := range s.Blocks {
			if b.Slot != nil {
				require.Empty(t, b.Slot.Outdated, b.Slot.ID)
			}
		}
	}
	later := made()
	later.Edition = "later"
	later.Topics[0].Statements[1].Support = by(8, 9) // outreach
	g, err := guidance.Build(later, topicID, guidance.Config{Answers: answers})
	require.NoError(t, err)
	require.Equal(t, written(), texts(g.Answers()))
	outdated := map[string]bool{}
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			for _, step := range b.Steps {
				outdated[step.Slot.ID] = step.Slot.Outdated != ""
			}
			if b.Slot != nil {
				outdated[b.Slot.ID] = b.Slot.Outdated != ""
			}
		}
	}
	require.True(t, outdated["brief"], "the steps in brief have changed")
	require.True(t, outdated["step.me-outreach"])
	require.False(t, outdated["rules"], "nothing changed beside it")
	require.False(t, outdated["problem"])
	require.False(t, outdated["authors"])

	// An answer to a slot that a later guide lacks is not lost: it stands at the end.
	gone := made()
	gone.Topics[0].Challenge, gone.Topics[0].Objective, gone.Topics[0].Statements = "ch:time", "", nil
	g, err = guidance.Build(gone, topicID, guidance.Config{Answers: answers})
	require.NoError(t, err)
	require.Equal(t, written(), texts(g.Answers()))
	require.Equal(t, "kept", g.Sections[len(g.Sections)-1].ID)
	merged, conflicts := guidance.MergeAnswers(answers, answers, answers)
	require.Empty(t, conflicts)
	require.Equal(t, answers, merged)
}

// What was written in a guide that had its slots beside the evidence is taken over: as
// current, since its basis was another's, and what no guide asks any more in its place.
func TestAnswersOfAnEarlierLayout(t *testing.T) {
	require.NotContains(t, slotIDs(build(t, nil)), "roles")
	earlier := map[string]guidance.Answer{}
	for _, id := range []string{"brief", "problem", "who-for", "not-for", "rules", "steps", "roles", "risks", "everyone", "measure", "sustain", "step.me-outreach"} {
		earlier[id] = guidance.Answer{Text: "Written in " + id, Basis: "8071291e339096bb"}
	}
	g := build(t, earlier)
	require.Equal(t, texts(earlier), texts(g.Answers()))
	for _, s := range g.Sections {
		require.NotEqual(t, "kept", s.ID)
		for _, b := range s.Blocks {
			if b.Slot != nil {
				require.Empty(t, b.Slot.Outdated, b.Slot.ID)
			}
		}
	}
	again := build(t, g.Answers())
	require.Equal(t, texts(earlier), texts(again.Answers()))
}

func TestMergeAnswers(t *testing.T) {
	is := func(pairs ...string) map[string]guidance.Answer {
		out := map[string]guidance.Answer{}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = guidance.Answer{Text: pairs[i+1]}
		}
		return out
	}
	for _, row := range []struct {
		name               string
		base, mine, theirs map[string]guidance.Answer
		want               map[string]guidance.Answer
		conflicts          []string
	}{
		{"nothing", nil, nil, nil, is(), nil},
		{"mine alone", is("a", "1"), is("a", "2"), is("a", "1"), is("a", "2"), nil},
		{"theirs alone", is("a", "1"), is("a", "1"), is("a", "2"), is("a", "2"), nil},
		{"both the same", is("a", "1"), is("a", "2"), is("a", "2"), is("a", "2"), nil},
		{"both differently", is("a", "1"), is("a", "2"), is("a", "3"), is("a", "2"), []string{"a"}},
		{"new on one side", nil, nil, is("a", "1"), is("a", "1"), nil},
		{"new on both", nil, is("a", "1"), is("a", "2"), is("a", "1"), []string{"a"}},
		{"deleted by them", is("a", "1"), is("a", "1"), nil, is(), nil},
		{"deleted by me, changed by them", is("a", "1"), nil, is("a", "2"), is(), []string{"a"}},
		{"changed by me, deleted by them", is("a", "1"), is("a", "2"), nil, is("a", "2"), []string{"a"}},
		{"several", is("a", "1", "b", "1", "c", "1"), is("a", "2", "b", "1", "c", "2"), is("a", "1", "b", "2", "c", "3"), is("a", "2", "b", "2", "c", "2"), []string{"c"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, conflicts := guidance.MergeAnswers(row.base, row.mine, row.theirs)
			require.Equal(t, row.want, got)
			var slots []string
			for _, c := range conflicts {
				slots = append(slots, c.Slot)
				require.Equal(t, row.mine[c.Slot], c.Mine)
				require.Equal(t, row.theirs[c.Slot], c.Theirs)
			}
			require.Equal(t, row.conflicts, slots)
			back, other := guidance.MergeAnswers(row.base, row.theirs, row.mine)
			require.Len(t, other, len(conflicts), "who is mine does not matter")
			for id, a := range got {
				if !slices.Contains(slots, id) {
					require.Equal(t, a, back[id])
				}
			}
		})
	}
}

func TestUnreadableDocuments(t *testing.T) {
	for name, file := range map[string][]byte{"nothing": nil, "text": []byte("hello"), "zip of nothing": editDOCXless(t)} {
		_, err := render.DOCX{}.Answers(bytes.NewReader(file), int64(len(file)))
		require.ErrorIs(t, err, render.ErrAnswers, name)
	}
	file := editDOCX(t, rendered(t, render.DOCX{}, build(t, nil)), func(d string) string { return d[:len(d)/2] + "<" })
	_, err := render.DOCX{}.Answers(bytes.NewReader(file), int64(len(file)))
	require.ErrorIs(t, err, render.ErrAnswers)
	_, err = render.JSON{}.Answers(strings.NewReader(`{"schema":"other/1"}`))
	require.ErrorIs(t, err, render.ErrAnswers)
	long := fmt.Sprintf("<!-- slot a#b -->\n>\n> %s\n<!-- /slot -->\n", strings.Repeat("x", 30_000))
	_, err = render.Markdown{}.Answers(strings.NewReader(long))
	require.ErrorIs(t, err, render.ErrAnswers)
	require.NotContains(t, err.Error(), "xxx")
}

func editDOCXless(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, zip.NewWriter(&b).Close())
	return b.Bytes()
}

// Law 6: what people wrote shows in no log line.
func TestAnswersAreNotPrinted(t *testing.T) {
	t.Parallel()
	secret := modeltest.Canary(t, 1)
	for _, v := range []any{guidance.Answer{Text: secret}, guidance.Conflict{Mine: guidance.Answer{Text: secret}, Theirs: guidance.Answer{Text: secret}}, map[string]guidance.Answer{"a": {Text: secret}}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
			modeltest.Absent(t, secret, verb, fmt.Appendf(nil, verb, v))
		}
	}
}
