package anonymize_test

import "github.com/sharedpractice/sharedpractice/anonymize/recognize"

func secretNames() []recognize.Declared {
	return []recognize.Declared{
		{Kind: recognize.Person, Name: "Amara Okafor"},
		{Kind: recognize.Org, Name: "Brightwater Foundation"},
	}
}
