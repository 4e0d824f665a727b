package policies

import "fmt"

// conditions are the named conditions a policy row may put on a permission.
// They are Go, not text in a table: whoever can write a row cannot write a rule.
var conditions = map[string]func(Actor) bool{
	"always": func(Actor) bool { return true },
	// What the command line or an import says of somebody's employment counts
	// for nothing until a confirmed colleague has confirmed it in the browser.
	"confirmed": func(a Actor) bool { return a.EmploymentConfirmed },
	// What touches the whole base is for lasting staff alone, and ends the minute
	// somebody gives notice.
	"custody": func(a Actor) bool { return a.EmploymentConfirmed && a.Employment == Regular && !a.OnNotice() },
}

func holds(args ...any) (any, error) {
	if len(args) != 2 {
		return false, fmt.Errorf("policies: holds takes a condition and an actor")
	}
	name, isText := args[0].(string)
	actor, isActor := args[1].(Actor)
	condition, known := conditions[name]
	if !isText || !isActor || !known {
		return false, fmt.Errorf("policies: unknown condition %v", args[0])
	}
	return condition(actor), nil
}
