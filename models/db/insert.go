package db

// InsertAll inserts rows, many a statement. The text ends with VALUES; args
// hold the values of one row after the other.
func (tx *Tx) InsertAll(insert string, columns int, args []any) error {
	return tx.rows(insert, columns, args, "")
}

// UpsertAll does the same, and where a row of the key is there already sets it as
// Upsert says.
func (tx *Tx) UpsertAll(insert string, columns int, args []any, key string, set ...string) error {
	return tx.rows(insert, columns, args, tx.Dialect.Upsert(key, set...))
}

func (tx *Tx) rows(insert string, columns int, args []any, end string) error {
	most := tx.Dialect.RowsPerInsert(columns)
	for len(args) > 0 {
		n := min(len(args)/columns, most)
		if _, err := tx.Run(insert+Rows(n, columns)+end, args[:n*columns]...); err != nil {
			return err
		}
		args = args[n*columns:]
	}
	return nil
}
