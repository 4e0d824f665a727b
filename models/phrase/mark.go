package phrase

import (
	"fmt"
	"strings"
)

// mark is what a list says of a word beside its areas.
type mark uint64

// The marks, in the order of markNames.
const (
	isNever mark = 1 << iota
	isModifier
	isOrder
	isWithout
	isContrast
	isHabit
	isDislike
	isInability
	isDo
	isBid
	isEven
	isAction
	isStop
	isReason
	isTopic
	isPlace
	isSite
	isJoin
	isSo
	isEmpty
	isPerson
	isMust
	isLikes
	isPolite
	isHealth
	isCreed
	isFamily
	keepsHealth
	keepsCreed
	keepsFamily
	isAllergy
	isReaction
	isUpset
	isCause
	isForbidden
	isNear
	isDenial
	isExcept
	isShield
	isSensitive
	isPregnant
	isMedicine
	isCaution
	isSpoken
	isStrict
	isPen

	leftOut = isHealth | isCreed | isFamily | isAllergy | isPregnant
)

// markNames are the marks as the files name them.
var markNames = [...]string{
	"never", "modifier", "order", "without", "contrast", "habit", "dislike", "inability", "do", "bid", "even", "action", "stop", "reason", "topic", "place", "site", "join", "so", "empty", "person",
	"must", "likes", "polite", "health", "creed", "family", "health kept", "creed kept", "family kept",
	"allergy", "reaction", "upset", "cause", "forbidden", "near", "denial", "except", "shield", "sensitive", "pregnant", "medicine", "caution", "spoken", "strict", "pen",
}

// readMark reads "mark: words" or "mark: patterns".
func (l *lexicon) readMark(key, rest string) error {
	for i, name := range markNames {
		if name != key {
			continue
		}
		return l.each(rest, pattern{is: 1 << i}, func(w *word) { w.is |= 1 << i })
	}
	return fmt.Errorf("no mark %q", key)
}

// readEnglish reads common English words, which are never taken for errors.
func (l *lexicon) readEnglish(rest string) error {
	for w := range strings.FieldsSeq(rest) {
		l.english[stem(w)] = true
	}
	return nil
}
