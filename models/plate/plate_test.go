package plate

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestPlates(t *testing.T) {
	tests := []struct{ rule, text, want string }{
		{"ordinary", "京A12345", "京A12345"}, {"with a dot", "沪A·B1234", "沪A·B1234"}, {"small, blanks, hyphen", " 粤b - 1a2b3 ", "粤B1A2B3"}, {"full width", "苏Ｅ１２３４５", "苏E12345"}, {"traditional", "粵B12345", "粤B12345"},
		{"new energy, small", "京AD12345", "京AD12345"}, {"new energy, small, second letter", "沪A·FA1234", "沪AFA1234"}, {"new energy, large", "粤B12345D", "粤B12345D"},
		{"Hong Kong", "粤Z·1234港", "粤Z1234港"}, {"Macau", "粤ZA123澳", "粤ZA123澳"}, {"driving school", "京A1234學", "京A1234学"}, {"police", "京A1234警", "京A1234警"}, {"police, formerly", "京O12345", "京O12345"}, {"trailer", "鲁B1234挂", "鲁B1234挂"},
		{"embassy", "使014578", "使014578"}, {"embassy behind", "224578使", "224578使"}, {"consulate", "沪A0023领", "沪A0023领"}, {"rescue", "京X1234应急", "京X1234应急"}, {"armed police", "WJ京12345", "WJ京12345"}, {"army", "VA·12345", "VA12345"},
		{"Hong Kong's own", "AB 1234", "AB1234"}, {"Macau's own", "MA-12-34", "MA1234"}, {"Taiwan's", "ABC-1234", "ABC1234"}, {"German", "MÜ-AB 123", "MÜAB123"}, {"Japanese", "品川 300 あ 12-34", "品川300あ1234"}, {"Korean", "12가 3456", "12가3456"}, {"two signs", "A1", "A1"},
	}
	for _, tt := range tests {
		want := strings.ReplaceAll(tt.want, "·", "")
		got, err := Parse(tt.text)
		if err != nil || got != want {
			t.Errorf("%s: %q %v, want %q", tt.rule, got, err, want)
		}
		if again, err := Parse(got); err != nil || again != got {
			t.Errorf("%s: the canonical form becomes %q %v", tt.rule, again, err)
		}
	}
}

func TestTextsThatAreNoPlates(t *testing.T) {
	for rule, text := range map[string]string{
		"nothing": "", "one sign": "A", "thirteen signs": "A123456789012", "no such province": "王A12345", "too short": "京A1234", "too long": "京A1234567", "letter I": "京A1234I", "letter O": "京A1234O", "no office": "京12345A", "digits alone": "京12345",
		"new energy without its letter": "京A123456", "a word": "无", "stars": "京A***45", "a control": "京A1\x002345", "two plates": "京A12345,京A12346", "a sentence": "白色轿车", "very long": strings.Repeat("京A12345", 100),
	} {
		got, err := Parse(text)
		var refused *Error
		if got != "" || !errors.As(err, &refused) || refused.Reason != Invalid {
			t.Errorf("%s: %q %v", rule, got, err)
		}
	}
}

func TestKeysAreWhatIsAskedFor(t *testing.T) {
	for plate, want := range map[string][]string{
		"":           nil,
		"A1":         {"A1"},
		"京A12345":    {"京A12345", "A12345", "12345", "2345"},
		"京AD12345":   {"京AD12345", "AD12345", "D12345", "12345", "2345"},
		"粤Z1234港":    {"粤Z1234港", "Z1234港", "1234港", "234港", "粤Z1234", "Z1234", "1234"},
		"AB1234":     {"AB1234", "B1234", "1234"},
		"品川300あ1234": {"品川300あ1234", "川300あ1234", "300あ1234", "00あ1234", "0あ1234", "あ1234", "1234"},
	} {
		if got := Keys(plate); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", plate, got, want)
		}
	}
}
