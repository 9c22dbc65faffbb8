// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// person is somebody at the desk with a browser.
type person struct {
	*testing.T
	ctx   context.Context
	at    string
	axe   string // "" where axe-core is not at hand
	shots string
	seen  map[string]bool
}

func (p *person) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 10*time.Minute) // a loaded machine
	defer cancel()
	require.NoError(p, chromedp.Do(ctx, steps...))
}

// got is what an action returns.
func got[T any](p *person, action chromedp.Action[T]) T {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 10*time.Minute) // a loaded machine
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	require.NoError(p, err)
	return v
}

func (p *person) open(path string) { p.Helper(); p.do(chromedp.Navigate(p.at + path)); p.wait() }

// wait waits until the page is another one than the one that waits for a draft.
func (p *person) wait() {
	p.Helper()
	deadline := time.Now().Add(10 * time.Minute)
	for {
		p.do(chromedp.WaitReady("main"))
		if !strings.HasPrefix(got(p, chromedp.Title()), "Being made") {
			return
		}
		require.True(p, time.Now().Before(deadline), "a draft takes too long")
		time.Sleep(300 * time.Millisecond)
	}
}

// press presses a button and waits for the next page.
func (p *person) press(selector string) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 10*time.Minute) // a loaded machine
	defer cancel()
	_, err := chromedp.RunResponse(ctx, chromedp.Click(selector))
	require.NoError(p, err, selector)
	p.wait()
}

func (p *person) text() string {
	p.Helper()
	p.wait() // a press may have led to the page that waits for a draft
	return got(p, chromedp.TextContent("main"))
}

// look holds the page, on a desktop and on a telephone, against the rules of
// accessibility and the width of the screen.
func (p *person) look(name string) {
	p.Helper()
	if p.seen[name] {
		return
	}
	p.seen[name] = true
	for _, screen := range []struct {
		name          string
		width, height int64
	}{{"desktop", 1280, 900}, {"phone", 390, 844}} {
		p.do(chromedp.EmulateViewport(screen.width, screen.height))
		wider := got(p, chromedp.Evaluate[int]("document.scrollingElement.scrollWidth - innerWidth"))
		heads := got(p, chromedp.Evaluate[int]("document.querySelectorAll('h1').length"))
		assert.LessOrEqual(p, wider, 1, "%s on a %s is wider than the screen", name, screen.name)
		assert.Equal(p, 1, heads, "first headings of %s", name)
		if p.axe != "" {
			got(p, chromedp.Evaluate[int](p.axe+";0"))
			serious := got(p, chromedp.Evaluate[[]string](`axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.filter(v => v.impact == 'serious' || v.impact == 'critical').map(v => v.id + ' at ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')))`,
				chromedp.EvalAwaitPromise))
			assert.Empty(p, serious, "%s on a %s", name, screen.name)
		}
		if p.shots != "" {
			require.NoError(p, os.WriteFile(filepath.Join(p.shots, "desk-"+name+"-"+screen.name+".jpg"), got(p, chromedp.FullScreenshot(80)), 0o600))
		}
	}
	p.do(chromedp.EmulateViewport(1280, 900))
}

