package peopleview

import "context"

// Context is the context that carries the reader's language.
type Context = context.Context
