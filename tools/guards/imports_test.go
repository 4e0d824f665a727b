package guards

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Runs of packages that the table below names together.
const (
	// ground is what every package of the domain may stand on.
	ground = "models/fault models/clock policies models/db "
	// record is the record of what happened and the sealing of values.
	record = "models/audit models/vault "
	// leaves read and write one kind of value and import none of ours.
	leaves = "models/calendar models/catalogue models/document models/email models/name models/phone models/plate models/tabular "
	// subjects are what the business has; they hold each other's ids.
	subjects = "models/disclosure models/staff models/consent models/customer "
	// acts cross subjects and own their transactions.
	acts = "models/imports models/demo models/rights "
	kit  = "views/text views/ui views/layout static "
)

// mayImport is who may import whom of ours: downwards only. A package that is
// missing here fails the test, so that its place is decided and not found.
var mayImport = map[string]string{
	"config": "", "static": "", "models/fault": "", "models/clock": "",

	"models/calendar": "", "models/catalogue": "", "models/document": "", "models/email": "", "models/name": "",
	"models/phone": "", "models/plate": "", "models/tabular": "", "models/demodata": "",

	"policies":          "models/fault",
	"models/db":         "models/fault models/clock",
	"models/vault":      ground,
	"models/audit":      ground,
	"models/disclosure": ground + record,
	"models/consent":    ground + record,
	"models/staff":      ground + record,
	"models/customer":   ground + record + leaves + "models/disclosure models/consent",
	"models/card":       ground + record + leaves + "models/disclosure models/consent models/customer",
	"models/imports":    ground + record + leaves + subjects + "models/card",
	"models/rights":     ground + record + leaves + subjects + "models/card",
	"models/demo":       ground + record + leaves + subjects + "models/card models/demodata",
	"models/modelstest": ground + record + leaves + subjects + acts + "models/card",

	"views/text":   "",
	"views/ui":     "views/text static",
	"views/layout": "views/text views/ui static",
	"views/*view":  kit,

	"handlers/api": "models/card models/rights models/fault models/clock policies views/text " + leaves + subjects + record,
	"handlers":     "config policies handlers/api models/card models/rights models/fault models/clock " + leaves + subjects + record + kit + "views/*view",

	"bench": "models/db",

	".": "bench config static policies handlers handlers/api models/card " + ground + record + leaves + subjects + acts + kit,

	"tools/guards": "", "soak": "",
	"browser": "config policies handlers models/audit models/clock models/rights views/text " + subjects,
}

// onlyIn says where a library may be imported: nowhere else.
var onlyIn = map[string][]string{
	"github.com/labstack/echo":   {"handlers"},
	"github.com/gorilla":         {"handlers"},
	"github.com/danielgtaylor":   {"handlers"},
	"gorm.io":                    {"models"},
	"github.com/glebarez/sqlite": {"models"},
	"github.com/pressly/goose":   {"models"},
	"github.com/casbin":          {"policies"},
	"github.com/a-h/templ":       {"views", "handlers"},
	"github.com/alecthomas/kong": {"."},
	"github.com/knadh/koanf":     {"config"},
	"net/http":                   {"handlers", "bench", "."},
}

// place is the line of the table a folder belongs to.
func place(folder string) string {
	if strings.HasPrefix(folder, "views/") && strings.HasSuffix(folder, "view") {
		return "views/*view"
	}
	return folder
}

func TestPackagesImportDownwardsOnly(t *testing.T) {
	for _, s := range all(t) {
		line := place(s.folder())
		allowed, known := mayImport[line]
		if !known {
			t.Errorf("%s: package %s has no line in the import table", s.path, s.folder())
			continue
		}
		for _, spec := range s.file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if path == "shuke" {
				t.Errorf("%s imports the program itself", s.path)
			}
			of, ours := strings.CutPrefix(path, "shuke/")
			if !ours || (s.test && (of == s.folder() || ofTests(s.folder(), of))) {
				continue
			}
			if !slices.Contains(strings.Fields(allowed), place(of)) {
				t.Errorf("%s: %s must not import %s", s.path, s.folder(), of)
			}
		}
	}
}

// ofTests lets tests of the domain and the pages build whole houses, and the
// soak tests look into the databases.
func ofTests(folder, of string) bool {
	if of == "models/modelstest" {
		return true
	}
	return strings.HasPrefix(of, "models/") && (strings.HasPrefix(folder, "models/") || folder == "handlers" || folder == "tools/guards" || folder == "soak") ||
		(of == "policies" && !strings.HasPrefix(folder, "views/")) || (folder == "handlers" && of == "config")
}

func TestLibrariesStayInTheirPlace(t *testing.T) {
	for _, s := range all(t) {
		if s.test {
			continue
		}
		for _, spec := range s.file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			for library, places := range onlyIn {
				if path != library && !strings.HasPrefix(path, library+"/") {
					continue
				}
				if !slices.ContainsFunc(places, func(p string) bool { return s.folder() == p || (p != "." && strings.HasPrefix(s.folder(), p+"/")) }) {
					t.Errorf("%s: %s belongs into %s", s.path, path, strings.Join(places, ", "))
				}
			}
		}
	}
}

func TestTheTableNamesPackagesThatAre(t *testing.T) {
	there := map[string]bool{}
	for _, s := range all(t) {
		there[place(s.folder())] = true
	}
	for line := range mayImport {
		if !there[line] {
			t.Errorf("the import table names %s, which is not there", line)
		}
	}
}