// fetched is a file behind a link, with the browser's cookie.
func (p *person) fetched(path string) []byte {
	p.Helper()
	cookies, err := chromedp.Run(p.ctx, chromedp.Action[network.GetCookiesResult](func(ctx context.Context, _ *chromedp.Target) (network.GetCookiesResult, error) {
		return chromedp.Call(ctx, network.GetCookies, network.GetCookiesParams{})
	}))
	require.NoError(p, err)
	r, err := http.NewRequestWithContext(p.Context(), http.MethodGet, p.at+path, nil)
	require.NoError(p, err)
	for _, c := range cookies.Cookies {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(p, err)
	defer answer.Body.Close()
	require.Equal(p, http.StatusOK, answer.StatusCode)
	body, err := io.ReadAll(answer.Body)
	require.NoError(p, err)
	return body
}

// upload gives files to a form, and sends it.
func (p *person) upload(field string, button string, names ...string) {
	p.Helper()
	p.do(chromedp.SetUploadFiles(field, names))
	p.press(button)
}

func (p *person) publish() {
	p.Helper()
	p.open("/publish")
	p.look("publish")
	p.do(chromedp.Click(`input[name=sure]`))
	p.press(`form[action="/publish"] button`)
	require.Contains(p, p.text(), "Published, and entered in the ledger.")
}

// answeredSheet fills in a Markdown sheet.
func answeredSheet(t *testing.T, sheet, said string) string {
	t.Helper()
	for slot, text := range map[string]string{"decision": said, "name": "Jo Bright"} {
		before, rest, ok := strings.Cut(sheet, "<!-- slot "+slot+"#")
		require.True(t, ok)
		sheet = before + "<!-- slot " + slot + "#" + strings.Replace(rest, "> …", "> "+text, 1)
	}
	return sheet
}

// A working group's year in a real browser: its export taken in, checked, reviewed,
// signed off, drafted and published; guides filled in here and in Word; one
// withdrawn, the next export taken in, and the next edition.
func TestYear(t *testing.T) {
	chromium := os.Getenv("CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); chromium == "" && err == nil {
			chromium = found
		}
	}
	if chromium == "" {
		t.Skip("there is no chromium to see the pages with")
	}
	axe, err := os.ReadFile("../../.ci/browser/node_modules/axe-core/axe.min.js")
	if name := os.Getenv("AXE"); name != "" {
		axe, err = os.ReadFile(name)
	}
	if err != nil {
		t.Log("axe-core is not at hand: npm ci --prefix .ci/browser; accessibility is not looked at")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(ctx)) // the browser lives as long as this context

	dir := t.TempDir()
	serving, stop := context.WithCancel(t.Context())
	log := &locked{}
	done := make(chan error, 1)
	go func() {
		done <- run(serving, []string{"-quiet", "-addr", "127.0.0.1:0", "-data", filepath.Join(dir, "desk.db")}, nil, log)
	}()
	t.Cleanup(func() { stop(); assert.NoError(t, <-done) })
	var first []string
	require.Eventually(t, func() bool {
		first = regexp.MustCompile(`(http://[0-9.:]+)(/welcome\?\S+)`).FindStringSubmatch(log.String())
		return first != nil
	}, 10*time.Minute, 50*time.Millisecond)
	p := &person{T: t, ctx: ctx, at: first[1], axe: string(axe), shots: os.Getenv("DESK_SHOTS"), seen: map[string]bool{}}

	p.open(first[2])
	p.look("welcome")
	p.do(chromedp.SendKeys("#passphrase", passphrase), chromedp.SendKeys("#again", passphrase))
	p.press(".act button")
	p.look("overview-empty")

	// Collect and check.
	sheet, err := os.ReadFile("testdata/messy.csv")
	require.NoError(t, err)
	p.open("/collect")
	p.look("collect")
	messy, err := filepath.Abs("testdata/messy.csv")
	require.NoError(t, err)
	p.upload("#file", ".act button", messy)
	require.Contains(t, p.text(), "24 examples")
	p.look("columns")
	p.press(`button[value=take]`)
	require.Contains(t, p.text(), "row 10")
	p.look("check")
	p.open("/examples")
	p.look("examples")
	p.open(got(p, chromedp.AttributeValue(`main a[href$="/agreement"]`, "href")).Value)
	p.look("agreement")
	p.open("/alike")
	p.look("alike")
	p.open("/collect/account")
	p.look("account")

	// Review: yes to what is sure, no to some, all by keys.
	for n := range 12 {
		p.open("/review")
		p.look("review")
		p.press(`button[value=` + []string{"yes", "yes", "no"}[n%3] + `]`)
	}
	require.Contains(t, p.text(), "12 are decided")

	// Draft for members, and guides.
	p.open("/draft")
	p.look("draft")
	p.do(chromedp.SetValue("#audience", "members"))
	p.press(`form[action="/draft"] button`)
	require.Contains(t, p.text(), "contributors,")
	// Which of these guides an edition has is known when it is published: it counts no code
	// that no person confirmed, nor who says no.
	guides := got(p, chromedp.Evaluate[[]string](`[...document.querySelectorAll('main a[href^="/draft/"]')].map(a => a.getAttribute('href'))`))
	require.NotEmpty(t, guides)
	p.open(guides[0])
	p.look("draft-guide")

	// Sign-off: one yes, one no, one file that nobody can read.
	p.open("/sign-off")
	p.look("sign-off")
	z := unzipped(t, string(p.fetched("/sign-off/sheets.zip")))
	var back []string
	for name, body := range z {
		if strings.HasSuffix(name, ".md") && len(back) < 2 {
			at := filepath.Join(dir, "returned "+filepath.Base(name))
			require.NoError(t, os.WriteFile(at, []byte(answeredSheet(t, string(body), []string{"Yes", "No"}[len(back)])), 0o600))
			back = append(back, at)
		}
	}
	scan := filepath.Join(dir, "scan.pdf")
	require.NoError(t, os.WriteFile(scan, []byte("%PDF-1.7"), 0o600))
	p.upload("#files", ".act button", append(back, scan)...)
	p.look("sign-off-returned")
	require.Contains(t, p.text(), "yes, filed")
	require.Contains(t, p.text(), "no: nothing of it is published")
	require.Contains(t, p.text(), "taken out: the answer is no")
	p.open("/sign-off")
	deletes := got(p, chromedp.Evaluate[[]string](`[...document.querySelectorAll('tr')].filter(r => r.innerText.includes('scan.pdf')).map(r => r.querySelector('form').getAttribute('action'))`))
	require.Len(t, deletes, 1)
	p.press(`form[action="` + deletes[0] + `"] button`)

	// Words of the group: in the browser, then in Word.
	p.open("/guides")
	p.look("guides")
	// Not those of the draft before: whose no came back, and with whom a guide goes, is chance.
	guides = got(p, chromedp.Evaluate[[]string](`[...document.querySelectorAll('main a[href^="/guides/"]')].map(a => a.getAttribute('href'))`))
	require.NotEmpty(t, guides)
	for i, guide := range guides {
		p.open(guide)
		p.look("guide")
		p.do(chromedp.SendKeys(`main textarea`, "Said at the desk."))
		p.press(`.save button`)
		require.Contains(t, p.text(), "Saved.")
		edited := filepath.Join(dir, fmt.Sprintf("edited%d.docx", i))
		require.NoError(t, os.WriteFile(edited, filledDocument(t, p.fetched(guide+"/guide.docx"), "Said in Word."), 0o600))
		p.open(guide)
		p.do(chromedp.Click(`details summary`))
		p.upload("#document", `form[action$="/upload"] button`, edited)
		require.NotContains(t, p.text(), "Written differently")
	}
	// told holds the guides of an edition against the words that stand in them.
	told := func(edition string, words ...string) {
		files, found := unzipped(t, string(p.fetched(edition))), 0
		for _, guide := range guides {
			body := string(files["guides/"+filepath.Base(guide)+".md"])
			if body == "" {
				continue
			}
			found++
			for _, said := range words {
				require.Contains(t, body, said, "%s %s", edition, guide)
			}
		}
		require.Positive(t, found, edition)
	}

	p.publish()
	p.look("published")
	told("/editions/e1", "Said at the desk.", "Said in Word.")

	// One withdraws; the next export has three more, and is sorted.
	p.open("/examples")
	p.press(`button[value="no-new-use"]`)
	require.Contains(t, p.text(), "withdrawn")
	lines := strings.SplitN(string(sheet), "\n", 2)
	next := filepath.Join(dir, "next.csv")
	require.NoError(t, os.WriteFile(next, []byte(lines[0]+"\n"+strings.Join(threeMore(), "\n")+"\n"+lines[1]), 0o600))
	p.open("/collect")
	p.upload("#file", ".act button", next)
	require.Contains(t, p.text(), "24 of them are known from earlier files")
	require.Contains(t, p.text(), "3 are new")
	p.look("columns-next")
	p.press(`button[value=take]`)
	p.publish()
	told("/editions/e2", "Said in Word.")
	p.open("/")
	p.look("overview")
	p.press(`form[action="/backup"] button`)
	require.Contains(t, p.text(), "The copy is written")
	// The year ends with another look, another key, and an edition under it.
	p.open("/look")
	p.look("look")
	p.do(chromedp.SendKeys("#group", "Our group"))
	p.press(`form[action="/look"] button`)
	require.Contains(t, p.text(), "Saved.")
	p.open("/key")
	p.look("key")
	p.do(chromedp.Click(`input[name=sure]`))
	p.press(`form[action="/key"] button`)
	require.Contains(t, p.text(), "There is another key now")
	p.look("key-changed")
	p.open("/draft")
	p.publish()
	newest := got(p, chromedp.AttributeValue(`main a[href^="/editions/"]`, "href")).Value
	require.NotContains(t, []string{"/editions/e1", "/editions/e2"}, newest)
	told(newest, "Said in Word.")
	p.open("/people")
	p.do(chromedp.SendKeys("#name", "Jo Bright"))
	p.press(`form[action="/people"] button`)
	p.press(`tr:last-child form[action$="/link"] button`)
	p.look("people")
	personal := got(p, chromedp.TextContent("main .mark strong"))
	p.open(personal)
	p.look("own-example")
	p.open("/no-such-page")
	p.look("refused")
	for _, word := range []string{"Tarnbeck", "interpreter", "Said in Word", "messy"} {
		require.NotContains(t, log.String(), word, "the log holds a text")
	}
}

