package db

import "strings"

// Member makes a SELECT with an order and a limit of its own a member of a
// UNION.
func (d Dialect) Member(query string) string {
	if d == MySQL {
		return "(" + query + ")"
	}
	return "SELECT * FROM (" + query + ")"
}

// ForUpdate locks the rows read until the end of the transaction. SQLite holds
// the whole file already.
func (d Dialect) ForUpdate() string {
	if d == MySQL {
		return " FOR UPDATE"
	}
	return ""
}

// ForShare keeps the rows read as they are until the end of the transaction;
// others may read them so too.
func (d Dialect) ForShare() string {
	if d == MySQL {
		return " LOCK IN SHARE MODE"
	}
	return ""
}

// InsertIgnore begins an INSERT that leaves out rows whose key is taken.
func (d Dialect) InsertIgnore() string {
	if d == MySQL {
		return "INSERT IGNORE INTO "
	}
	return "INSERT OR IGNORE INTO "
}

// Upsert ends an INSERT that meets an existing row of the key. Each of set is a
// full assignment in which new.COLUMN stands for the value that was offered.
func (d Dialect) Upsert(key string, set ...string) string {
	offered := func(assignment string) string {
		if d == SQLite {
			return strings.ReplaceAll(assignment, "new.", "excluded.")
		}
		var b strings.Builder
		for {
			before, after, found := strings.Cut(assignment, "new.")
			b.WriteString(before)
			if !found {
				return b.String()
			}
			end := strings.IndexFunc(after, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') })
			if end < 0 {
				end = len(after)
			}
			b.WriteString("VALUES(" + after[:end] + ")")
			assignment = after[end:]
		}
	}
	out := make([]string, len(set))
	for i, assignment := range set {
		out[i] = offered(assignment)
	}
	if d == MySQL {
		return " ON DUPLICATE KEY UPDATE " + strings.Join(out, ", ")
	}
	return " ON CONFLICT (" + key + ") DO UPDATE SET " + strings.Join(out, ", ")
}

// RowsPerInsert is how many rows of so many columns one INSERT best carries: few
// on SQLite, whose driver looks each value up among all of the statement, many
// where a statement is a journey to a server.
func (d Dialect) RowsPerInsert(columns int) int {
	if d == SQLite {
		return max(1, 140/columns)
	}
	return max(1, 4000/columns)
}

// Rows repeats the placeholders of one row: Rows(2, 3) is "(?,?,?),(?,?,?)".
func Rows(rows, columns int) string {
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", columns), ",") + ")"
	return strings.TrimSuffix(strings.Repeat(row+",", rows), ",")
}
