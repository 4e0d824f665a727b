package customer

import "shuke/models/fault"

// Channel is the way a fact reached us.
type Channel string

// channelTrust ranks channels by how far their facts can be trusted: 3 the
// customer told us or we dealt with them, 2 we asked or they answered in
// passing, 1 others said so or it was bought. What a customer volunteers
// outranks what we asked for, which outranks what we bought; frequent contact
// outranks a fair.
var channelTrust = map[Channel]int{
	"service": 3, "asked": 3, "complaint": 3, "call_in": 3, "pos": 3,
	"call_out": 2, "survey": 2, "activity": 2, "website": 2, "fair": 2, "device": 2, "partner": 2, "referral": 2,
	"media": 1, "registry": 2, "bank": 1, "research": 1, "list": 1, "association": 1,
}

// Channels lists every channel, direct ones first, as forms show them.
var Channels = []Channel{"service", "call_in", "complaint", "pos", "website", "survey", "activity", "fair", "call_out", "device", "asked",
	"media", "registry", "bank", "research", "list", "partner", "referral", "association"}

// HandChannels are those a person at a counter or telephone can name.
var HandChannels = []Channel{"service", "call_in", "complaint", "pos", "survey", "activity", "fair", "call_out", "referral", "asked"}

// Trust returns how far facts of the channel are trusted, from 1 to 3, and 0
// for a channel that does not exist.
func (c Channel) Trust() int { return channelTrust[c] }

// ParseChannel checks a channel's name.
func ParseChannel(text string) (Channel, error) {
	if c := Channel(text); c.Trust() > 0 {
		return c, nil
	}
	return "", fault.Fields{"channel": {Key: "error.choose"}}.Err()
}
