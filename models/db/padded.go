package db

// Padded repeats the last of ids until their number is a power of two: lists for
// IN then have few lengths, and the statements made of them stay prepared.
func Padded(ids []int64) []int64 {
	if len(ids) == 0 {
		return ids
	}
	size := 1
	for size < len(ids) {
		size *= 2
	}
	out := make([]int64, size)
	for i := copy(out, ids); i < size; i++ {
		out[i] = ids[len(ids)-1]
	}
	return out
}
