package api

// PrepareRequest adds something to make ready for one stay that follows from no
// wish.
type PrepareRequest struct {
	StayOf
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"Chosen by the sender: the same request under it has its effect once."`
	Body struct {
		Wording    string `json:"wording" maxLength:"120" example:"投影试机"`
		Department string `json:"department" maxLength:"32" doc:"Of the house." example:"engineering"`
		Due        string `json:"due,omitempty" maxLength:"5" doc:"Time on the day of arrival by the clocks of the branch; without one as the department's work is due." example:"18:00"`
	}
}

// PrepareAnswer names it.
type PrepareAnswer struct {
	Body struct {
		Key string `json:"key" example:"h1"`
	}
}

// PreparationOf names one thing of a stay.
type PreparationOf struct {
	StayOf
	Key string `path:"key" maxLength:"24" example:"h1"`
}

// TickRequest says that something is ready, or not after all.
type TickRequest struct {
	PreparationOf
	Body struct {
		Done bool `json:"done"`
	}
}
