// SPDX-License-Identifier: Apache-2.0

package model

// formQuestions is the form's text. A question without a section is in that of
// the question before.
func formQuestions() []Question {
	return append(minimumQuestions(), append(aboutQuestions(), append(detailQuestions(), append(agreementQuestions(), handlingQuestions()...)...)...)...)
}

func minimumQuestions() []Question {
	return []Question{
		{
			Section: "The example", Minimum: true, ID: "title", Field: "title",
			Label: "What is the example called?", Help: "A short title, without names where the example is not to be known as yours.",
			Aliases: []string{"name of the example", "name of the project"},
		},
		{
			Minimum: true, ID: "kind", Field: "kind",
			Label: "What kind of example is it?", Help: "An attempt that did not work helps others as much as a success.",
			Aliases: []string{"type of example"},
		},
		{
			Minimum: true, ID: "stakeholders", Field: "stakeholders", Scheme: "st",
			Label: "Who was involved?", Help: "One group a line: patients, carers, nurses, a company. Where you can, say in which part.",
			Aliases: []string{"who took part"},
		},
		{
			Minimum: true, ID: "challenges", Field: "challenges",
			Label: "What stood in the way?", Help: "One challenge a line. Say which you met yourselves and which you only feared.",
			Aliases: []string{"challenge", "barriers", "what was the challenge"},
		},
		{
			Minimum: true, ID: "objectives", Field: "objectives",
			Label: "What did you want to reach?", Help: "One objective a line, if possible so that one can tell whether it was reached.",
			Aliases: []string{"objective", "aims", "goals"},
		},
		{
			Minimum: true, ID: "steps", Field: "strategy_steps", Scheme: "me",
			Label: "What did you do, step by step?", Help: "Three to seven steps, one a line, as you would tell a colleague who wants to do the same.",
			Aliases: []string{"strategy", "steps", "what did you do"},
		},
		{
			Minimum: true, ID: "outcomes", Field: "outcomes", Scheme: "ed",
			Label: "What changed, and how do you know?", Help: "One change a line, good or bad, with how it was seen or measured.",
			Aliases: []string{"results", "outcome", "what changed"},
		},
		{
			Minimum: true, ID: "lessons", Field: "lessons",
			Label: "What would you tell others?", Help: "One lesson a line: what helped, what did not, what you would do otherwise.",
			Aliases: []string{"lessons learned", "lessons learnt", "advice"},
		},
		{
			Section: "Confidentiality", Minimum: true, ID: "confidentiality", Field: "agreements[0].level",
			Label: "How may this example be told?", Help: "Without an answer it is not used at all.",
			Aliases: []string{"confidentiality level", "level of confidentiality"},
		},
		{
			Minimum: true, ID: "uses", Field: "agreements[0].uses",
			Label: "What may it be used for?", Help: "Only what you choose here.",
		},
		{
			Minimum: true, ID: "audience", Field: "agreements[0].audience",
			Label: "Who may read what comes of it?", Help: "Without an answer, the working group only.",
		},
		{
			Minimum: true, ID: "consent", Field: "agreements[0].consent.status",
			Label: "Do you agree to this use?", Help: "Yes, or no. Without a yes the example is not used. You can withdraw later.",
		},
	}
}

