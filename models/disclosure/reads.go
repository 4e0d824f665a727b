package disclosure

import (
	"cmp"
	"slices"
	"time"

	"shuke/models/db"
)

// hour is the length of the stretches in which customers shown to a token are
// counted, in milliseconds.
const hour = int64(time.Hour / time.Millisecond)

// readRow is a token, by the first part of its hash, in one hour.
type readRow struct {
	token string
	hour  int64
}

// writeReads counts what tokens were shown in the commit that records it: their
// limit needs no write of its own and holds for all instances.
func writeReads(tx *db.Tx, reads map[readRow]int64) error {
	rows := make([]readRow, 0, len(reads))
	for row := range reads {
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b readRow) int { return cmp.Or(cmp.Compare(a.token, b.token), cmp.Compare(a.hour, b.hour)) })
	for chunk := range slices.Chunk(rows, rowsPerInsert) {
		args := make([]any, 0, 3*len(chunk))
		for _, r := range chunk {
			args = append(args, r.token, r.hour, reads[r])
		}
		_, err := tx.Run("INSERT INTO token_reads (token, hour, customers) VALUES "+db.Rows(len(chunk), 3)+
			tx.Dialect.Upsert("token, hour", "customers = token_reads.customers + new.customers"), args...)
		if err != nil {
			return err
		}
	}
	return nil
}
