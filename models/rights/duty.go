package rights

import (
	"shuke/models/audit"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/membership"
	"shuke/models/purpose"
	"shuke/models/relation"
	"shuke/models/stay"
)

// Forgetter forgets what one package keeps of a customer, in the transaction in
// which everything is forgotten. Doing it twice is as doing it once.
type Forgetter func(tx *db.Tx, customerID int64) error

// Duty is what a package must forget of a customer, and in which tables. Every
// table that has a customer's id in it stands in a duty or in Exempt; a test
// compares both with the schema.
type Duty struct {
	Tables []string
	Forget Forgetter
}

// Duties are carried out in their order. A package that keeps something of
// customers adds its line; the identity goes last.
var Duties = []Duty{
	{[]string{"consent_events", "consents", "restrictions", "erasures"}, consent.Forget},
	{[]string{"customer_requests"}, forgetRequests},
	{[]string{"import_rows"}, forgetOriginals},
	{[]string{"standings", "members", "attendances"}, membership.Forget},
	{[]string{"stays", "stay_totals"}, stay.Forget},
	{[]string{"relations", "relation_hides", "household_members", "stages", "life_events"}, relation.Forget},
	{[]string{"asked"}, purpose.Forget},
	{[]string{"audit_salts"}, audit.Forget},
	{[]string{"facts", "preferences", "customer_keys", "recents"}, customer.Forget},
}

// Exempt are the tables that keep a customer's inner id, which then leads to
// nothing, and why.
var Exempt = map[string]string{
	"audit_events": "the record of what was done stays whole, or it would prove nothing; it holds no value of a customer",
	"disclosures":  "who looked at how many customers stays countable; it holds ids and days alone",
}

// forgetOriginals takes the original rows of a customer out of every import, and
// what the import would need to bring the customer and their stays back; that
// there was a row, and what became of it, stays for the report of the import. It
// stands here because imports are built on what this package serves.
func forgetOriginals(tx *db.Tx, customerID int64) error {
	var imports, stays []int64
	if err := tx.Raw("SELECT DISTINCT import_id FROM import_rows WHERE customer_id = ?", customerID).Scan(&imports).Error; err != nil {
		return err
	}
	if err := tx.Raw("SELECT id FROM stays WHERE customer_id = ?", customerID).Scan(&stays).Error; err != nil {
		return err
	}
	if len(imports) > 0 { // named by id: a sub-query in a write reads the whole table on MariaDB
		if _, err := tx.Run("DELETE FROM import_before WHERE import_id IN ? AND kind IN (1, 3) AND object_id = ?", db.Padded(imports), customerID); err != nil {
			return err
		}
	}
	if len(imports) > 0 && len(stays) > 0 {
		if _, err := tx.Run("DELETE FROM import_before WHERE import_id IN ? AND kind = 2 AND object_id IN ?", db.Padded(imports), db.Padded(stays)); err != nil {
			return err
		}
	}
	_, err := tx.Run("UPDATE import_rows SET sealed = NULL, problems = '' WHERE customer_id = ?", customerID)
	return err
}