func aboutQuestions() []Question {
	return []Question{
		{
			Section: "About you", ID: "organisation", Field: "parties[0].identities",
			Label: "What is your organisation called?", Help: "Kept by the working group, and removed from what others read unless you chose to be named. Short forms: Name (also N; NN).",
			Aliases: []string{"organisation name", "organization name", "name of your organisation"},
		},
		{
			ID: "other_names", Field: "parties[0].identities",
			Label: "Which other names would give you away?", Help: "One a line: partners, people, products, programmes, places, hashtags. Add [person], [product], [programme], [place] or [code].",
			Aliases: []string{"other names to protect"},
		},
		{
			ID: "organisation_type", Field: "parties[0].type",
			Label: "What type of organisation is it?", Help: "", Aliases: []string{"type of organisation"},
		},
		{ID: "sector", Field: "parties[0].sector", Label: "In which sector?", Aliases: []string{"sector of your organisation"}},
		{
			ID: "holding", Field: "parties[0].holding",
			Label: "Which parent company or body do you belong to?", Help: "Two members of one group count as one. A name, or ref: and a reference.",
			Aliases: []string{"parent company"},
		},
		{
			ID: "clients", Field: "parties[0].clients",
			Label: "On whose behalf do you submit it?", Help: "For agencies: one client a line. A name, or ref: and a reference.",
		},
		{
			ID: "others", Field: "parties",
			Label: "Who else must agree?", Help: "Partners, funders and speakers with rights in the example, one name a line; add [partner], [funder], [speaker] or [publisher]. Until their agreements are on file it is not used.",
			Aliases: []string{"partners who must agree"},
		},
		{ID: "contact", Field: "parties[0].contact", Label: "How can the working group reach you?", Help: "Never published.", Aliases: []string{"contact", "e-mail"}},
		{
			Internal: true, ID: "party", Field: "parties[0].ref",
			Label: "Reference of the organisation", Help: "Opaque, the same in every example. Empty: given by the order of names in the file.",
		},
		{Internal: true, ID: "id", Field: "id", Label: "Reference of the example", Help: "Opaque. Empty: given by the row.", Aliases: []string{"example id"}},
		{ID: "lang", Field: "lang", Label: "In which language is it written?", Help: "A language tag; empty means en-GB.", Aliases: []string{"language"}},
	}
}

func detailQuestions() []Question {
	return []Question{
		{
			Section: "More about the example", ID: "summary", Field: "public_summary",
			Label: "How would you sum it up for publication?", Help: "At most 200 words, without anything confidential.", Aliases: []string{"summary", "executive summary"},
		},
		{ID: "condition", Field: "condition", Label: "Which condition or illness was it about?", Help: "A rare one can give you away."},
		{ID: "therapy_areas", Field: "therapy_areas", Label: "Which therapy areas?", Aliases: []string{"therapy area"}},
		{ID: "situations", Field: "situations", Label: "In which situations can it help?", Aliases: []string{"situation"}},
		{ID: "partnership_types", Field: "partnership_types", Label: "What was the partnership about?", Help: "Own care, the service, research, policy.", Aliases: []string{"partnership type"}},
		{ID: "participation", Field: "level", Label: "How far could people take part?", Help: "From being informed to leading.", Aliases: []string{"level of participation"}},
		{ID: "lifecycle", Field: "lifecycle", Label: "At which stage?", Aliases: []string{"lifecycle stage"}},
		{ID: "organisations", Field: "organisations", Scheme: "ot", Label: "Which kinds of organisations took part?", Help: "Kinds, not names, one a line; add [lead], [partner], [funder], [supplier] or [host]."},
		{ID: "country", Field: "context.jurisdiction", Label: "In which country?", Help: "Its code in ISO 3166, such as GB or GB-WLS.", Aliases: []string{"country code"}},
		{ID: "region", Field: "context.region", Label: "In which region?", Help: "Published at most as a region.", Aliases: []string{"area"}},
		{ID: "setting", Field: "context.setting", Label: "In which sector did it take place?"},
		{ID: "scale", Field: "context.scale", Label: "On what scale?"},
		{ID: "population", Field: "context.population", Label: "Who was to be reached?", Help: "One group a line.", Aliases: []string{"target group"}},
		{ID: "age_band", Field: "context.age_band", Label: "Of what age?", Help: "A band, such as 18-24 or 65+."},
		{ID: "year", Field: "context.year", Label: "In which year did it end?", Aliases: []string{"year"}},
		{ID: "policy", Field: "context.policy_frame", Label: "Which policy or law did it answer to?"},
		{ID: "internal", Field: "context.internal", Label: "Was it about your own staff only?"},
		{ID: "context_note", Field: "context.note", Label: "What else should one know of the circumstances?"},
		{ID: "resources", Field: "resources", Scheme: "mb", Label: "What did it take?", Help: "One resource a line; add [money], [time], [people], [skill], [tool] or [material], and a band such as [mb:a]."},
		{ID: "funding", Field: "funding", Label: "Who paid for it?", Help: "One source a line. It must be acknowledged where the example is told by name."},
		{ID: "interests", Field: "interests", Label: "Which interests should readers know of?", Help: "One a line."},
		{ID: "criteria", Field: "success_criteria", Label: "How did you tell success?", Help: "One criterion a line; add [yes], [partly] or [no]."},
		{ID: "starting", Field: "adoption.getting_started", Label: "How can others get started?"},
		{ID: "sustaining", Field: "adoption.sustaining", Label: "What keeps it going?"},
		{ID: "adapted", Field: "adoption.adapted_elsewhere", Label: "How was it adapted elsewhere?"},
		{ID: "prerequisites", Field: "adoption.prerequisites", Label: "What must be in place before?"},
		{ID: "not_suitable_for", Field: "adoption.not_suitable_for", Label: "Where would it not fit?"},
		{ID: "public_refs", Field: "public_refs", Label: "Where has it been published?", Help: "One source a line: its title, then [award], [report], [article], [web] or [press], and [its link]."},
		{ID: "quotes", Field: "quotes", Label: "What did people say in their own words?", Help: "One quote a line; add [consent] [surfaces quotes] where the speaker agreed that it is published, [minor] for one under age."},
	}
}

