package policies

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"

	"shuke/models/fault"
)

//go:embed model.conf
var modelText string

//go:embed policy.csv
var policyText string

// effect is compared letter by letter: another effect would allow what nothing
// forbids.
const effect = "some(where (p.eft == allow)) && !some(where (p.eft == deny))"

// Guard answers whether an actor may do something.
type Guard struct {
	// One enforcer a role with the rows of that role, so that a question weighs
	// a dozen rows and not all of them. Rows never change while running.
	enforcers map[Role]*casbin.Enforcer
}

// NewGuard reads the embedded policy. Anything unknown in it is an error: the
// program does not start on a policy it understands in part.
func NewGuard() (*Guard, error) { return newGuard(modelText, policyText) }

func newGuard(modelConf, policy string) (*Guard, error) {
	if !strings.Contains(modelConf, "e = "+effect+"\n") || strings.Contains(modelConf, "eval(") {
		return nil, fmt.Errorf("policies: model.conf has another effect or evaluates text")
	}
	rows, err := readPolicy(policy)
	if err != nil {
		return nil, err
	}
	g := &Guard{enforcers: map[Role]*casbin.Enforcer{}}
	for _, role := range Roles {
		m, err := model.NewModelFromString(modelConf)
		if err != nil {
			return nil, err
		}
		e, err := casbin.NewEnforcer(m)
		if err != nil {
			return nil, err
		}
		e.AddFunction("holds", holds)
		for _, row := range rows {
			if row[0] != string(role) && row[0] != "any" {
				continue
			}
			if ok, err := e.AddPolicy(row[0], row[1], row[2], row[3], row[4]); err != nil || !ok {
				return nil, fmt.Errorf("policies: row %v twice or refused: %v", row, err)
			}
		}
		g.enforcers[role] = e
	}
	return g, nil
}

func readPolicy(text string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.TrimLeadingSpace = 6, true
	records, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("policies: %w", err)
	}
	if len(records) == 0 {
		return nil, fmt.Errorf("policies: the policy is empty")
	}
	rows := make([][]string, len(records))
	for i, record := range records {
		if err := checkRow(record); err != nil {
			return nil, fmt.Errorf("policies: row %d: %w", i+1, err)
		}
		rows[i] = record[1:]
	}
	return rows, nil
}

func checkRow(r []string) error {
	if r[0] != "p" {
		return fmt.Errorf("unknown kind %q", r[0])
	}
	if r[1] != "any" && !slices.Contains(Roles, Role(r[1])) {
		return fmt.Errorf("unknown role %q", r[1])
	}
	if !slices.Contains(Permissions, Permission{r[2], r[3]}) {
		return fmt.Errorf("unknown permission %s.%s", r[2], r[3])
	}
	if _, known := conditions[r[4]]; !known {
		return fmt.Errorf("unknown condition %q", r[4])
	}
	if r[5] != "allow" && r[5] != "deny" {
		return fmt.Errorf("unknown effect %q", r[5])
	}
	return nil
}

// Can reports whether the actor may. Whatever goes wrong is a no.
func (g *Guard) Can(a Actor, p Permission) bool {
	return inScope(a, p) && g.personMay(a, p)
}

// personMay is Can without regard to what a token was made for.
func (g *Guard) personMay(a Actor, p Permission) bool {
	if !a.Working() {
		return false
	}
	// A token is no password: it works while the first password waits to be
	// changed in a browser.
	if a.PasswordTemporary && a.Via != Token && p != AccountUse {
		return false
	}
	e, known := g.enforcers[a.Role]
	if !known {
		return false
	}
	allowed, err := e.Enforce(a, p.Object, p.Action)
	return err == nil && allowed
}

// Require is Can as an error.
func (g *Guard) Require(a Actor, p Permission) error {
	if g.Can(a, p) {
		return nil
	}
	if s := ScopeOf(p); s != "" && !inScope(a, p) && g.personMay(a, p) {
		return fault.Newf(fault.Denied, "api.scope_needed", map[string]any{"Permission": p.String(), "Scope": string(s)})
	}
	return fault.Newf(fault.Denied, "error.denied", map[string]any{"Permission": p.String()})
}
