package db

// WithoutLoad makes a bulk connection do without LOAD DATA, as it does on
// servers that refuse it.
func (b *Bulk) WithoutLoad() { b.loads = false }