func handlingQuestions() []Question {
	return []Question{
		{Section: "For the working group", Internal: true, ID: "version", Field: "version", Label: "Version of the example"},
		{Internal: true, ID: "created", Field: "created", Label: "When was it written?"},
		{Internal: true, ID: "updated", Field: "updated", Label: "When was it last changed?"},
		{Internal: true, ID: "captured_by", Field: "provenance.captured_by", Label: "Who took it down?"},
		{Internal: true, ID: "mode", Field: "provenance.mode", Label: "How did it come in?"},
		{Internal: true, ID: "event", Field: "provenance.event", Label: "At which event or campaign was it collected?"},
		{Internal: true, ID: "review_status", Field: "review.status", Label: "Where does it stand in review?"},
		{Internal: true, ID: "review_by", Field: "review.review_by", Label: "When is it to be reviewed?"},
	}
}

func agreementQuestions() []Question {
	return []Question{
		{
			Section: "More about confidentiality", ID: "name_form", Field: "agreements[0].name_form",
			Label: "How may you be named?", Help: "Without an answer, not at all.",
		},
		{ID: "attribution", Field: "agreements[0].attribution.text", Label: "Which words must stand beside it?", Help: "An acknowledgement that must be printed wherever it is told by name."},
		{ID: "approval", Field: "agreements[0].approval.required", Label: "Do you want to approve the exact text?"},
		{ID: "not_before", Field: "agreements[0].not_before", Label: "From when may it be used?", Help: "A date as YYYY-MM-DD.", Aliases: []string{"embargo"}},
		{ID: "expires", Field: "agreements[0].expires", Label: "Until when may it be used?", Help: "A date as YYYY-MM-DD."},
		{ID: "overrides", Field: "agreements[0].fields", Label: "Which parts are more confidential?", Help: "One a line: the field, a colon and withheld, aggregate or anonymous."},
		{ID: "k", Field: "agreements[0].k", Label: "With how many others at least?", Help: "A number higher than the working group's own threshold."},
		{ID: "conditions", Field: "agreements[0].conditions", Label: "On what other conditions?", Help: "A person must read them before the example is used."},
		{ID: "contact_allowed", Field: "agreements[0].contact_allowed", Label: "May readers be put in touch with you?"},
		{ID: "signed_on", Field: "agreements[0].consent.given_at", Label: "When did you agree?", Help: "A date as YYYY-MM-DD."},
		{Internal: true, ID: "signed_by", Field: "agreements[0].signed_by", Label: "Who signed for the party?", Help: "A reference. Empty: the party itself."},
		{ID: "capacity", Field: "agreements[0].consent.capacity", Label: "In which capacity did you agree?"},
		{Internal: true, ID: "approved_text", Field: "agreements[0].approval.text_sha256", Label: "Which text was approved?", Help: "Its SHA-256."},
		{Internal: true, ID: "evidence", Field: "agreements[0].consent.evidence", Label: "Where is the consent kept?"},
		{Internal: true, ID: "signed_terms", Field: "agreements[0].signed_terms", Label: "Which version of the terms was shown?"},
		{Internal: true, ID: "agreement_version", Field: "agreements[0].version", Label: "Version of the agreement"},
		{Internal: true, ID: "agreement", Field: "agreements[0].id", Label: "Reference of the agreement", Help: "Empty: given by the row."},
	}
}
