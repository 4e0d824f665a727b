package name

import "testing"

func BenchmarkKeysOf(b *testing.B) {
	for _, full := range []string{"王小明", "張偉", "曾乐茜", "欧阳娜娜", "阿卜杜拉·买买提", "Jürgen Müller", "이수정", "越临精密仪器(上海)有限公司"} {
		b.Run(full, func(b *testing.B) {
			KeysOf(full, "")
			b.ReportAllocs()
			for b.Loop() {
				KeysOf(full, "")
			}
		})
	}
}

func BenchmarkMatch(b *testing.B) {
	Reading("张")
	for b.Loop() {
		Match(KindAlpha, "zmy", "张慕言", "", "Zhāng Mùyán")
	}
}

func BenchmarkReading(b *testing.B) {
	for b.Loop() {
		Reading("欧阳娜娜")
	}
}
