// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// The names under which the fields of each part stand in the text to approve.
var (
	approvalTop = map[string]string{
		"Kind": "Kind", "Title": "Title", "Summary": "Summary", "Name": "Name", "Kinds of partnership": "PartnershipTypes",
		"Kinds of organisation": "OrganisationTypes", "Sectors": "Sectors", "Areas of health": "TherapyAreas", "Stages": "Lifecycle",
		"Level of participation": "Level", "Setting": "Setting", "Scale": "Scale", "Region": "Region", "Year": "Year", "Money, as a band": "Budget",
	}
	approvalLists = map[string]string{
		"Getting started": "GettingStarted", "Keeping it going": "Sustaining", "Adapted elsewhere": "Adapted",
		"To have in place": "Prerequisites", "Where not to use it": "NotSuitableFor", "Acknowledgement": "Acknowledgements",
	}
	approvalBlocks = map[string]struct {
		list   string
		fields map[string]string
	}{
		"Who took part": {"Stakeholders", map[string]string{"Group": "Group", "How many, as a band": "Size", "Level of participation": "Level"}},
		"Challenge":     {"Challenges", approvalStatement},
		"Objective":     {"Objectives", approvalStatement},
		"Situation":     {"Situations", approvalStatement},
		"Step": {"Steps", map[string]string{
			"What was done": "Text", "Method": "Method", "Who did it": "Actor", "Place in the order": "Order",
			"Month after the start": "Month", "Effort": "Effort", "Meant for": "Addresses",
		}},
		"Resource": {"Resources", map[string]string{
			"Type": "Type", "In words": "Text", "Amount, as a band": "Band", "Licence": "Licence", "Found helpful": "Helpful",
		}},
		"Outcome": {"Outcomes", map[string]string{
			"In words": "Text", "Direction": "Direction", "For whom": "Beneficiary", "How it was looked at": "Design",
			"Looked at independently": "Independent", "Domain": "Domain", "Size of what it rests on, as a band": "Size",
		}},
		"Sign of success": {"Criteria", map[string]string{"In words": "Text", "Defined by": "DefinedBy", "Met": "Met"}},
		"Lesson":          {"Lessons", map[string]string{"In words": "Text", "Kind": "Kind", "About": "Addresses"}},
		"Quotation":       {"Quotes", map[string]string{"Words": "Text", "Speaker": "Speaker"}},
		"Public source": {"Sources", map[string]string{
			"Type": "Type", "Title": "Title", "Publisher": "Publisher", "Year": "Year", "Address": "URL", "Licence": "Licence", "Acknowledgement": "Attribution",
		}},
	}
	approvalStatement = map[string]string{"In words": "Text", "Filed under": "Code", "Suggested, not counted": "Code", "Basis": "Basis"}

	approvalLine    = regexp.MustCompile(`^( *)([A-Z][A-Za-z0-9, ]*):(?: (.*))?$`)
	approvalHeading = regexp.MustCompile(`^([A-Z][a-z ]*) ([1-9][0-9]*)$`)
	approvalEscape  = regexp.MustCompile(`\\(?:\\|u\{([0-9A-F]+)\}|x\{([0-9A-F]+)\})`)
	approvalCode    = regexp.MustCompile(`\(([^()]*)\)(?:; |$)`)
)

// readApproval reads a text to approve back. That it can is why two contents
// never share a text.
func readApproval(t testing.TB, body string) (level string, c anonymize.Content) {
	t.Helper()
	lines := strings.Split(body, "\n")
	require.Equal(t, "sharedpractice approval text 2", lines[0])
	top := reflect.ValueOf(&c).Elem()
	var in reflect.Value // the block that lines belong to
	var fields map[string]string
	for i := 2; i < len(lines); i++ {
		if lines[i] == "" {
			in = reflect.Value{}
			continue
		}
		if lines[i] == "Nothing of this example is published on its own." {
			require.Equal(t, len(lines)-1, i)
			require.Zero(t, c)
			continue
		}
		if m := approvalHeading.FindStringSubmatch(lines[i]); m != nil {
			b, ok := approvalBlocks[m[1]]
			require.True(t, ok, "a heading of the form")
			list := top.FieldByName(b.list)
			list.Set(reflect.Append(list, reflect.New(list.Type().Elem()).Elem()))
			require.Equal(t, strconv.Itoa(list.Len()), m[2])
			in, fields = list.Index(list.Len()-1), b.fields
			if b.list == "Steps" {
				in.FieldByName("Order").SetInt(int64(list.Len() - 1))
			}
			continue
		}
		m := approvalLine.FindStringSubmatch(lines[i])
		require.NotNil(t, m, "line %d is of the form", i+1)
		var value strings.Builder
		value.WriteString(m[3])
		for i+1 < len(lines) && strings.HasPrefix(lines[i+1], m[1]+"  |") {
			i++
			value.WriteString("\n" + strings.TrimPrefix(strings.TrimPrefix(lines[i], m[1]+"  |"), " "))
		}
		switch list, n, numbered := lastWord(m[2]); {
		case m[1] != "":
			require.True(t, in.IsValid())
			if m[2] == "Filed under" {
				in.FieldByName("Accepted").SetBool(true)
			}
			putApproval(t, in.FieldByName(fields[m[2]]), value.String())
			if fields[m[2]] == "Order" {
				in.FieldByName("Order").SetInt(in.FieldByName("Order").Int() - 1)
			}
		case m[2] == "Level":
			level = value.String()
		case numbered:
			texts := top.FieldByName(approvalLists[list])
			texts.Set(reflect.Append(texts, reflect.ValueOf("")))
			require.Equal(t, strconv.Itoa(texts.Len()), n)
			putApproval(t, texts.Index(texts.Len()-1), value.String())
		default:
			putApproval(t, top.FieldByName(approvalTop[m[2]]), value.String())
		}
	}
	return level, c
}

