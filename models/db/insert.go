package db

// InsertAll inserts rows, many a statement. The text ends with VALUES; args
// hold the values of one row after the other.
func (tx *Tx) InsertAll(insert string, columns int, args []any) error {
	most := tx.Dialect.RowsPerInsert(columns)
	for len(args) > 0 {
		n := min(len(args)/columns, most)
		if _, err := tx.Run(insert+Rows(n, columns), args[:n*columns]...); err != nil {
			return err
		}
		args = args[n*columns:]
	}
	return nil
}
