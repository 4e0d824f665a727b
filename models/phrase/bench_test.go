package phrase

import "testing"

func BenchmarkRead(b *testing.B) {
	load()
	for _, text := range []string{"花生过敏", "早餐鸡蛋要嫩一点，不要放香菜，谢谢", "别挨着电梯，上次吵得一夜没睡", "please empty the minibar of alcohol, he is in recovery"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Read(text, nil)
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := readLexicon(files); err != nil {
			b.Fatal(err)
		}
	}
}
