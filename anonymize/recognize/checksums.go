// SPDX-License-Identifier: Apache-2.0

package recognize

// nhsNumber reports the modulus 11 check of a ten-digit NHS number (NHS Data
// Dictionary): weights 10 to 2, check digit 11 minus the remainder.
func nhsNumber(s string) bool {
	if len(s) != 10 {
		return false
	}
	sum := 0
	for i := range 9 {
		sum += int(s[i]-'0') * (10 - i)
	}
	c := 11 - sum%11
	if c == 11 {
		c = 0
	}
	return c != 10 && c == int(s[9]-'0')
}

// luhn reports the Luhn check (ISO/IEC 7812-1, annex B).
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		v := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return len(s) > 1 && sum%10 == 0
}

// mod97 reports the check of an IBAN (ISO 13616): its first four characters
// moved to the end, letters as 10 to 35, the remainder by 97 is 1.
func mod97(s []byte) bool {
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	r := 0
	for i := range len(s) {
		c := s[(i+4)%len(s)]
		switch {
		case c >= '0' && c <= '9':
			r = (r*10 + int(c-'0')) % 97
		case c >= 'a' && c <= 'z':
			r = (r*100 + int(c-'a') + 10) % 97
		default:
			return false
		}
	}
	return r == 1
}

// mod112 reports the check of an ORCID iD (ISO 7064 mod 11-2), X as 'x'.
func mod112(s []byte) bool {
	if len(s) != 16 {
		return false
	}
	t := 0
	for i := range 15 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		t = (t + int(s[i]-'0')) * 2
	}
	c := byte('0' + (12-t%11)%11)
	if c == '0'+10 {
		c = 'x'
	}
	return s[15] == c
}