func lastWord(name string) (list, n string, ok bool) {
	i := strings.LastIndexByte(name, ' ')
	if i < 0 {
		return "", "", false
	}
	_, ok = approvalLists[name[:i]]
	return name[:i], name[i+1:], ok
}

func putApproval(t testing.TB, field reflect.Value, value string) {
	t.Helper()
	require.True(t, field.IsValid(), "a field of the form")
	switch field.Interface().(type) {
	case []model.Code:
		for _, m := range approvalCode.FindAllStringSubmatch(value, -1) {
			field.Set(reflect.Append(field, reflect.ValueOf(model.Code(unescaped(m[1])))))
		}
	case model.Code:
		m := approvalCode.FindStringSubmatch(value)
		require.NotNil(t, m)
		field.SetString(unescaped(m[1]))
	case string:
		field.SetString(unescaped(value))
	case int:
		n, err := strconv.Atoi(value)
		require.NoError(t, err)
		field.SetInt(int64(n))
	case bool:
		require.Equal(t, "yes", value)
		field.SetBool(true)
	default:
		require.Fail(t, "a type that the form does not have")
	}
}

func unescaped(s string) string {
	return approvalEscape.ReplaceAllStringFunc(s, func(found string) string {
		m := approvalEscape.FindStringSubmatch(found)
		n, err := strconv.ParseUint(m[1]+m[2], 16, 32)
		switch {
		case err != nil: // of the escape of a backslash
			return `\`
		case m[1] != "":
			return string(rune(n))
		case m[2] != "":
			return string([]byte{byte(n)})
		}
		return ""
	})
}

// filler fills values from bytes, with what could pass for the form itself.
type filler struct{ b []byte }

func (f *filler) next() int {
	if len(f.b) == 0 {
		return 0
	}
	x := f.b[0]
	f.b = f.b[1:]
	return int(x)
}

func (f *filler) text() string {
	pieces := []string{
		"", "We asked first.", "\n", "\nTitle: forged", "\n\nStep 2\n  What was done: x", "\n  | ", "|", `\`, `\u{A}`, " ", "\u2028", "\u202e", "\u200b",
		"\xff", "\x00", "(ch:time)", "; (ch:time)", ": ", "é", "\r\n", "ch:time", ")", "Tokenism (ch:tokenism)",
	}
	var b strings.Builder
	for range f.next() % 4 {
		n := f.next()
		if n%3 == 0 {
			b.WriteByte(byte(f.next()))
			continue
		}
		b.WriteString(pieces[n%len(pieces)])
	}
	return b.String()
}

func (f *filler) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			f.fill(field)
		}
	case reflect.Slice:
		if n := f.next() % 3; n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				f.fill(v.Index(i))
			}
		}
	case reflect.String:
		v.SetString(f.text())
	case reflect.Int:
		v.SetInt(int64(f.next()) - 2)
	case reflect.Bool:
		v.SetBool(f.next()%2 == 1)
	default:
		panic("a kind of field that the filler does not know")
	}
}

// Law: the text can be read back, whatever the fields hold, so that no two
// contents have one text.
func FuzzApprovalText(f *testing.F) {
	f.Add([]byte{})
	for seed := range 24 {
		b := make([]byte, 400)
		for i := range b {
			b[i] = byte((i*i*31 + i*(seed+3)*17 + seed*101) >> 2)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		in := &filler{b}
		level := model.Level(in.next() % 5)
		var c anonymize.Content
		in.fill(reflect.ValueOf(&c).Elem())
		body := anonymize.ApprovalTextOf(level, c)
		require.True(t, utf8.ValidString(body))
		for line := range strings.SplitSeq(body, "\n") {
			require.Equal(t, strings.TrimRight(line, " \t\r"), line, "nothing stands unseen at the end of a line")
		}
		gotLevel, got := readApproval(t, body)
		require.Equal(t, level.String(), gotLevel)
		require.Equal(t, c, got)
	})
}

// Law: a change of any character of any published field changes the text. A
// field that is added to Content and not to the text fails here.
func TestApprovalTextHoldsEveryField(t *testing.T) {
	var whole anonymize.Content
	full(reflect.ValueOf(&whole).Elem())
	before := anonymize.ApprovalTextOf(model.Attributed, whole)
	require.NotEqual(t, before, anonymize.ApprovalTextOf(model.Anonymous, whole))
	changes := 0
	var walk func(at string, v reflect.Value)
	walk = func(at string, v reflect.Value) {
		now := reflect.New(v.Type()).Elem()
		now.Set(v)
		changed := func(to any) {
			changes++
			v.Set(reflect.ValueOf(to).Convert(v.Type()))
			require.NotEqual(t, before, anonymize.ApprovalTextOf(model.Attributed, whole), at)
			v.Set(now)
		}
		switch v.Kind() {
		case reflect.Struct:
			for i, field := range v.Fields() {
				walk(at+"."+i.Name, field)
			}
		case reflect.Slice:
			walk(at+"[0]", v.Index(0))
			changed(reflect.Append(now, reflect.New(v.Type().Elem()).Elem()).Interface())
			changed(reflect.Zero(v.Type()).Interface())
		case reflect.String:
			for _, to := range []string{"", v.String() + " ", v.String() + "\u200b", v.String() + "\n", "x" + v.String()[1:]} {
				changed(to)
			}
		case reflect.Int:
			changed(v.Int() + 1)
		case reflect.Bool:
			changed(!v.Bool())
		default:
			require.Fail(t, "a kind of field that the test does not know", at)
		}
	}
	walk("", reflect.ValueOf(&whole).Elem())
	require.Greater(t, changes, 200)
	require.Equal(t, before, anonymize.ApprovalTextOf(model.Attributed, whole))
}

// full puts something in every field.
func full(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			full(field)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		full(v.Index(0))
	case reflect.String:
		v.SetString("ch:time")
	case reflect.Int:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("a kind of field that the test does not know")
	}
}

func TestApprovalTextIsRead(t *testing.T) {
	modeltest.Golden(t, "approval/steps.txt", []byte(anonymize.ApprovalTextOf(model.Anonymous, anonymize.Content{
		Kind: "ki:engagement-activity", Title: "A bus run by [an organisation]", Region: "rg:gb-eng", Year: "2023", Budget: "mb:b",
		OrganisationTypes: []model.Code{"ot:charity", "ot:patient-group"}, TherapyAreas: []model.Code{"ta:mental-health"},
		Stakeholders: []anonymize.Stakeholder{{Group: "st:patient", Size: "ps:n20-49"}},
		Challenges:   []anonymize.Statement{{Code: "ch:seldom-heard", Accepted: true, Text: "nobody came", Basis: "experienced"}, {Code: "ch:own-word"}},
		Steps: []anonymize.Step{
			{Text: "We asked.\nThen we asked again.\n\nTitle: not one", Method: "me:outreach", Actor: "st:patient", Month: 1, Effort: "eb:days", Addresses: []model.Code{"ch:seldom-heard", "ch:jargon"}},
			{Text: "We \u202ewaited\u200b ", Order: 3},
			{Order: 2},
		},
		Resources:      []anonymize.Resource{{Type: "money", Band: "mb:b", Helpful: true}},
		Outcomes:       []anonymize.Outcome{{Direction: "positive", Design: "ed:before-after"}},
		Lessons:        []anonymize.Lesson{{Text: `Bring tea, not C:\tea.`, Kind: "worked"}},
		GettingStarted: []string{"Ask first.", ""},
		Sources:        []anonymize.Source{{Type: "report", Title: "A made-up report", Year: 2024}},
	})))
	modeltest.Golden(t, "approval/nothing.txt", []byte(anonymize.ApprovalTextOf(model.Aggregate, anonymize.Content{})))
}

// A better label must neither let approvals lapse nor alter what was approved:
// the words of the text stay, and a person says that the new label says the same.
func TestApprovalWords(t *testing.T) {
	body, err := os.ReadFile("data/approval.tsv")
	require.NoError(t, err)
	now := map[string]string{}
	last := ""
	for line := range strings.Lines(string(body)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		require.True(t, len(cells) == 2 || len(cells) == 3, "a code, its words, and the label now where that is another")
		require.Greater(t, cells[0], last, "sorted, each code once")
		last = cells[0]
		require.NotContains(t, cells[1], "(", "codes stand in parentheses")
		require.NotContains(t, cells[1], ")")
		require.NotContains(t, cells[1], "; ")
		now[cells[0]] = cells[len(cells)-1]
	}
	concepts := 0
	var held []string // prefixes of the codes that Content holds
	for _, s := range vocabulary.Default().Schemes() {
		if !strings.Contains(" ki pt ot se st ta lc lv sc rg mb ch ob si me ps eb ed ", " "+s.Prefix()+" ") {
			continue
		}
		held = append(held, s.Prefix())
		for c := range s.Concepts() {
			concepts++
			require.Equal(t, c.PrefLabel("en-GB"), now[c.ID()],
				"%s: add a row for a new concept; where a label was reworded and says the same, put the new label in the third column, else change the second and say that approvals lapse", c.ID())
		}
	}
	require.Len(t, held, 18)
	require.Len(t, now, concepts, "a row of a concept that is gone stays only while stored records may hold it")
	require.Len(t, anonymize.ApprovalWords(), concepts)
}

// The hash of the form before, the published content as JSON, approves nothing.
func TestApprovalOfAnEarlierFormIsNone(t *testing.T) {
	a := anonymizer(t, nil)
	e := agreed("e1", "p1", "We asked people first.")
	e.Agreements[0].Uses[model.UseSingleSource] = true
	e.Agreements[0].Approval.Required = true
	r := one(t, a, e).Record
	old, err := json.MarshalIndent(r.Proposed(), "", "  ")
	require.NoError(t, err)
	for _, hash := range []string{model.HashText(string(old)), "", model.HashText(""), strings.Repeat("0", 64)} {
		e.Agreements[0].Approval.TextSHA256 = hash
		x := one(t, a, e)
		require.Equal(t, model.Aggregate, x.Record.Level())
		require.Zero(t, x.Record.Published())
		require.False(t, x.Record.OwnWords())
	}
	e.Agreements[0].Approval.TextSHA256 = model.HashText(r.ApprovalText())
	require.Equal(t, model.Anonymous, one(t, a, e).Record.Level())
}

// Law: an approval lapses when a published character changes, and stays when
// what is not published does.
func TestApprovalLapses(t *testing.T) {
	a := anonymizer(t, nil)
	made := func(change func(e *model.Example)) anonymize.Result {
		e := agreed("e1", "p1", "We asked people first.", "Then we paid them.")
		e.Agreements[0].Uses[model.UseSingleSource] = true
		e.Agreements[0].Approval.Required = true
		e.Steps = []model.Step{{Text: model.Text{Value: "We asked."}, Method: model.Coded{Code: "me:survey", AssignedBy: model.ByEditor}}}
		if change != nil {
			change(e)
		}
		return one(t, a, e)
	}
	approved := made(nil).Log.Approval
	sign := func(e *model.Example) { e.Agreements[0].Approval.TextSHA256 = approved }
	require.Equal(t, model.Anonymous, made(sign).Record.Level())
	for i, change := range []func(e *model.Example){
		func(e *model.Example) { e.Lessons[1].Text.Value = "Then we paid them" },
		func(e *model.Example) {
			e.Lessons[0].Text.Value, e.Lessons[1].Text.Value = e.Lessons[1].Text.Value, e.Lessons[0].Text.Value
		},
		func(e *model.Example) { e.Lessons = e.Lessons[:1] },
		func(e *model.Example) { e.Steps[0].Method.Code = "me:interview" },
		func(e *model.Example) { e.Kind = "ki:resource" },
		func(e *model.Example) { byName(e, model.Attributed) },
		func(e *model.Example) { delete(e.Agreements[0].Uses, model.UseSingleSource) },
		func(e *model.Example) { e.Agreements[0].Fields = map[string]model.Level{"lessons": model.Aggregate} },
	} {
		x := made(func(e *model.Example) { sign(e); change(e) })
		require.Equal(t, model.Aggregate, x.Record.Level(), fmt.Sprint("change ", i))
		require.Zero(t, x.Record.Published())
	}
	for i, change := range []func(e *model.Example){
		func(e *model.Example) {
			e.Agreements[0].Approval.By, e.Agreements[0].Approval.At = "the secretary", "2026-02-01"
		},
		func(e *model.Example) { e.Condition = model.Text{Value: "made up"} },
		func(e *model.Example) { e.Agreements[0].Uses[model.UseWorkshop] = true },
	} {
		x := made(func(e *model.Example) { sign(e); change(e) })
		require.Equal(t, model.Anonymous, x.Record.Level(), fmt.Sprint("kept ", i))
	}
}
