package modelstest

import (
	"context"
	"os"
	"path/filepath"
	"sync"

	"shuke/models/db"
	"shuke/models/vault"
)

// furnished keeps the files of a furnished House on SQLite. Making one costs a
// second of synced writes, copying it a few milliseconds.
var furnished struct {
	sync.Mutex
	files map[string][]byte
}

// copyTemplate opens the House on a copy of the template, which the first House
// of a process makes in its own folders.
func (h *House) copyTemplate() {
	h.T.Helper()
	furnished.Lock()
	defer furnished.Unlock()
	if furnished.files == nil {
		furnished.files = h.makeTemplate()
	}
	dir := h.T.TempDir()
	for name, content := range furnished.files {
		if name == "keyset.json" {
			h.must(os.WriteFile(filepath.Join(h.KeyDir, name), content, 0o600))
			continue
		}
		h.must(os.WriteFile(filepath.Join(dir, name), content, 0o600))
	}
	h.Databases = reopened(h.T, Databases{MainAddress: "sqlite:" + filepath.Join(dir, "shuke.db"), KeysAddress: "sqlite:" + filepath.Join(dir, "keys.db")})
	h.wire()
}

func (h *House) makeTemplate() map[string][]byte {
	h.T.Helper()
	dir := h.T.TempDir()
	first := &House{T: h.T, Clock: h.Clock, Guard: h.Guard, KeyDir: dir}
	first.Databases = migrated(h.T, "sqlite:"+filepath.Join(dir, "shuke.db"), "sqlite:"+filepath.Join(dir, "keys.db"))
	h.must(vault.CreateKeyset(dir))
	first.furnish()
	for _, d := range []*db.DB{first.Main, first.Keys} {
		h.must(d.Read(context.Background()).Exec("PRAGMA wal_checkpoint(TRUNCATE)").Error)
	}
	files := map[string][]byte{}
	for _, name := range []string{"shuke.db", "keys.db", "keyset.json"} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		h.must(err)
		files[name] = content
	}
	return files
}
