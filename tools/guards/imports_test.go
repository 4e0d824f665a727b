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
	leaves = "models/calendar models/catalogue models/document models/email models/name models/phone models/phrase models/plate models/tabular "
	// subjects are what the business has; they hold each other's ids.
	subjects = "models/disclosure models/staff models/consent models/customer models/standing models/stay models/membership models/live models/webhook models/uses models/purpose "
	// acts cross subjects and own their transactions.
	acts = "models/arrival models/imports models/demo models/rights "
	kit  = "views/text views/ui views/layout static "
	// panels are views that stand on the pages of other views.
	panels = "views/preferenceview views/purposeview "
)

// mayImport is who may import whom of ours: downwards only. A package that is
// missing here fails the test, so that its place is decided and not found.
var mayImport = map[string]string{
	"config": "", "static": "", "models/fault": "", "models/clock": "",

	"models/calendar": "", "models/catalogue": "", "models/document": "", "models/email": "", "models/name": "",
	"models/phone": "", "models/phrase": "", "models/plate": "", "models/demodata": "", "models/vcard": "", "models/workbook": "", "models/workbook/workbooktest": "",
	"models/tabular": "models/vcard models/workbook",

	"policies":          "models/fault",
	"models/db":         "models/fault models/clock",
	"models/vault":      ground,
	"models/audit":      ground,
	"models/lease":      ground,
	"models/disclosure": ground + record,
	"models/consent":    ground + record,
	"models/staff":      ground + record,
	"models/webhook":    ground + record,
	"models/standing":   ground + "models/audit",
	"models/customer":   ground + record + leaves + "models/disclosure models/standing models/consent models/webhook models/uses",
	"models/live":       ground,
	"models/stay":       ground + "models/standing",
	"models/membership": ground + record + "models/disclosure models/customer models/standing models/stay",
	"models/arrival":    ground + record + leaves + "models/disclosure models/consent models/customer models/membership models/stay models/live models/uses models/webhook",
	"models/relation":   ground + record + leaves + "models/disclosure models/consent models/customer",
	"models/card":       ground + record + leaves + "models/disclosure models/consent models/customer models/membership models/relation models/standing models/stay models/uses models/purpose",
	"models/uses":       ground,
	"models/purpose":    ground + record + leaves + "models/consent models/customer models/uses",
	"models/imports":    ground + record + leaves + subjects + "models/card",
	"models/rights":     ground + record + leaves + subjects + "models/card models/relation",
	"models/intake":     ground + record + leaves + subjects + "models/imports models/lease",
	"models/demo":       ground + record + leaves + subjects + "models/card models/relation models/demodata",
	"models/modelstest": ground + record + leaves + subjects + acts + "models/card models/relation",

	"views/text":   "",
	"views/ui":     "views/text static",
	"views/layout": "views/text views/ui static",
	"views/*view":  kit + panels,

	"views/preferenceview": kit, "views/purposeview": kit,

	"handlers/fias":          "models/fault models/clock models/lease",
	"handlers/fias/fiastest": "handlers/fias",
	"handlers/webhooks":      "models/webhook models/clock models/fault policies",

	"handlers/api": "models/arrival models/card models/relation models/rights models/fault models/clock policies views/text " + leaves + subjects + record,
	"handlers":     "config policies handlers/api handlers/fias handlers/webhooks models/arrival models/imports models/intake models/card models/relation models/rights models/fault models/clock " + leaves + subjects + record + kit + panels + "views/*view",

	"bench": "models/db",

	".": "bench config static policies handlers handlers/api handlers/fias handlers/webhooks models/intake models/lease models/card models/relation " + ground + record + leaves + subjects + acts + kit,

	"tools/guards": "", "soak": "",
	"browser": "models/arrival config policies handlers handlers/fias handlers/webhooks models/audit models/imports models/intake models/tabular models/lease models/clock models/relation models/rights views/text " + subjects,
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
	if _, own := mayImport[folder]; own {
		return folder
	}
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

// ofTests lets tests of the domain and the pages build whole houses and property
// systems, and the soak tests look into the databases.
func ofTests(folder, of string) bool {
	if of == "models/modelstest" || of == "handlers/fias/fiastest" {
		return true
	}
	return strings.HasPrefix(of, "models/") && (strings.HasPrefix(folder, "models/") || folder == "handlers" || folder == "handlers/webhooks" || folder == "tools/guards" || folder == "soak") ||
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
