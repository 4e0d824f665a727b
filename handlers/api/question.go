package api

import "shuke/models/purpose"

// Question is something worth asking the customer now.
type Question struct {
	Field   string `json:"field" example:"hobby"`
	Say     string `json:"say" doc:"How to ask it."`
	Why     string `json:"why" enum:"missing,stale"`
	Purpose string `json:"purpose" example:"tailor"`
	Benefit string `json:"benefit" doc:"What the customer has of answering."`
}

func questions(list []purpose.Question, lang string) []Question {
	out := []Question{}
	for _, q := range list {
		one := Question{Field: q.Field.Key, Say: q.Ask.Say.In(lang), Why: "missing", Purpose: q.Purpose, Benefit: q.Field.Benefit.In(lang)}
		if q.Why == purpose.Stale {
			one.Why = "stale"
		}
		out = append(out, one)
	}
	return out
}

// AskedRequest says what became of a question.
type AskedRequest struct {
	ID    string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Field string `path:"field" maxLength:"64" example:"hobby"`
	Key   string `header:"Idempotency-Key" maxLength:"64" doc:"Chosen by the sender: the same request under it has its effect once."`
	Body  struct {
		Outcome string `json:"outcome" enum:"answered,no_answer,declined" doc:"Asked rests for a month, declined for a year. The answer itself is a fact."`
	}
}
