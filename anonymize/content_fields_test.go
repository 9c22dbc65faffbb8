// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// fillWhole puts a text or number of its own in every field.
func fillWhole(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			fillWhole(field, n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fillWhole(v.Index(i), n)
		}
	case reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Bool:
		v.SetBool(true)
	}
}

func fullContent() (c anonymize.Content) {
	n := 0
	fillWhole(reflect.ValueOf(&c).Elem(), &n)
	return c
}

// What no agreement can close by a field is granted otherwise: a new field of
// content that comes from no field of the example fails here.
func TestEveryFieldOfContentCanBeClosed(t *testing.T) {
	c := fullContent()
	c.Close(func(string) bool { return true })
	want := fullContent()
	require.Equal(t, anonymize.Content{
		Name: want.Name, Acknowledgements: want.Acknowledgements, Sources: want.Sources,
		Resources: []anonymize.Resource{},
	}, c)

	asked := map[string]bool{}
	c = fullContent()
	c.Close(func(field string) bool { asked[field] = true; return false })
	require.Equal(t, fullContent(), c, "what is open stays")
	for field := range asked {
		c := fullContent()
		c.Close(func(f string) bool { return f == field })
		require.NotEqual(t, fullContent(), c, "%s closes nothing", field)
	}
}

func TestCloneSharesNothing(t *testing.T) {
	c := fullContent()
	copied := c.Clone()
	require.Equal(t, c, copied)
	n := 1000
	// Overwrites the copy in place, element by element.
	var overwrite func(v reflect.Value)
	overwrite = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for _, field := range v.Fields() {
				overwrite(field)
			}
		case reflect.Slice:
			for i := range v.Len() {
				overwrite(v.Index(i))
			}
		default:
			fillWhole(v, &n)
		}
	}
	overwrite(reflect.ValueOf(&copied).Elem())
	require.Equal(t, fullContent(), c)
	require.Nil(t, anonymize.Content{}.Clone().Lessons, "what is not there is not made")
}

func TestPassagesAreAllTexts(t *testing.T) {
	c := fullContent()
	c.Name, c.Acknowledgements = "", nil // granted apart
	at := map[string]string{}
	for place, text := range c.Passages() {
		require.NotContains(t, at, place)
		at[place] = text
	}
	var texts []string
	for _, text := range at {
		texts = append(texts, text)
	}
	require.ElementsMatch(t, c.Texts(), texts)
	require.Equal(t, c.Lessons[1].Text, at["lessons[1].text"])
	require.Equal(t, c.Objectives[0].Text, at["objectives[0].as_written"])
	require.Equal(t, c.Sustaining[1], at["adoption.sustaining[1]"])
	for range c.Passages() {
		break // an early end is no fault
	}
}

// What is built, what is listed of an example and what is listed of its content are
// the same texts by the same places: a page may set them side by side.
func TestPassagesAreThoseThatContentIsMadeOf(t *testing.T) {
	n := 0
	fill := func(list any) {
		v := reflect.ValueOf(list).Elem()
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			text := v.Index(i)
			switch x := text.Addr().Interface().(type) {
			case *model.Text:
				x.Value = model.Raw(fmt.Sprint("text ", n))
			default:
				if f := text.FieldByName("Text"); f.IsValid() {
					f.FieldByName("Value").SetString(fmt.Sprint("text ", n))
				} else {
					text.FieldByName("AsWritten").SetString(fmt.Sprint("text ", n))
				}
			}
			n++
		}
	}
	e := &model.Example{Title: model.Text{Value: "title"}, Summary: model.Text{Value: "summary"}}
	for _, list := range []any{
		&e.Challenges, &e.Objectives, &e.Situations, &e.Steps, &e.Resources, &e.Outcomes, &e.Criteria, &e.Lessons, &e.Quotes,
		&e.Adoption.GettingStarted, &e.Adoption.Sustaining, &e.Adoption.Adapted, &e.Adoption.Prerequisites, &e.Adoption.NotSuitableFor,
	} {
		fill(list)
	}
	for i := range e.Quotes {
		e.Quotes[i].Consent, e.Quotes[i].Surfaces = true, []string{"quotes"}
	}
	asked, listed, places := anonymize.Asked(e), map[string]model.Raw{}, []string{}
	for place, text := range anonymize.Passages(e) {
		listed[place], places = text, append(places, place)
	}
	require.Equal(t, asked, listed)
	var made []string
	for place := range fullContent().Passages() {
		made = append(made, place)
	}
	require.Equal(t, places, made)
}
