package customer_test

import (
	"context"
	"errors"
	"testing"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
)

func TestDebugNote(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	_, err := h.Customers.TakeNote(context.Background(), h.Clerk(), h.Catalogue(), customer.Note{PublicID: id, Words: "第 3 个枕头要高", Channel: "service"})
	var f *fault.Error
	errors.As(err, &f)
	t.Logf("%v %+v", err, f)
}
