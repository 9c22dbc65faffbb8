// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// size is the size of a drawn figure in points.
func (f *Figure) size() (width, height int) {
	if f.Kind == HeatMap {
		return svgLabel + len(f.Columns)*svgCell + svgTail, svgHead + len(f.Rows)*svgRow + svgPad
	}
	return svgWidth, len(f.Rows)*svgRow + 2*svgPad
}

// raster draws a figure as PNG for readers that cannot show SVG: bars or cells
// without labels, which stand in the text alternative.
func (f *Figure) raster() ([]byte, error) {
	width, height := f.size()
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
	case HeatMap:
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
