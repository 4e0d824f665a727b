package name

// heteronyms are characters with more than one reading in names, places and
// firms of today, the one usual in given names first.
const heteronyms = `柏 bǎi bó;薄 bó báo;堡 bǎo pù;辟 pì bì;便 biàn pián;卜 bǔ;泊 bó pō;藏 cáng zàng;参 cān shēn;查 chá zhā;差 chà chāi;` +
	`禅 chán shàn;单 dān shàn;长 cháng zhǎng;朝 zhāo cháo;车 chē jū;称 chēng chèn;澄 chéng dèng;乘 chéng shèng;盛 shèng chéng;` +
	`晟 shèng chéng;重 chóng zhòng;种 zhǒng chóng;传 chuán zhuàn;匙 chí shi;弹 tán dàn;调 diào tiáo;都 dū dōu;度 dù duó;` +
	`敦 dūn duì;佛 fó fú;番 fān pān;繁 fán pó;盖 gài gě;合 hé gě;谷 gǔ yù;龟 guī qiū jūn;行 xíng háng héng;还 huán hái;` +
	`会 huì kuài;桧 huì guì;豁 huò huá;奇 qí jī;稽 jī qǐ;缉 jī qī;系 xì jì;贾 jiǎ gǔ;将 jiāng qiāng;降 jiàng xiáng;强 qiáng jiàng;` +
	`校 xiào jiào;角 jiǎo jué;觉 jué jiào;解 jiě xiè;颉 jié xié;劲 jìn jìng;茄 qié jiā;隽 jùn juàn;浚 jùn xùn;筠 yún jūn;` +
	`卡 kǎ qiǎ;恪 kè què;乐 lè yuè;勒 lè lēi;俩 liǎ liǎng;六 liù lù;绿 lǜ lù;率 shuài lǜ;泷 lóng shuāng;蔓 màn wàn;糜 mí méi;` +
	`秘 mì bì;缪 miào móu miù;宓 mì fú;模 mó mú;牟 móu mù;万 wàn mò;区 qū ōu;朴 pǔ piáo;屏 píng bǐng;曝 pù bào;瀑 pù bào;` +
	`埔 pǔ bù;栖 qī xī;蹊 xī qī;茜 qiàn xī;纤 xiān qiàn;乾 qián gān;覃 tán qín;莎 shā suō;杉 shān shā;莘 xīn shēn;什 shí shén;` +
	`适 shì kuò;似 sì;说 shuō yuè shuì;宿 sù xiǔ;拓 tuò tà;澹 dàn tán;町 tīng dīng;尉 wèi yù;蔚 wèi yù;遗 yí wèi;铣 xǐ xiǎn;` +
	`洗 xǐ xiǎn;厦 xià shà;吓 xià hè;血 xuè xiě;省 shěng xǐng;畜 chù xù;荨 xún qián;殷 yīn yān;焱 yàn yì;员 yuán yùn;` +
	`钥 yào yuè;粥 zhōu yù;曾 zēng céng;翟 zhái dí;占 zhàn zhān;召 zhào shào;折 zhé shé;祭 jì zhài;仔 zǐ zǎi;著 zhù zhuó;` +
	`着 zhuó zhe;琢 zhuó zuó;崴 wēi wǎi;珲 hún huī;嬛 huán xuān;炅 jiǒng guì;镡 tán chán xín;贲 bēn bì;靓 liàng jìng;` +
	`鹄 hú gǔ;黾 mǐn miǎn;峤 qiáo jiào;悝 kuī lǐ;褚 chǔ zhǔ;莞 wǎn guǎn;蓼 liǎo lù;谌 chén shèn;郗 xī chī;郇 xún huán;` +
	`隗 wěi kuí;俟 sì qí;佴 nài èr;伽 jiā gā;吁 yù xū;桔 jú jié;湫 qiū jiǎo;栎 lì yuè;溱 qín zhēn;渑 miǎn shéng;侗 dòng tóng;` +
	`钿 diàn tián;仇 chóu qiú;给 gěi jǐ;的 dì de;了 liǎo le;徵 zhēng zhǐ;於 yú yū;冯 féng píng;尢 yóu wāng;乜 miē niè;` +
	`奘 zàng zhuǎng;彷 páng fǎng;嘏 gǔ jiǎ;祎 yī huī;祢 mí nǐ;苕 tiáo sháo;葚 shèn rèn;蕃 fān bō;𠮷 jí;弄 nòng lòng;` +
	`仆 pú;熨 yùn yù;廈 xià shà;衰 shuāi cuī;圩 wéi xū;婼 ruò chuò;哪 nǎ né;呢 ní ne;枸 gǒu jǔ;柚 yòu yóu;芎 xiōng;荠 jì qí;` +
	`藉 jiè jí;轧 zhá yà;量 liàng liáng`
