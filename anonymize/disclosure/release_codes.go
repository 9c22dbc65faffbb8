// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// told is the line of an anonymous record, as what it tells.
type told struct {
	ID    string      `json:"id"`
	Level model.Level `json:"level"`
	anonymize.Content
	of     int             // of builder.plain
	labels []string        // of its class
	fixed  bool            // it is printed as it was
	most   map[string]bool // all that it may tell; nil where that is open
}

// class is how the class of a line reads.
func (t *told) class() string { return strings.Join(t.labels, "\x00") }

func readTold(line []byte) (*told, error) {
	t := &told{}
	if json.Unmarshal(line, t) != nil {
		return nil, fmt.Errorf("%w: a line cannot be read", ErrInput)
	}
	return t, nil
}

// withoutRare takes out of anonymous lines what fewer than K contributors tell in them:
// of two hundred examples the only one of a stage or a method is known by it, whatever
// its class hides. What only contributors of one kind of organisation, or one
// sector, tell stands for that kind; where it is told more broadly, K of the class must tell
// it. New lines that tell a value do so all or none. A line that was printed and says the
// same stays as it was printed, so that who joins or leaves changes none of the others.
func (b *builder) withoutRare(lines []ReleaseLine, at map[string]int) error {
	whole := make([][]byte, len(lines))
	for i, l := range lines {
		whole[i] = l.Line
	}
	b.bare, b.asks = map[string]bool{}, b.strictest(b.printed())
	for {
		if err := b.tellCommon(lines, at); err != nil {
			return err
		}
		shows, says := map[string][]byte{}, map[string][]byte{}
		for i, l := range lines {
			shows[l.ID], says[l.ID] = l.Line, whole[i]
		}
		parted := false
		for _, l := range b.lives {
			if b.partsFromAny(l, shows, says) {
				parted = b.asBefore(l) || parted
			}
		}
		if !parted {
			return nil
		}
		for i, l := range lines {
			if lines[i].Line = whole[i]; b.frozen[l.ID] != nil {
				lines[i].Line = b.frozen[l.ID]
				if b.rel.Frozen == nil {
					b.rel.Frozen = map[string][]byte{}
				}
				b.rel.Frozen[l.ID] = bytes.Clone(b.frozen[l.ID])
			}
			whole[i] = lines[i].Line
		}
	}
}

// partsFromAny reports whether readers of any earlier edition would see too few of a class
// change, or stay, by their lines as they are shown. Of those who say what they said then,
// and whose lines lost only what fewer tell now, readers know why: they hide nobody who says
// something else.
func (b *builder) partsFromAny(l life, shows, says map[string][]byte) bool {
	parts := func(shown, whole map[string][]byte) bool {
		changes := func(id string) bool { return shown[id] != nil && !bytes.Equal(shows[id], shown[id]) }
		return l.parts(changes) || l.parts(func(id string) bool {
			return changes(id) && !bytes.Equal(says[id], whole[id]) &&
				(bytes.Equal(shown[id], b.shown(id)) || !b.lost(shows[id], shown[id], says[id]))
		})
	}
	last := map[string][]byte{}
	for _, m := range l.members {
		last[m.ID] = b.shown(m.ID)
	}
	if parts(last, b.cfg.Printed) {
		return true
	}
	for e, shown := range b.cfg.Editions {
		whole := shown
		if e < len(b.cfg.Wholes) {
			whole = b.cfg.Wholes[e]
		}
		if parts(shown, whole) {
			return true
		}
	}
	return false
}

// lost reports whether a line tells what another told but for what its record still says.
// A line that these readers had, and whose record is as it was, stays as it was printed:
// where such a line loses anything, they know that its record has changed. One that others
// had loses it so or so.
func (b *builder) lost(line, was, record []byte) bool {
	tells := func(line []byte) map[string]bool {
		out := map[string]bool{}
		if t, err := readTold(line); err == nil {
			b.values(&t.Content, func(value string) bool { out[value] = true; return true })
		}
		return out
	}
	now, before, still := tells(line), tells(was), tells(record)
	for value := range now {
		if !before[value] {
			return false
		}
	}
	for value := range before {
		if !still[value] {
			return false
		}
	}
	return true
}