// threeMore are rows that came after the first edition.
func threeMore() (out []string) {
	for i, org := range []string{"Ebbsworth Asthma Project", "Kestrel Dermatology Foundation", "Marram Homecare Ltd"} {
		out = append(out, fmt.Sprintf(`2026/11/%02d 09:00:00 am GMT+1,x%d@mail.example,%s,Yes,"What we did, but not who we are","Counted, and told together with others, As a source of guidance",Everyone,%s,Finding and recruiting participants,,2026,UK,`, i+1, i, org,
			[]string{"Parents did not come in the evening. We filmed the sessions and put them on the school's site. Two hundred watched.", "We asked patients what to measure and sleep came first. It is in our registry now.", "Nurses took a card along and asked two questions at the end of each visit."}[i]))
	}
	return out
}

// filledDocument fills the last open field of a Word document, as Word writes it.
func filledDocument(t *testing.T, body []byte, text string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	require.NoError(t, err)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		part, err := io.ReadAll(r)
		require.NoError(t, err)
		if s := string(part); f.Name == "word/document.xml" {
			at := strings.LastIndex(s, "<w:showingPlcHdr/>")
			require.Positive(t, at)
			rest := strings.Replace(s[at:], "<w:showingPlcHdr/>", "", 1)
			rest = strings.Replace(strings.Replace(rest, `<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>`, "", 1), "…", text, 1)
			part = []byte(s[:at] + rest)
		}
		w, err := out.Create(f.Name)
		require.NoError(t, err)
		_, err = w.Write(part)
		require.NoError(t, err)
	}
	require.NoError(t, out.Close())
	answers, err := render.DOCX{}.Answers(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(slices.Collect(func(yield func(guidance.Answer) bool) {
		for _, a := range answers {
			if !yield(a) {
				return
			}
		}
	}), func(a guidance.Answer) bool { return a.Text == text }), "the document holds the answer")
	return b.Bytes()
}
