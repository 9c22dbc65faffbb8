// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"maps"
	"reflect"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// leaveUntold takes a field that describes an example out of all lines that are made anew
// where one line has nothing left in it that its record tells, and fewer of its class than
// are asked for tell nothing there of themselves: the only line without a kind would be that
// of the contributor whose kind nobody else told. It goes out of all classes, since
// what is counted of it elsewhere, less what lines tell of it, would be those of one. What
// examples are about (challenges, objectives, steps) is left out of single lines only: no
// line would tell it. A line that is printed as it was counts by what its record tells; one
// that tells nothing but its class does not count. It reports whether it took out anything.
func (b *builder) leaveUntold(lines, records []*told) (found bool) {
	b.fieldsOf(&anonymize.Content{}, func(field reflect.Value, name string, i int) {
		if name == "challenges" || name == "objectives" || name == "steps" {
			return
		}
		empty := func(t *told) bool { return fieldOf(t, i).IsZero() }
		ofThemselves, emptied := map[string][]int{}, map[string]bool{}
		for n, t := range lines {
			switch {
			case empty(records[n]):
				ofThemselves[t.class()] = append(ofThemselves[t.class()], t.of)
			case empty(t) && !b.bare[t.ID]:
				emptied[t.class()] = true
			}
		}
		for class := range emptied {
			if b.contributors(ofThemselves[class]) >= b.asks {
				delete(emptied, class)
			}
		}
		for _, t := range lines {
			if len(emptied) > 0 && !t.fixed && !empty(t) {
				found = leaveOut(fieldOf(t, i)) || found
			}
		}
	})
	return found
}

// leaveOut takes out of a line what a field tells, but for people's sentences, and reports
// whether there was anything.
func leaveOut(field reflect.Value) (found bool) {
	if field.Kind() != reflect.Slice || field.Type().Elem().Kind() != reflect.Struct {
		field.SetZero()
		return true
	}
	for at := range field.Type().Elem().NumField() {
		if name := field.Type().Elem().Field(at).Name; name != "Text" && name != "Order" {
			found = takeFrom(field, at) || found
		}
	}
	return found
}

// leaveUnsaid does the same with what is told of a step, a challenge or another member of a
// list, such as who took it: the only survey of a class without an actor would be that of
// the contributor whose actor nobody else told. Surveys are held against surveys. A class of
// which no line tells it has nobody who stands out.
func (b *builder) leaveUnsaid(lines, records []*told) (found bool) {
	b.fieldsOf(&anonymize.Content{}, func(list reflect.Value, _ string, i int) {
		if list.Kind() != reflect.Slice || list.Type().Elem().Kind() != reflect.Struct {
			return
		}
		var left [][]int // of each line's list, what it was in its record
		for _, at := range describing(list.Type().Elem()) {
			if left == nil {
				left = make([][]int, len(lines))
				for n, t := range lines {
					left[n] = leftOf(fieldOf(t, i), fieldOf(records[n], i))
				}
			}
			lost, tells, lack := map[[2]string]bool{}, map[string]bool{}, map[[2]string][]int{} // by class, and by what is told of in it
			for n, t := range lines {
				is, was := fieldOf(t, i), fieldOf(records[n], i)
				for j, from := range left[n] {
					key := [2]string{t.class(), headed(is.Index(j))}
					switch {
					case !is.Index(j).Field(at).IsZero():
						tells[t.class()] = true
					case from < 0 || was.Index(from).Field(at).IsZero():
						lack[key] = append(lack[key], t.of)
					case !b.bare[t.ID]:
						lost[key] = true
					}
				}
			}
			maps.DeleteFunc(lost, func(key [2]string, _ bool) bool {
				return !tells[key[0]] || b.contributors(lack[key]) >= b.asks
			})
			if len(lost) > 0 && takeFromAll(lines, i, at) {
				found, left = true, nil
			}
		}
	})
	return found
}

// takeFromAll takes a field of its members out of a list of every line that may change, and
// reports whether there was anything to take.
func takeFromAll(lines []*told, i, at int) (found bool) {
	for _, t := range lines {
		found = !t.fixed && takeFrom(fieldOf(t, i), at) || found
	}
	return found
}

// fieldOf is a field of a line, by its place.
func fieldOf(t *told, i int) reflect.Value { return reflect.ValueOf(&t.Content).Elem().Field(i) }

// describing are the fields of a member of a list that are told of its head.
func describing(member reflect.Type) (fields []int) {
	head := headOf(reflect.Zero(member))
	for at := range member.NumField() {
		switch member.Field(at).Name {
		case head, "Order", "Text", "Accepted":
		default:
			fields = append(fields, at)
		}
	}
	return fields
}

// headed is what the rest of a member is told of.
func headed(member reflect.Value) string {
	if head := headOf(member); head != "" {
		return member.FieldByName(head).String()
	}
	return ""
}

// leftOf finds of each member of a list which it was in the record, -1 where it is none of
// them: what is left of a list stands in its order.
func leftOf(is, was reflect.Value) []int {
	out := make([]int, is.Len())
	next := 0
	for j := range out {
		at := next
		for at < was.Len() && !stems(is.Index(j), was.Index(at)) {
			at++
		}
		if out[j] = -1; at < was.Len() {
			out[j], next = at, at+1
		}
	}
	return out
}

// stems reports whether a member of a list may be what is left of another.
func stems(is, was reflect.Value) bool {
	if headed(is) != headed(was) {
		return false
	}
	for i := range is.NumField() {
		if codes, several := reflect.TypeAssert[[]model.Code](is.Field(i)); several {
			of, _ := reflect.TypeAssert[[]model.Code](was.Field(i))
			if slices.ContainsFunc(codes, func(c model.Code) bool { return !slices.Contains(of, c) }) {
				return false
			}
		} else if is.Type().Field(i).Name != "Order" && !is.Field(i).IsZero() && is.Field(i).Interface() != was.Field(i).Interface() {
			return false
		}
	}
	return true
}

// takeFrom takes a field out of the members of a list, and those that say nothing then, and
// reports whether there was any.
func takeFrom(list reflect.Value, at int) (found bool) {
	kept := reflect.MakeSlice(list.Type(), 0, list.Len())
	for j := range list.Len() {
		x := list.Index(j)
		if !x.Field(at).IsZero() {
			x.Field(at).SetZero()
			found = true
		}
		says := false
		for i := range x.NumField() {
			says = says || x.Type().Field(i).Name != "Order" && !x.Field(i).IsZero()
		}
		if says {
			kept = reflect.Append(kept, x)
		}
	}
	if kept.Len() == 0 {
		kept = reflect.Zero(list.Type())
	}
	if found {
		list.Set(kept)
	}
	return found
}
