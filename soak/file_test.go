//go:build soak

package soak

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// list is a file of invented customers: nearly all new, some rows that join an
// earlier one by its telephone, some that are refused.
func list(t *testing.T, n, rows int) string {
	t.Helper()
	dice := rand.New(rand.NewPCG(uint64(n), 11))
	path := filepath.Join(folder(t), fmt.Sprintf("list%d.csv", n))
	f, err := os.Create(path)
	must(t, err)
	w := bufio.NewWriter(f)
	pick := func(s string) string { r := []rune(s); return string(r[dice.IntN(len(r))]) }
	fmt.Fprintln(w, "姓名,手机,邮箱,生日,城市,单位,爱好,社保号")
	for i := range rows {
		person, born := i, fmt.Sprintf("19%02d-%02d-%02d", 50+dice.IntN(50), 1+dice.IntN(12), 1+dice.IntN(28))
		switch {
		case i > 10 && dice.IntN(20) == 0:
			person = dice.IntN(i)
		case dice.IntN(400) == 0:
			born = "1980-13-41"
		}
		name := pick("赵钱孙李周吴郑王单曾仇") + pick("伟芳娜秀英敏静丽强磊") + pick("明远洋艳勇军杰娟涛超霞")
		fmt.Fprintf(w, "%s,137%02d%06d,p%d.%d@example.cn,%s,%s,%s公司,%s,S%d-%d\n", name, n, person, n, person, born, []string{"上海", "杭州", "成都"}[dice.IntN(3)],
			pick("东西南北中")+pick("山水云雨"), []string{"茶", "围棋", "登山", "摄影"}[dice.IntN(4)], n, person)
	}
	must(t, w.Flush())
	must(t, f.Close())
	return path
}

// taking are the arguments that import a list.
func taking(path string) []string {
	return []string{"import", "customers", path, "--channel", "partner", "--source", "soak", "--key", "phone", "--create", "--branch", branch,
		"--map", "爱好=hobby"}
}
