// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
)

const modelFormat = "sharedpractice-cluster-1"

// modelJSON is a saved model. Numbers are little-endian float32 in base64.
type modelJSON struct {
	Format       string            `json:"format"`
	Dim          int               `json:"dim"`
	Latent       int               `json:"latent"`
	Lexical      string            `json:"lexical"`
	Terms        []string          `json:"terms"`
	IDF          string            `json:"idf"`
	Project      string            `json:"project"`
	Mean         string            `json:"mean"`
	Columns      []string          `json:"columns"`
	Prior        string            `json:"prior"`
	Unseen       string            `json:"unseen"`
	Ratio        string            `json:"ratio"`
	Means        string            `json:"means"`
	Clusters     []Cluster         `json:"clusters"`
	Numbered     []string          `json:"numbered,omitempty"`
	Items        []Assignment      `json:"items"`
	Unedited     []string          `json:"unedited,omitempty"`
	Report       Report            `json:"report"`
	Next         int               `json:"next"`
	K            int               `json:"k"`
	MaxClusters  int               `json:"maxClusters"`
	Style        Style             `json:"style"`
	Outliers     bool              `json:"outliers"`
	LabelSources int               `json:"minLabelSources"`
	Seeds        []Seed            `json:"seeds,omitempty"`
	StopLabels   []string          `json:"stopLabels,omitempty"`
	Synonyms     map[string]string `json:"synonyms,omitempty"`
	Edits        []Edit            `json:"edits,omitempty"`
}

func pack(v []float32) string {
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return base64.StdEncoding.EncodeToString(b)
}

func unpack(s string, n int) ([]float32, bool) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(b) != 4*n {
		return nil, false
	}
	out := make([]float32, n)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if x := float64(out[i]); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, false
		}
	}
	return out, true
}

// Save writes the model with everything but the embedder. It holds stems of the
// contributors' words: keep it where their texts are kept.
func (m *Model) Save(w io.Writer) error {
	c := m.cfg
	out := modelJSON{
		Format: modelFormat, Clusters: m.clusters, Items: m.items, Unedited: m.unedited, Report: m.report, Next: m.next, K: c.K,
		MaxClusters: c.MaxClusters, Style: c.Style, Outliers: c.Outliers, LabelSources: c.MinLabelSources, Seeds: c.Seeds,
		StopLabels: c.StopLabels, Synonyms: c.Synonyms, Edits: c.Edits,
	}
	for _, c := range m.clusters {
		if c.numbered {
			out.Numbered = append(out.Numbered, c.ID)
		}
	}
	if m.mix != nil {
		s, x := m.space, m.mix
		out.Dim, out.Latent, out.Lexical = s.semanticDim(), s.project.Cols, pack([]float32{s.lexical, s.semantic, float32(x.pull)})
		out.Terms, out.IDF, out.Project, out.Mean = m.terms, pack(s.weigher.idf), pack(s.project.Data), pack(s.mean)
		out.Columns, out.Prior, out.Unseen, out.Ratio, out.Means = m.columns, pack(x.prior), pack(x.unseen), pack(x.ratio), pack(x.means.Data)
	}
	if err := json.NewEncoder(w).Encode(out); err != nil {
		return fmt.Errorf("cluster: save: %w", err)
	}
	return nil
}

// Load reads a saved model. The embedder must be the one it was fitted with
// (nil if none); workers is as in Config.
func Load(r io.Reader, embedder Embedder, workers int) (*Model, error) {
	var in modelJSON
	if json.NewDecoder(r).Decode(&in) != nil || in.Format != modelFormat {
		return nil, fmt.Errorf("%w: not of the form %s", ErrFormat, modelFormat)
	}
	cfg, err := Config{
		K: in.K, MaxClusters: in.MaxClusters, Embedder: embedder, Seeds: in.Seeds, Style: in.Style, Outliers: in.Outliers,
		MinLabelSources: in.LabelSources, StopLabels: in.StopLabels, Synonyms: in.Synonyms, Edits: in.Edits, Workers: workers,
	}.withDefaults()
	if err != nil {
		return nil, err
	}
	m := &Model{
		cfg: cfg, embedder: embedder, terms: in.Terms, columns: in.Columns, clusters: in.Clusters, items: in.Items, unedited: in.Unedited,
		report: in.Report, next: in.Next,
	}
	if n := len(in.Unedited); n != 0 && n != len(in.Items) {
		return nil, fmt.Errorf("%w: items and their clusters before edits do not agree", ErrFormat)
	}
	for i := range m.clusters {
		m.clusters[i].numbered = slices.Contains(in.Numbered, m.clusters[i].ID)
	}
	if len(in.Columns) == 0 {
		return m, nil
	}
	return m, m.restore(in)
}

func (m *Model) restore(in modelJSON) error {
	k, terms := len(in.Columns), len(in.Terms)
	s := &space{embedder: m.embedder, weigher: &weigher{}}
	if s.semanticDim() != in.Dim {
		return fmt.Errorf("%w: another embedder was used", ErrFormat)
	}
	if in.Latent < 0 || in.Latent > 4096 || terms > 1<<24 || k > maxK+1<<16 {
		return fmt.Errorf("%w: impossible sizes", ErrFormat)
	}
	dim := in.Latent + in.Dim
	x := &mixture{k: k, terms: terms, mass: polishMass}
	var weights []float32
	for _, p := range []struct {
		to   *[]float32
		from string
		n    int
	}{
		{&weights, in.Lexical, 3},
		{&s.weigher.idf, in.IDF, terms},
		{&s.project.Data, in.Project, terms * in.Latent},
		{&s.mean, in.Mean, in.Dim},
		{&x.prior, in.Prior, k},
		{&x.unseen, in.Unseen, k},
		{&x.ratio, in.Ratio, terms * k},
		{&x.means.Data, in.Means, k * dim},
	} {
		v, ok := unpack(p.from, p.n)
		if !ok {
			return fmt.Errorf("%w: numbers are missing or not finite", ErrFormat)
		}
		*p.to = v
	}
	s.project.Rows, s.project.Cols = terms, in.Latent
	x.means.Rows, x.means.Cols = k, dim
	s.lexical, s.semantic, x.pull = weights[0], weights[1], float64(weights[2])
	m.space, m.mix = s, x
	return nil
}
