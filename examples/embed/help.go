// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// helping is the page on which somebody says what it looks for help with, and
// sees which topics others tell of. It shows no more than the guides do.
type helping struct {
	Choices []field
	Words   field
	From    []listed // the visitor's own examples that allow contact
	Chosen  string   // of From
	Fault   string
	Asked   bool
	Found   []matched
	Asking  bool // the working group looks for somebody to introduce
	K       int
}

// matched is a topic that may help.
type matched struct {
	topic
	Why  []string
	Take []guidance.Step // what most contributors did
}

// What a need can be told by, and how much is shown.
const (
	mostNeed    = 2000 // characters
	mostMatched = 5
	mostTaken   = 3
)

// needed are the choices of a need, by the scheme of their words.
func needed() []field {
	out := []field{
		{Question: model.Question{ID: "challenge", Scheme: "ch", Label: "What makes it hard?"}},
		{Question: model.Question{ID: "objective", Scheme: "ob", Label: "What do you want to reach?"}},
		{Question: model.Question{ID: "situation", Scheme: "si", Label: "In which situation are you?"}},
		{Question: model.Question{ID: "sector", Scheme: "se", Label: "In which sector do you work?"}},
	}
	for i := range out {
		out[i].Kind, out[i].Options = model.AskChoice, concepts(out[i].Scheme)
	}
	return out
}

var errNeed = errors.New("a need that the form does not have")

// readNeed takes a need from the form that was sent.
func readNeed(r *http.Request, v *helping) (need aggregate.Need, err error) {
	for i := range v.Choices {
		c := &v.Choices[i]
		c.Answer = r.PostForm.Get(c.ID)
		if c.Answer == "" {
			continue
		}
		if !slices.ContainsFunc(c.Options, func(o model.Option) bool { return o.Value == c.Answer }) {
			return need, errNeed
		}
		code := model.Code(c.Answer)
		switch c.ID {
		case "challenge":
			need.Challenge = code
		case "objective":
			need.Objective = code
		case "situation":
			need.Situations = []model.Code{code}
		case "sector":
			need.Sector = code
		}
	}
	text, ok := tidy(r.PostForm.Get("words"))
	if !ok || len([]rune(text)) > mostNeed {
		return need, errNeed
	}
	v.Words.Answer, need.Text, v.Chosen = text, text, r.PostForm.Get("from")
	return need, nil
}

// help shows the form, and what is found for a need that was sent. The need is
// neither stored nor logged, nor does it stand in an address.
func (a *app) help(w http.ResponseWriter, r *http.Request) {
	v := helping{Choices: needed(), K: aggregate.KPublic}
	v.Words.Question = model.Question{
		ID: "words", Kind: model.AskProse, Label: "In a few words, if you like", Help: "They are compared with what the topics tell. Nobody reads them, and they are not stored.",
	}
	code := http.StatusOK
	if r.Method == http.MethodPost && !a.submitted(w, r) {
		return
	}
	s, release := a.visitor(r)
	defer release()
	if s != nil {
		for _, o := range s.examples {
			if o.signed != "" && contributors(&o.example).ContactAllowed {
				v.From = append(v.From, listed{o.id, o.Title(), o.state()})
			}
		}
	}
	if r.Method == http.MethodPost {
		need, err := readNeed(r, &v)
		switch {
		case err != nil:
			a.refuse(w, http.StatusUnprocessableEntity, "Choose from the lists, and keep your words under 2,000 characters.")
			return
		case need.Challenge == "" && need.Objective == "" && len(need.Situations) == 0 && need.Sector == "" && need.Text == "":
			v.Fault, code = "Choose from at least one list, or write a few words.", http.StatusUnprocessableEntity
		default:
			if err := a.match(r.Context(), s, need, &v); err != nil {
				a.failed(w, err)
				return
			}
		}
	}
	title := "Find help"
	if v.Fault != "" {
		title = "To mend: " + title
	}
	a.render(w, code, "help", page{Title: title, Part: "help", Data: v})
}

// match finds the topics that meet a need, best first, in the edition that the
// visitor sees.
func (a *app) match(ctx context.Context, s *session, need aggregate.Need, v *helping) error {
	v.Asked = true
	e, err := a.current(ctx, s)
	if err != nil {
		return err
	}
	if need.From, err = a.asker(ctx, s, v.Chosen); err != nil {
		return err
	}
	done, err := a.turn(ctx)
	if err != nil {
		return err
	}
	defer done()
	// Topics that the visitor's own edition leaves out are told from the sample's.
	score := map[string]float64{}
	for _, c := range slices.Compact([]*aggregate.Collection{e.collection, a.base.collection}) {
		practice, introductions, err := aggregate.MatchNeed(c, a.records, need, len(a.records), nil)
		if err != nil {
			return err
		}
		if c == e.collection && need.From.Valid() {
			// For the working group alone: whether anybody fits tells who takes part.
			v.Asking = true
			a.logf("introduction: %s asks, %d could be asked", need.From.ID(), len(introductions))
		}
		for _, p := range practice {
			i := slices.IndexFunc(e.topics, func(t topic) bool { return t.topic == p.Topic && t.from == c })
			if i < 0 {
				continue
			}
			m := matched{topic: e.topics[i]}
			for _, code := range p.Why {
				m.Why = append(m.Why, label(code))
			}
			score[m.ID] = p.Score
			v.Found = append(v.Found, m)
		}
	}
	slices.SortStableFunc(v.Found, func(x, y matched) int {
		return cmp.Or(cmp.Compare(score[y.ID], score[x.ID]), cmp.Compare(y.Support.Contributors, x.Support.Contributors), cmp.Compare(x.ID, y.ID))
	})
	v.Found = v.Found[:min(len(v.Found), mostMatched)]
	for i := range v.Found {
		if v.Found[i].Take, err = taken(v.Found[i].topic); err != nil {
			return err
		}
	}
	return nil
}

// taken are the steps of a topic's guide that most examples tell of, in its words.
func taken(t topic) ([]guidance.Step, error) {
	g, err := guidance.Build(t.from, t.topic, guidance.Config{Locale: locale})
	if err != nil {
		return nil, err
	}
	var steps []guidance.Step
	for _, section := range g.Sections {
		for _, b := range section.Blocks {
			for _, s := range b.Steps {
				if s.Support != nil {
					steps = append(steps, s)
				}
			}
		}
	}
	slices.SortStableFunc(steps, func(x, y guidance.Step) int { return cmp.Compare(y.Support.Examples, x.Support.Examples) })
	return steps[:min(len(steps), mostTaken)], nil
}

// asker is the visitor's own record that stands behind a wish to be introduced:
// signed off, and by whoever allows contact. Anything else is no record.
func (a *app) asker(ctx context.Context, s *session, id string) (anonymize.Record, error) {
	o := s.example(id)
	if o == nil || o.signed == "" {
		return anonymize.Record{}, nil
	}
	result, err := a.outcome(ctx, o.example, model.Everyone, s.parties())
	if err != nil || result.Withheld() || result.Log.Approval != o.signed || !result.Record.ContactAllowed() {
		return anonymize.Record{}, err
	}
	return result.Record, nil
}