// asBefore prints those of a class as before of whom too few would be seen to say something
// else. Lines that only fewer readers saw may tell more than enough tell here: of these the
// whole class tells nothing but what it reads alike in. It reports whether it changed any.
func (b *builder) asBefore(l life) (changed bool) {
	for _, m := range l.members {
		line := l.printed[m.ID]
		switch {
		case b.label[m.ID] == nil:
		case line != nil && b.frozen[m.ID] == nil:
			b.frozen[m.ID], changed = line, true
		case line == nil && b.cfg.Narrower[m.ID] && !b.bare[m.ID]:
			b.bare[m.ID], changed = true, true
		}
	}
	return changed
}

// shown is a line as it was printed last, nil where it was not.
func (b *builder) shown(id string) []byte {
	if line := b.cfg.Shown[id]; line != nil {
		return line
	}
	return b.cfg.Printed[id]
}

// tellCommon leaves in lines what enough tell.
func (b *builder) tellCommon(lines []ReleaseLine, at map[string]int) error {
	var all, records []*told
	place := map[*told]int{}
	for i, l := range lines {
		if l.Named {
			continue
		}
		record, err := readTold(l.Line)
		if err != nil {
			return err
		}
		line, was := l.Line, b.cfg.Printed[l.ID]
		fixed := was != nil && !b.cfg.Narrower[l.ID] && bytes.Equal(was, line)
		if fixed {
			line = b.shown(l.ID)
			lines[i].Line = line
		}
		t, err := readTold(line)
		if err != nil {
			return err
		}
		t.of, t.labels, t.fixed = at[l.ID], b.label[l.ID], fixed
		if was != nil && b.cfg.Narrower[l.ID] { // fewer readers saw no more of it
			before, err := readTold(b.shown(l.ID))
			if err != nil {
				return err
			}
			t.most = map[string]bool{}
			b.values(&before.Content, func(value string) bool {
				t.most[value] = !b.bare[l.ID]
				return true
			})
		}
		all, records, place[t] = append(all, t), append(records, record), i
	}
	for b.takeRare(all) || b.leaveUntold(all, records) || b.leaveUnsaid(all, records) {
	}
	return writeTold(all, place, lines)
}

// writeTold puts what is left of lines that may change in their places.
func writeTold(all []*told, place map[*told]int, lines []ReleaseLine) error {
	for _, t := range all {
		if t.fixed {
			continue
		}
		line, err := json.Marshal(t)
		if err != nil {
			return fmt.Errorf("disclosure: record: %w", err)
		}
		lines[place[t]].Line = line
	}
	return nil
}

// takeRare takes out what too few lines tell as they are now, and reports whether there
// was anything. What is said of a method goes with it, and fewer tell it then.
func (b *builder) takeRare(lines []*told) (found bool) {
	holders := map[string][]*told{}
	for _, t := range lines {
		b.values(&t.Content, func(value string) bool {
			if who := holders[value]; len(who) == 0 || who[len(who)-1] != t {
				holders[value] = append(who, t)
			}
			return true
		})
	}
	common := map[string]bool{}
	for value, who := range holders {
		common[value] = b.enough(who)
	}
	for _, t := range lines {
		if t.fixed {
			continue
		}
		b.values(&t.Content, func(value string) bool {
			keep := common[value] && (t.most == nil || t.most[value])
			found = found || !keep
			return keep
		})
	}
	return found
}

func recordsOf(lines []*told) []int {
	records := make([]int, len(lines))
	for i, t := range lines {
		records[i] = t.of
	}
	return records
}

