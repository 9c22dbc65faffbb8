// SPDX-License-Identifier: Apache-2.0

package recognize_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// TestDeclaredForms: the forms in which people write a declared name. All
// names are made up.
func TestDeclaredForms(t *testing.T) {
	rows := []struct {
		kind       recognize.Kind
		name       string
		found, not []string
	}{
		{recognize.Person, "Dr Jane Alice Okonjowa MBE", []string{
			"Jane Okonjowa", "Okonjowa", "okonjowa", "OKONJOWA’s", "Okonjowa, Jane", "J. Okonjowa", "J Okonjowa", "J. A. Okonjowa", "JA Okonjowa", "Okonjowa J",
			"Jane", "J.A.O.", "JAO", "jokonjowa", "okonjowaj@example.org", "jane.okonjowa@example.org", "Okonjwoa", "Okonjoa", "Oconjowa", "Okonjowas", "Jane Alice Okonjowa",
		}, []string{"the job was done", "Jan left", "an okapi"}},
		{recognize.Person, "Elizabeth Price", []string{
			"Liz Price", "Beth Price", "Elizabeth", "Liz", "PRICE, Elizabeth", "E. Price", "we asked Price again", "Price said no", "Price comparisons came first", "lprice isn’t, but eprice is",
		}, []string{"the price was high"}},
		{recognize.Person, "Thijs van der Brinkma", []string{"van der Brinkma", "Brinkma", "T. van der Brinkma", "Brinkma, Thijs van der"}, nil},
		{recognize.Person, "Jürgen Müllenhoff", []string{"Jurgen Mullenhoff", "Juergen Muellenhoff", "Müllenhoff", "muellenhoff"}, nil},
		{recognize.Person, "María José Fernándola", []string{"Fernandola", "María Fernándola", "Maria Jose"}, nil},
		{recognize.Person, "Kim Soo-jinha", []string{"Soo-jinha Kim", "Kim Soo Jinha"}, nil},
		{recognize.Org, "Eastmarsh University Hospitals NHS Foundation Trust", []string{
			"Eastmarsh", "Eastmarsh University Hospitals", "Eastmarsh University Hospitals NHS FT", "EUHNFT", "E.U.H.N.F.T.", "EUHFT", "www.eastmarsh.nhs.uk", "@EastmarshHospitals",
			"Eastmarsh Univeristy Hospitals", "Eastmrash",
		}, []string{"the university hospitals", "an NHS trust"}},
		{recognize.Org, "Great Orchard Street Hospital", []string{"GOSH", "G.O.S.H.", "Great Orchard Street", "#GreatOrchardStreet", "gosh@example.org"}, []string{"oh gosh", "a great street"}},
		{recognize.Org, "Thornbeck & Pyke Ltd", []string{"Thornbeck and Pyke", "Thornbeck & Pyke", "Thornbeck+Pyke Limited", "thornbeckpyke.example", "T&P"}, nil},
		{recognize.Org, "The Hope Trust", []string{"Hope Trust", "the Hope Trust", "hope trust", "HOPE TRUST"}, []string{"we hope to trust you", "Hope this helps"}},
		{recognize.Org, "St Oswin’s Hospital", []string{"Saint Oswin’s Hospital", "St. Oswins Hospital", "St Oswin’s", "st oswins"}, []string{"the hospital"}},
		{recognize.Brand, "Project Kittiwake", []string{"Kittiwake", "the Kittiwake project", "#ProjectKittiwake", "KITTIWAKE"}, []string{"a project"}},
		{recognize.Contact, "07700 900123", []string{"07700900123", "07700-900-123", "0 7 7 0 0 9 0 0 1 2 3"}, []string{"07700 900124"}},
		{recognize.Code, "IRAS 123456", []string{"IRAS: 123456", "iras-123456"}, []string{"123457"}},
	}
	for _, r := range rows {
		dict, err := recognize.NewDictionary([]recognize.Declared{{Kind: r.kind, Name: r.name, Owner: "party 1"}})
		require.NoError(t, err)
		for _, s := range r.found {
			t.Run(r.name+"/"+s, func(t *testing.T) {
				text := "Then we wrote to " + s + " about it."
				fs := detect(t, text, recognize.Options{}, dict)
				require.NotEmpty(t, fs, "found")
				for _, f := range fs {
					require.True(t, f.Declared)
					require.Equal(t, "party 1", f.Owner)
					require.InDelta(t, 1, f.Score, 0)
				}
			})
		}
		for _, s := range r.not {
			t.Run(r.name+"/not "+s, func(t *testing.T) {
				require.Empty(t, detect(t, s+".", recognize.Options{}, dict))
			})
		}
	}
}

// TestDeclaredFormsOfTheCaller: forms that no rule derives.
func TestDeclaredFormsOfTheCaller(t *testing.T) {
	dict, err := recognize.NewDictionary([]recognize.Declared{{Kind: recognize.Org, Name: "Wren House Hospice", Forms: []string{"the Nest", "Old Mill Lane team"}}})
	require.NoError(t, err)
	require.Equal(t, "Ask [removed] or [removed].", cut("Ask the Nest or Old Mill Lane team.", detect(t, "Ask the Nest or Old Mill Lane team.", recognize.Options{}, dict)))
	_, err = recognize.NewDictionary([]recognize.Declared{{Kind: recognize.Org, Name: "Wren House Hospice", Forms: []string{"-"}}})
	require.ErrorIs(t, err, recognize.ErrEmptyName)
}

// TestOneEntityOneKey: every form of one declared name has one key, and two
// names two.
func TestOneEntityOneKey(t *testing.T) {
	dict, err := recognize.NewDictionary([]recognize.Declared{{Kind: recognize.Person, Name: "Jane Okonjowa"}, {Kind: recognize.Person, Name: "Amara Obidelewa"}})
	require.NoError(t, err)
	fs := detect(t, "Okonjowa met Obidelewa. J. Okonjowa and Amara agreed.", recognize.Options{}, dict)
	require.Len(t, fs, 4)
	require.Equal(t, fs[0].Entity, fs[2].Entity)
	require.Equal(t, fs[1].Entity, fs[3].Entity)
	require.NotEqual(t, fs[0].Entity, fs[1].Entity)
}

// TestUndeclaredEntityKeys: mentions of one undeclared name share a key.
func TestUndeclaredEntityKeys(t *testing.T) {
	fs := detect(t, "Dr Zofia Przykladowa chaired. We thanked Przykladowa.", recognize.Options{}, builtins(t)...)
	require.Len(t, fs, 2)
	require.Equal(t, fs[0].Entity, fs[1].Entity)
}
