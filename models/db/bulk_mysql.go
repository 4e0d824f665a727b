package db

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	driver "github.com/go-sql-driver/mysql"
)

// load sends rows by LOAD DATA, several times as fast as statements. LOCAL makes
// the server drop what does not fit instead of failing, so rows and warnings are
// counted afterwards.
func (b *Bulk) load(ctx context.Context, table, columns string, rows iter.Seq[[]any]) error {
	in, out := io.Pipe()
	sent, width := int64(0), strings.Count(columns, ",")+1
	written := make(chan struct{})
	go func() {
		defer close(written)
		w := bufio.NewWriterSize(out, 1<<18)
		var line []byte
		for row := range rows {
			if len(row) != width {
				out.CloseWithError(fmt.Errorf("db: %s: a row of %d values for %d columns", table, len(row), width))
				return
			}
			var err error
			if line, err = appendLine(line[:0], row); err != nil {
				out.CloseWithError(err)
				return
			}
			if _, err := w.Write(line); err != nil {
				return // the reader has gone and says why
			}
			sent++
		}
		out.CloseWithError(w.Flush())
	}()
	name := rand.Text()
	driver.RegisterReaderHandler(name, func() io.Reader { return in })
	defer driver.DeregisterReaderHandler(name)
	result, err := b.conn.ExecContext(ctx, "LOAD DATA LOCAL INFILE 'Reader::"+name+"' INTO TABLE "+table+" CHARACTER SET binary ("+columns+")")
	in.Close()
	<-written
	if err != nil {
		return err
	}
	var warnings int64
	if err := b.conn.QueryRowContext(ctx, "SELECT @@warning_count").Scan(&warnings); err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != sent || warnings > 0 {
		return fmt.Errorf("db: of %d rows for %s %d arrived, with %d warnings: %w", sent, table, n, warnings, errNotLoaded)
	}
	return nil
}

var errNotLoaded = errors.New("a value does not fit or a key is taken")

// appendLine writes a row in the default format of LOAD DATA: fields end with a
// tab, lines with a line feed, a backslash escapes.
func appendLine(b []byte, row []any) ([]byte, error) {
	for i, value := range row {
		if i > 0 {
			b = append(b, '\t')
		}
		switch v := value.(type) {
		case nil:
			b = append(b, `\N`...)
		case int64:
			b = strconv.AppendInt(b, v, 10)
		case bool:
			b = append(b, '0')
			if v {
				b[len(b)-1] = '1'
			}
		case string:
			b = appendEscaped(b, v)
		case []byte:
			b = appendEscaped(b, v)
		default:
			return nil, fmt.Errorf("db: cannot load a %T", value)
		}
	}
	return append(b, '\n'), nil
}

func appendEscaped[T string | []byte](b []byte, value T) []byte {
	for i := range len(value) {
		switch c := value[i]; c {
		case 0:
			b = append(b, '\\', '0')
		case '\t', '\n', '\\':
			b = append(b, '\\', c)
		default:
			b = append(b, c)
		}
	}
	return b
}
