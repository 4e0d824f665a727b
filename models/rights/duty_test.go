package rights_test

import (
	"slices"
	"testing"

	"shuke/models/db"
	"shuke/models/modelstest"
	"shuke/models/rights"
)

// The questions for the tables that hold a customer's inner id.
const (
	sqliteHolders = `SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND (c.name = 'customer_id' OR c.name LIKE '%\_customer_id' ESCAPE '\') ORDER BY m.name`
	mysqlHolders  = `SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = DATABASE() AND (column_name = 'customer_id' OR column_name LIKE '%\_customer_id') ORDER BY table_name`
)

// A table that keeps something of customers is forgotten with them, or says why
// not. A new one fails here until its package has decided.
func TestEveryTableWithACustomerIsForgottenOrExempt(t *testing.T) {
	h := modelstest.NewHouse(t)
	query := sqliteHolders
	if h.Main.Dialect() == db.MySQL {
		query = mysqlHolders
	}
	var tables []string
	must(t, h.Main.Read(ctx).Raw(query).Scan(&tables).Error)
	if len(tables) < 9 {
		t.Fatalf("only %v hold a customer", tables)
	}
	var covered []string
	for _, d := range rights.Duties {
		covered = append(covered, d.Tables...)
	}
	for _, table := range tables {
		_, exempt := rights.Exempt[table]
		if forgotten := slices.Contains(covered, table); forgotten == exempt {
			t.Errorf("%s: forgotten %v, exempt %v", table, forgotten, exempt)
		}
	}
	for _, table := range covered {
		if !slices.Contains(tables, table) {
			t.Errorf("a duty names %s, which holds no customer", table)
		}
	}
	for table, why := range rights.Exempt {
		if !slices.Contains(tables, table) || why == "" {
			t.Errorf("%s is exempt without a reason, or is not there", table)
		}
	}
}

// Each duty by itself, twice: nothing fails, nothing more goes.
func TestEveryDutyBearsRepeating(t *testing.T) {
	h := modelstest.NewHouse(t)
	inner := h.Customer(fullOf(t, h)).ID
	for range 2 {
		for _, d := range rights.Duties {
			must(t, h.Main.InTx(ctx, func(tx *db.Tx) error { return d.Forget(tx, inner) }))
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM customers WHERE id = ? AND public_id LIKE 'X-%'", inner); n != 1 {
		t.Error("the tombstone is not there")
	}
}