// enough reports whether as many tell a value as the strictest of the release asks for, in
// each class that it tells more of than its labels. Were it the strictest of those who tell
// it, lines that tell what fewer do could not be those of who asks for more.
func (b *builder) enough(who []*told) bool {
	records, need := recordsOf(who), b.asks
	if b.contributors(records) < need {
		return false
	}
	for c, name := range b.names {
		if name != vocabulary.OrganisationType && name != vocabulary.Sector {
			continue
		}
		one := b.quasi[records[0]][c]
		if one == "" || slices.ContainsFunc(records, func(i int) bool { return b.quasi[i][c] != one }) {
			continue
		}
		classes := map[string][]int{} // that are told more broadly
		for _, t := range who {
			if t.labels[c] != one {
				classes[t.class()] = append(classes[t.class()], t.of)
			}
		}
		for _, class := range classes {
			if b.contributors(class) < need {
				return false
			}
		}
	}
	return true
}

// values calls keep with each value that content tells beside its quasi-identifiers and
// its texts, and takes out those that it does not keep, and what is nothing without them.
func (b *builder) values(c *anonymize.Content, keep func(value string) bool) {
	b.fieldsOf(c, func(field reflect.Value, name string, _ int) {
		switch {
		case keepCodes(field, name, keep):
		case field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.Struct:
			kept := reflect.MakeSlice(field.Type(), 0, field.Len())
			for j := range field.Len() {
				if x := field.Index(j); keepMember(x, name, keep) {
					kept = reflect.Append(kept, x)
				}
			}
			if kept.Len() == 0 {
				kept = reflect.Zero(field.Type())
			}
			field.Set(kept)
		}
	})
	for i := range c.Steps {
		c.Steps[i].Order = i
	}
}

// fieldsOf calls do with each field of content that tells codes beside its quasi-identifiers,
// its name and its place.
func (b *builder) fieldsOf(c *anonymize.Content, do func(field reflect.Value, name string, i int)) {
	spared := slices.Concat(b.fields, b.sensitiveNames())
	v := reflect.ValueOf(c).Elem()
	for i := range v.NumField() {
		field := v.Field(i)
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if slices.Contains(spared, name) || name == "sources" {
			continue
		}
		_, one := reflect.TypeAssert[model.Code](field)
		_, several := reflect.TypeAssert[[]model.Code](field)
		if one || several || field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.Struct {
			do(field, name, i)
		}
	}
}

// keepCodes does so with a field of codes, and reports whether it is one.
func keepCodes(field reflect.Value, name string, keep func(value string) bool) bool {
	switch v := field.Interface().(type) {
	case model.Code:
		if v != "" && !keep(name+"="+string(v)) {
			field.SetZero()
		}
	case []model.Code:
		codes := slices.DeleteFunc(slices.Clone(v), func(c model.Code) bool { return !keep(name + "=" + string(c)) })
		if len(codes) == 0 {
			codes = nil
		}
		field.Set(reflect.ValueOf(codes))
	default:
		return false
	}
	return true
}

// keepMember does the same to a statement, a step or another member of a list, and reports
// whether it says anything then. What is told of a method, a group or another thing that
// has a code goes with it.
func keepMember(x reflect.Value, list string, keep func(value string) bool) (says bool) {
	at := headOf(x)
	head := x.FieldByName(at)
	gone := head.IsValid() && !head.IsZero() && !keep(list+"="+head.String())
	for i := range x.NumField() {
		field, name := x.Field(i), x.Type().Field(i).Name
		value := list + " " + name
		switch {
		case name == "Order":
			continue
		case name == "Text":
		case gone:
			field.SetZero()
		case name == at || name == "Accepted":
		case keepCodes(field, value, keep):
		case !field.IsZero() && !keep(fmt.Sprint(value, "=", field.Interface())):
			field.SetZero()
		}
		says = says || !field.IsZero()
	}
	return says
}

// headOf names the field that the rest of a member is told of.
func headOf(x reflect.Value) string {
	switch x.Interface().(type) {
	case anonymize.Statement:
		return "Code"
	case anonymize.Stakeholder:
		return "Group"
	case anonymize.Step:
		return "Method"
	case anonymize.Resource:
		return "Type"
	}
	return ""
}
