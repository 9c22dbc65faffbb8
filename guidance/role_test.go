// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

func TestForRole(t *testing.T) {
	require.Empty(t, guidance.Roles(made()), "nobody is told of")
	require.Equal(t, []model.Code{"st:patients-and-carers"}, guidance.Roles(grouped()))
	g, err := guidance.ForRole(grouped(), "st:patients-and-carers", guidance.Config{Date: "2026-11-22"})
	golden(t, "role", g, err)
	require.Contains(t, text(t, g), "in 5 of 7 examples with this step")
	_, err = guidance.ForRole(grouped(), "st:nurse", guidance.Config{})
	require.ErrorIs(t, err, guidance.ErrArgument)

	// Who is told of only in how things were done has no step to do.
	themes := grouped()
	for i := range themes.Topics[0].Statements {
		if s := &themes.Topics[0].Statements[i]; s.Kind == aggregate.StepStatement {
			s.Code = "th:time"
		}
	}
	for _, role := range guidance.Roles(themes) {
		_, err := guidance.ForRole(themes, role, guidance.Config{})
		require.NoError(t, err, "a role that is listed has a sheet")
	}

	for _, spoil := range []func(c *aggregate.Collection){
		func(c *aggregate.Collection) { c.Topics[0].Statements[1].Sides[0].Examples++ },
		func(c *aggregate.Collection) { c.Topics[0].Statements[1].Sides = nil },
		func(c *aggregate.Collection) { c.Topics[0].ID = "ch-jargon.ob-information" },
	} {
		c := grouped()
		spoil(c)
		require.ErrorIs(t, guidance.Check(g, c), guidance.ErrCheck)
	}
	for n := 1; n < 5; n++ {
		c := grouped()
		s := &c.Topics[0].Statements[1].Sides[0].Support
		s.Examples, s.Contributors = n, n
		_, err := guidance.ForRole(c, "st:patients-and-carers", guidance.Config{})
		require.ErrorIs(t, err, guidance.ErrCheck, "%d", n)
	}
}

func ExampleForRole() {
	c := grouped()
	for _, role := range guidance.Roles(c) {
		g, err := guidance.ForRole(c, role, guidance.Config{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(g.Front.Title)
		fmt.Println("-", g.Sections[1].Blocks[1].Claims[0].Text)
	}
	// Output:
	// Your part: patients and carers
	// - Go to where people are, and ask those they trust to open the door.
}
