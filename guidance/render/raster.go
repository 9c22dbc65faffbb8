// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// sizeOf is the size of a drawn figure in points.
func sizeOf(f *guidance.Figure) (width, height int) {
	if f.Kind == guidance.HeatMap {
		return svgLabel + len(f.Columns)*svgCell + svgTail, svgHead + len(f.Rows)*svgRow + svgPad
	}
	return svgWidth, len(f.Rows)*svgRow + 2*svgPad
}

// raster draws a figure as PNG for readers that cannot show SVG: bars or cells
// without labels, which stand in the text alternative.
func raster(f *guidance.Figure) ([]byte, error) {
	width, height := sizeOf(f)
	picture := image.NewGray(image.Rect(0, 0, width, max(1, height)))
	fill := func(x, y, w, h int, shade uint8) {
		draw.Draw(picture, image.Rect(x, y, x+w, y+h), image.NewUniform(color.Gray{Y: shade}), image.Point{}, draw.Src)
	}
	fill(0, 0, width, height, 255)
	most := max(1, f.Of)
	for _, v := range f.Values {
		most = max(most, v)
	}
	switch f.Kind {
	case guidance.HeatMap:
		for i := range f.Rows {
			for j := range f.Columns {
				v := at(f.Values, i*len(f.Columns)+j)
				x, y := svgLabel+j*svgCell, svgHead+i*svgRow
				fill(x, y, svgCell, svgRow, 100)
				fill(x+1, y+1, svgCell-2, svgRow-2, uint8(255-175*max(0, v)/most))
			}
		}
	default:
		room := svgWidth - svgLabel - 60
		for i := range f.Rows {
			y := svgPad + i*svgRow + 4
			fill(svgLabel, y, room, svgRow-8, 200)
			fill(svgLabel, y, room*max(0, at(f.Values, i))/most, svgRow-8, 70)
		}
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.NoCompression} // the same bytes from every version of Go
	err := encoder.Encode(&b, picture)
	return b.Bytes(), err
}
