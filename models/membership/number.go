package membership

import (
	"fmt"
	"regexp"
	"strings"

	"shuke/models/db"
	"shuke/models/fault"
)

// numberLength is the most letters and digits of a number: a customer's numbers
// of several clubs lie together in the identity that a look-up reads.
const numberLength = 12

var numberForm = regexp.MustCompile(`^[A-Z0-9]{4,12}$`)

// Number is the n-th number of a club.
func (c Club) Number(n int64) string {
	out := fmt.Sprintf("%s%0*d", c.Prefix, c.Digits, n)
	if c.CheckDigit {
		out += string(checkDigit(out))
	}
	return out
}

// checkDigit is the last digit of a number by Luhn's formula (ISO/IEC 7812-1,
// annex B): one wrong digit, and nearly every exchange of neighbours, is noticed.
// Letters count as 10 to 35, digit by digit.
func checkDigit(number string) rune {
	var digits []int
	for _, r := range number {
		if r >= 'A' && r <= 'Z' {
			v := int(r-'A') + 10
			digits = append(digits, v/10, v%10)
		} else {
			digits = append(digits, int(r-'0'))
		}
	}
	sum := 0
	for i := range digits {
		d := digits[len(digits)-1-i]
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return rune('0' + (10-sum%10)%10)
}

// normal writes a number as it is kept, from what somebody typed or read out.
func normal(typed string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\u3000", "").Replace(strings.TrimSpace(typed)))
}

// check says what is wrong with a number that somebody typed: one of a card that
// was given out before.
func (c Club) check(number string) fault.Message {
	switch {
	case !numberForm.MatchString(number):
		return fault.Message{Key: "member.number_form", Args: map[string]any{"Max": numberLength}}
	case c.CheckDigit && rune(number[len(number)-1]) != checkDigit(number[:len(number)-1]):
		return fault.Message{Key: "member.number_digit"}
	}
	return fault.Message{}
}

// give gives a member a number: the one typed, or the next that nobody has. The
// club's row is locked, so that two who join at once get different ones.
func (s *Service) give(tx *db.Tx, c Club, memberID int64, typed string) (string, error) {
	var next int64
	if err := tx.Raw("SELECT next_number FROM clubs WHERE id = ?"+tx.Dialect.ForUpdate(), c.ID).Row().Scan(&next); err != nil {
		return "", err
	}
	number := typed
	if typed == "" {
		for {
			number = c.Number(next)
			next++
			taken, err := taken(tx, c.ID, number)
			if err != nil {
				return "", err
			}
			if !taken {
				break
			}
		}
		if len(number) > numberLength {
			return "", fault.New(fault.Conflict, "member.numbers_used_up")
		}
		if _, err := tx.Run("UPDATE clubs SET next_number = ? WHERE id = ?", next, c.ID); err != nil {
			return "", err
		}
	} else if taken, err := taken(tx, c.ID, number); err != nil {
		return "", err
	} else if taken {
		return "", fault.Fields{"number": {Key: "member.number_taken"}}.Err()
	}
	_, err := tx.Run("INSERT INTO member_numbers (club_id, number, member_id, given_at) VALUES (?,?,?,?)", c.ID, number, memberID, db.Millis(s.clock.Now()))
	return number, err
}

func taken(tx *db.Tx, clubID int64, number string) (bool, error) {
	var ids []int64
	err := tx.Raw("SELECT member_id FROM member_numbers WHERE club_id = ? AND number = ?", clubID, number).Scan(&ids).Error
	return len(ids) > 0, err
}
