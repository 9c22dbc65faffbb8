// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"cmp"
	"slices"
)

// sealedHalf is the private half: with the key it lets every guarantee be
// recomputed without raw text. Its commitments are those of one edition. It
// links records of one holding; keep it as the records themselves.
type sealedHalf struct {
	Version   int            `json:"version"`
	Edition   string         `json:"edition"`
	Release   string         `json:"release"`
	K         int            `json:"k"`
	Diversity []sealedRule   `json:"diversity,omitempty"`
	Holdings  []string       `json:"holdings"` // commitments, sorted
	Records   []sealedRecord `json:"records"`
	Items     []sealedItem   `json:"items,omitempty"`
	MAC       string         `json:"mac"`
}

// sealedRule is a Diversity that was kept.
type sealedRule struct {
	Column  string  `json:"column"`
	L       float64 `json:"l"`
	Entropy bool    `json:"entropy,omitempty"`
}

// sealedItem is an item in the private half.
type sealedItem struct {
	Key      string `json:"key"`
	K        int    `json:"k"`
	Holdings places `json:"holdings"`
}

// sealedRecord is one line in the private half.
type sealedRecord struct {
	ID        string `json:"id"`
	Holdings  places `json:"holdings"`
	K         int    `json:"k,omitempty"`
	Agreement string `json:"agreement"` // commitment
	Named     bool   `json:"named,omitempty"`
}

// seal writes the private half of a release.
func (r *composed) seal(cfg CertificateConfig, release string) (*sealedHalf, []byte, error) {
	s := &sealedHalf{Version: certificateVersion, Edition: cfg.Edition, Release: release, K: cfg.Requirement.K, Records: []sealedRecord{}}
	for _, d := range cfg.Requirement.Diversity {
		s.Diversity = append(s.Diversity, sealedRule(d))
	}
	var lists [][]string
	for _, l := range r.lines {
		lists = append(lists, l.Holdings)
	}
	for _, it := range cfg.Items {
		lists = append(lists, it.Holdings)
	}
	table := commit(func(h string) string { return cfg.Key.mac("sealed", cfg.Edition, h) }, lists...)
	s.Holdings = table.sorted
	for _, l := range r.lines {
		s.Records = append(s.Records, sealedRecord{
			ID: l.ID, Holdings: table.places(l.Holdings), K: l.K, Agreement: cfg.Key.mac("agreement", l.Agreement), Named: l.Named,
		})
	}
	for _, it := range cfg.Items {
		s.Items = append(s.Items, sealedItem{Key: it.Key, K: max(it.K, cfg.Requirement.K), Holdings: table.places(it.Holdings)})
	}
	slices.SortStableFunc(s.Items, func(a, b sealedItem) int { return cmp.Compare(a.Key, b.Key) })
	body, err := canonical(s)
	if err != nil {
		return nil, nil, err
	}
	s.MAC = cfg.Key.mac("sealed half", string(body))
	body, err = canonical(s)
	return s, body, err
}

// ofClass are the places of all holdings behind a class of lines.
func (s *sealedHalf) ofClass(class []int) places {
	var out places
	for _, i := range class {
		out = append(out, s.Records[i].Holdings...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// witness adds as many witnesses as the bucket says: those of the first
// holdings in the order of their commitments, which tells nothing.
func (s *sealedHalf) witness(k *Key, p Promise, holdings places) Promise {
	for _, place := range holdings[:p.Bucket] {
		p.Witness = append(p.Witness, witnessOf(k, s.Edition, p.subject(), s.Holdings[place]))
	}
	slices.Sort(p.Witness)
	return p
}

// promises are those about the classes of the release and the items beside it.
// Both have the support they need. All promise the same: were it what the strictest
// behind each asks for, it would tell what a record says that asks for more.
func (s *sealedHalf) promises(r *composed, cfg CertificateConfig) []Promise {
	var out []Promise
	for g, class := range r.classes {
		out = append(out, s.witness(cfg.Key, Promise{Rule: RuleClassHoldings, Class: g + 1, Bucket: bucket(s.K), Pass: true}, s.ofClass(class)))
	}
	for _, it := range s.Items {
		out = append(out, s.witness(cfg.Key, Promise{Rule: RuleItemHoldings, Item: it.Key, Bucket: bucket(s.K), Pass: true}, it.Holdings))
	}
	return out
}

// placed reports whether every place is one of the holdings.
func (s *sealedHalf) placed() bool {
	n := len(s.Holdings)
	return isTable(s.Holdings) &&
		!slices.ContainsFunc(s.Records, func(r sealedRecord) bool { return !r.Holdings.within(n) }) &&
		!slices.ContainsFunc(s.Items, func(it sealedItem) bool { return !it.Holdings.within(n) })
}

// named are the commitments at places.
func (s *sealedHalf) named(places places) []string {
	out := make([]string, len(places))
	for i, p := range places {
		out[i] = s.Holdings[p]
	}
	return out
}
