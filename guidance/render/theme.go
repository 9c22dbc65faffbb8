// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// errTheme says that a theme is missing or malformed; the error names the rule.
var errTheme = errors.New("render: no such theme, or a malformed one")

// Theme is how pages and Word documents of a working group look. The zero Theme
// is plain.
type Theme struct {
	Group  string `json:"group"`  // the group's name, on the cover and at the top of pages
	Colour string `json:"colour"` // of headings and lines, such as "#1d4f6e"; dark enough on white
	Font   string `json:"font"`   // a font's name; readers who lack it see their own
	Footer string `json:"footer"` // at the foot of every page
	Logo   []byte `json:"-"`      // a PNG image
}

// plainColour is the colour of the zero Theme.
const plainColour = "1d4f6e"

// OpenTheme reads a theme from a JSON file of fsys: group, colour, font, footer,
// and logo, the name of a PNG file beside it. A colour that cannot be read on
// white is errTheme.
func OpenTheme(fsys fs.FS, name string) (Theme, error) {
	body, err := fs.ReadFile(fsys, name)
	if err != nil {
		return Theme{}, fmt.Errorf("%w: it cannot be read", errTheme)
	}
	file := struct {
		Theme
		Logo string `json:"logo"`
	}{}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return Theme{}, fmt.Errorf("%w: it is not JSON of a theme", errTheme)
	}
	t := file.Theme
	if file.Logo != "" {
		if t.Logo, err = fs.ReadFile(fsys, file.Logo); err != nil {
			return Theme{}, fmt.Errorf("%w: the logo cannot be read", errTheme)
		}
	}
	return t, t.check()
}

var (
	colourForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^#[0-9a-fA-F]{6}$`) })
	fontForm   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\pL\pN][\pL\pN -]{0,63}$`) })
)

func (t Theme) check() error {
	switch {
	case t.Colour != "" && !colourForm().MatchString(t.Colour):
		return fmt.Errorf("%w: the colour is not of the form #1d4f6e", errTheme)
	case t.Colour != "" && contrast(t.Colour) < 4.5:
		return fmt.Errorf("%w: the colour is too light to be read on white", errTheme)
	case t.Font != "" && !fontForm().MatchString(t.Font):
		return fmt.Errorf("%w: the font is not a name", errTheme)
	}
	if len(t.Logo) > 0 {
		if _, _, err := t.logoSize(); err != nil {
			return err
		}
	}
	return nil
}

// contrast is that of a colour on white, as WCAG 2 counts it.
func contrast(colour string) float64 {
	light := 0.0
	for i, share := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return 0
		}
		light += share * linear()[n]
	}
	return 1.05 / (light + 0.05)
}

// linear holds the brightness of each of 256 shades.
var linear = sync.OnceValue(func() [256]float64 {
	var out [256]float64
	for i := range out {
		if c := float64(i) / 255; c <= 0.04045 {
			out[i] = c / 12.92
		} else {
			out[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return out
})

// logoSize is the size of the logo in pixels.
func (t Theme) logoSize() (width, height int, err error) {
	c, err := png.DecodeConfig(bytes.NewReader(t.Logo))
	if err != nil || c.Width == 0 || c.Height == 0 {
		return 0, 0, fmt.Errorf("%w: the logo is not a PNG image", errTheme)
	}
	return c.Width, c.Height, nil
}

// hex is the colour without its mark.
func (t Theme) hex() string {
	if t.Colour == "" {
		return plainColour
	}
	return strings.ToLower(t.Colour[1:])
}

// css are the theme's own rules.
func (t Theme) css() string {
	var b strings.Builder
	if t.Colour != "" {
		fmt.Fprintf(&b, ".guide{--main:#%s}\n", t.hex())
	}
	if t.Font != "" {
		fmt.Fprintf(&b, ":root{--font:%q,system-ui,sans-serif}\n", t.Font)
	}
	return b.String()
}

// logoURL is the logo as an address that holds it; "" without one.
func (t Theme) logoURL() string {
	if len(t.Logo) == 0 {
		return ""
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(t.picture())
}

// picture is the logo without what a PNG file may say beside its picture: who made it, when,
// where and with what. Whatever stands behind its end goes too.
func (t Theme) picture() []byte {
	const head, around = 8, 12 // bytes of the file's beginning, and of a chunk without what it holds
	if len(t.Logo) < head {
		return nil
	}
	out, rest := bytes.Clone(t.Logo[:head]), t.Logo[head:]
	for len(rest) >= around {
		holds := uint64(binary.BigEndian.Uint32(rest))
		if holds > uint64(len(rest)-around) {
			return out
		}
		n := around + int(holds)
		kind := string(rest[4:8])
		switch kind {
		case "IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "sRGB", "cHRM":
			out = append(out, rest[:n]...)
		}
		if rest = rest[n:]; kind == "IEND" {
			return out
		}
	}
	return out
}
