package demo

import (
	"context"

	"shuke/models/catalogue"
	"shuke/models/consent"
	"shuke/models/db"
	"shuke/models/vault"
	"shuke/policies"
)

// word is what one of the guests whom everybody looks for first said of their own
// data, that many days ago.
type word struct {
	purpose consent.Purpose
	channel consent.Channel
	given   bool
	how     consent.How
	daysAgo int
}

// ofTheFirst are the words of the guest of the example; the others said less.
var (
	ofTheFirst = []word{
		{consent.Service, "", true, consent.Written, 1041}, {consent.Notices, consent.WeChat, true, consent.ByChat, 985}, {consent.Safety, "", true, consent.Written, 985},
		{consent.Marketing, consent.SMS, false, consent.Spoken, 522}, {consent.Marketing, consent.Phone, false, consent.Spoken, 522},
	}
	ofTheOthers = []word{{consent.Service, "", true, consent.Written, 200}, {consent.Marketing, consent.WeChat, true, consent.ByChat, 90}}
)

// proof is where the sheets with signatures lie.
const proof = "入住登记单背面签名，按月归档"

// say writes what the guests of the examples said. The texts that were read out
// are those that come with the program; putting them in asks nobody.
func (f *filling) say(ctx context.Context) error {
	if err := consent.NewLibrary(f.DB, f.Log, nil, f.Clock).Install(ctx); err != nil {
		return err
	}
	for i := range min(f.from.Fixed(), f.o.Customers) {
		if f.from.Customer(i).Kind != catalogue.Individual {
			continue
		}
		if err := f.sayOne(ctx, i, f.first+int64(i)); err != nil {
			return err
		}
	}
	return nil
}

func (f *filling) sayOne(ctx context.Context, i int, id int64) error {
	owner := vault.Customer(id)
	keys, err := f.Vault.Keys(ctx, owner)
	if err != nil {
		return err
	}
	key := keys[owner]
	words := ofTheOthers
	if i == 0 {
		words = ofTheFirst
	}
	return f.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, w := range words {
			e := consent.Event{CustomerID: id, Purpose: w.purpose, Channel: w.channel, Given: w.given, Who: consent.Self, How: w.how, Wording: consent.Text{Of: string(w.purpose), Version: 1},
				By: f.staff[0], Branch: f.branches[0], Via: policies.Browser, At: f.moment(i, w.daysAgo, 0), Key: &key}
			if w.how == consent.Written {
				e.Proof = proof
			}
			if err := consent.Append(tx, e); err != nil {
				return err
			}
		}
		if i > 0 {
			return nil
		}
		_, err := consent.Restrict(tx, id, consent.Restriction{Kind: consent.NoPhoto, How: consent.Spoken, At: f.moment(i, 887, 0), By: f.staff[0], Branch: f.branches[0]})
		return err
	})
}
