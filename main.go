// Command shuke serves the customer-information system and does its chores.
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"

	"shuke/models/tabular"
)

// version is set when a release is built.
var version = "dev"

// commands are everything the program does, with the settings all share.
type commands struct {
	Config  string `help:"Settings file (TOML)." type:"path" env:"SHUKE_CONFIG"`
	DataDir string `help:"Folder of keys and the default databases." placeholder:"PATH"`

	Serve   serveCommand   `cmd:"" help:"Serve the pages and the API."`
	Migrate migrateCommand `cmd:"" help:"Bring the databases up to date."`
	Demo    demoCommand    `cmd:"" help:"Fill an empty database with sample data."`
	Import  importCommand  `cmd:"" help:"Import files."`
	Bench   benchCommand   `cmd:"" help:"Measure on prepared bases of invented data."`
	Branch  branchCommand  `cmd:"" help:"Branches."`
	Staff   staffCommand   `cmd:"" help:"Members of staff."`
	Token   tokenCommand   `cmd:"" help:"Tokens for programs."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

type versionCommand struct{}

func (versionCommand) Run() error {
	fmt.Println(version)
	return nil
}

func main() {
	tabular.ReaderProcess()
	var c commands
	parser := kong.Must(&c, kong.Name("shuke"), kong.Description("熟客 Shuke: a regular wherever they go."), kong.UsageOnError(), kong.Vars{"key_fields": keyFields})
	run, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	run.FatalIfErrorf(run.Run(&c))
}
