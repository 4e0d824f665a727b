package tabular

import "strings"

// synonyms is what people write above their columns, folded, to what it means.
// A list, not a rule: 紧急联系人电话 must not be taken for the customer's phone.
// Built once and only read.
var synonyms = buildSynonyms()

func buildSynonyms() map[string]meaning {
	all := map[string]meaning{}
	add := func(m meaning, words string) {
		for word := range strings.FieldsSeq(words) {
			all[word] = m
		}
	}
	addNames(add)
	addReach(add)
	addDocuments(add)
	addPlaces(add)
	addStanding(add)
	addOthers(add)
	return all
}

type adder func(m meaning, words string)

func addNames(add adder) {
	add(meaning{field: FieldName}, `姓名 名字 客户姓名 客户名 客户名称 会员姓名 会员名 会员名称 客人姓名 顾客姓名 宾客姓名 中文姓名 中文名 真实姓名 全名 姓名全称 持卡人 持卡人姓名 入住人 入住人姓名
		fn name fullname customername clientname guestname membername contactname displayname cname chinesename realname customer guest client`)
	add(meaning{field: FieldName, weak: true}, `名称 联系人 联系人姓名 contact contactperson 英文名 英文姓名 englishname`)
	add(meaning{field: FieldFamilyName}, `姓 姓氏 surname lastname familyname lname sname nfamily`)
	add(meaning{field: FieldGivenName}, `名 givenname firstname forename fname gname christianname ngiven`)
	add(meaning{field: FieldReading}, `读音 拼音 姓名拼音 名字拼音 汉语拼音 注音 假名 フリガナ ふりがな カナ reading pinyin kana furigana romaji romanisation romanization namereading phoneticname xphoneticname`)
	add(meaning{field: FieldAddressAs}, `称呼 称谓 尊称 怎么称呼 如何称呼 salutation formofaddress addressas honorific prefix nameprefix nprefix`)
	add(meaning{field: FieldFormerName}, `曾用名 原名 旧名 曾用姓名 别名 formername previousname maidenname alias oldname`)
	add(meaning{field: FieldAlias}, `昵称 绰号 外号 小名 nickname nicknames`)
	add(meaning{field: FieldSex}, `性别 男女 sex gender xgender mf`)
	add(meaning{field: FieldBirthDate}, `生日 出生日期 出生年月日 出生年月 出生 出生日 生辰 birth birthdate birthday dateofbirth dob born birthdt bdate bday`)
	add(meaning{field: FieldBirthDate, kind: "lunar"}, `农历生日 阴历生日 旧历生日 生日农历 生日阴历 出生日期农历 农历出生日期 lunarbirthday lunarbirth lunarbirthdate`)
	add(meaning{field: FieldBirthDate, kind: "solar"}, `公历生日 阳历生日 新历生日 国历生日 生日公历 生日阳历 公历出生日期 solarbirthday`)
	add(meaning{field: FieldBirthLunar}, `农历 阴历 是否农历 农历否 是否阴历 是否农历生日 islunar lunar`)
}

func addReach(add adder) {
	add(meaning{field: FieldPhone}, `手机 手机号 手机号码 移动电话 移动电话号码 电话 电话号码 联系电话 联系手机 联系手机号 联系方式 联系号码 联系电话号码 本人电话 本人手机 预留手机 预留手机号 行动电话 手提电话
		mobile mobileno mobilenumber mobilephone mobilephonenumber phone phoneno phonenumber tel telno telephone telephoneno telephonenumber cell cellphone cellphonenumber contactno contactnumber contactphone handphone msisdn`)
	add(meaning{field: FieldPhone, weak: true}, `联系人电话 联系人手机 联系人手机号`)
	add(meaning{field: FieldHomePhone}, `固定电话 家庭电话 住宅电话 宅电 固话 座机 座机号 座机号码 家里电话 家电话 电话家 电话宅 homephone homephoneno homephonenumber hometel hometelephone landline phonehome`)
	add(meaning{field: FieldWorkPhone}, `单位电话 公司电话 办公电话 工作电话 办公室电话 电话单位 电话公司 电话办 workphone workphoneno workphonenumber officephone officetel businessphone companyphone worktel phonework`)
	add(meaning{field: FieldFax}, `传真 传真号 传真号码 传真电话 fax faxno faxnumber telfax`)
	add(meaning{field: FieldEmail}, `邮箱 电子邮箱 邮箱地址 电子邮箱地址 电子邮件 电子邮件地址 邮件 邮件地址 信箱 电子信箱 常用邮箱 联系邮箱 email emailaddress mail mailaddress emailaddr eml`)
	add(meaning{field: FieldWeChat}, `微信 微信号 微信号码 微信id 微信账号 wechat wechatid weixin wx wxid xwechat`)
	add(meaning{field: FieldPlate}, `车牌 车牌号 车牌号码 车号 牌照 牌照号 车辆号牌 号牌号码 plate plateno platenumber licenseplate licenceplate carplate vehicleno carno registrationno`)
}

func addDocuments(add adder) {
	add(meaning{field: FieldDocumentNo, kind: "id_card"}, `身份证 身份证号 身份证号码 身份证件号 居民身份证 居民身份证号 居民身份证号码 公民身份号码 公民身份证号 二代身份证号 证件号身份证 证件号码身份证 idcard idcardno idcardnumber chineseid`)
	add(meaning{field: FieldDocumentNo, kind: "passport"}, `护照 护照号 护照号码 证件号护照 证件号码护照 passport passportno passportnumber`)
	add(meaning{field: FieldDocumentNo, kind: "other"}, `socsecid ssn socialsecurityno socialsecuritynumber socialsecurity taxfileno taxfilenumber tfn nino nationalinsuranceno nationalinsurancenumber taxid 社保号 社保卡号 社会保障号 社会保障号码`)
	add(meaning{field: FieldDocumentNo}, `证件号 证件号码 证件编号 有效证件号 有效证件号码 idno idnumber nationalid nationalidno nationalidnumber documentno documentnumber docno docnumber identityno identitynumber identificationno identificationnumber`)
	add(meaning{field: FieldDocumentKind}, `证件类型 证件种类 证件类别 证件名称 有效证件类型 idtype documenttype documentkind doctype identitytype identificationtype`)
}

func addPlaces(add adder) {
	add(meaning{field: FieldHomeAddress, rank: 1}, `区 区县 县区 县 所在区 所在区县 区域县`)
	add(meaning{field: FieldHomeAddress, rank: 2}, `streetnumber streetno housenumber houseno unit unitno`)
	add(meaning{field: FieldHomeAddress, rank: 3}, `地址 家庭地址 家庭住址 住址 现住址 现住地址 居住地址 居住地 住所 通讯地址 通信地址 联系地址 邮寄地址 收货地址 收件地址 详细地址 住宅地址 街道 街道地址
		address address1 addressline1 addr addr1 homeaddress homeaddr street street1 streetname streetaddress residentialaddress mailingaddress postaladdress shippingaddress fulladdress adrstreet`)
	add(meaning{field: FieldHomeAddress, rank: 4}, `门牌号 门牌 地址2 address2 addressline2 addr2 street2 apartment`)
	add(meaning{field: FieldHomeAddress, rank: 5}, `地址3 address3 addressline3 addr3 street3`)
	add(meaning{field: FieldCity}, `城市 所在城市 市 地市 常住城市 居住城市 所在市 city town cityname adrlocality`)
	add(meaning{field: FieldCity, weak: true}, `suburb locality`)
	add(meaning{field: FieldProvince}, `省份 省 所在省份 所在省 省市自治区 省市区 state province region stateprovince provincestate county adrregion`)
	add(meaning{field: FieldPostcode}, `邮编 邮政编码 邮递区号 区号邮政 postcode postalcode zip zipcode postal adrpostalcode`)
}

func addStanding(add adder) {
	add(meaning{field: FieldEmployer}, `工作单位 单位 任职单位 任职公司 所在单位 所在公司 就职公司 就职单位 服务单位 公司 employer employername workplace placeofwork company organisation organization orgfirstpart`)
	add(meaning{field: FieldWorkAddress}, `adrwork`)
	add(meaning{field: FieldAnniversary}, `结婚纪念日 weddinganniversary anniversary`)
	add(meaning{field: FieldEmployer, weak: true}, `公司名称 公司名 单位名称 企业 企业名称 companyname organisationname organizationname organisationalunit firm business businessname`)
	add(meaning{field: FieldCompanyName}, `法人名称 客户公司名称 企业全称 公司全称 legalname`)
	add(meaning{field: FieldPost}, `职务 职位 岗位 职称 头衔 title jobtitle position post jobposition`)
	add(meaning{field: FieldLegalForm}, `企业性质 公司性质 单位性质 企业类型 公司类型 经济类型 经济性质 legalform companytype businesstype entitytype`)
	add(meaning{field: FieldTrade}, `行业 所属行业 所在行业 行业类别 行业分类 经营行业 industry trade sector lineofbusiness`)
	add(meaning{field: FieldMemberNo}, `会员号 会员号码 会员编号 会员卡号 会员卡 会员卡号码 卡号 贵宾卡号 vip卡号 vip号 memberno membernumber memberid membershipno membershipnumber membershipid cardno cardnumber loyaltyno loyaltynumber vipno`)
	add(meaning{field: FieldTier}, `会员等级 会员级别 会员类型 会员卡等级 卡等级 卡级别 客户等级 客户级别 等级 级别 vip等级 tier level membertier memberlevel membershiplevel membershiptier viplevel viptier loyaltytier`)
	add(meaning{field: FieldNationality}, `国籍 国籍地区 国籍国家 国籍国家地区 nationality citizenship`)
	add(meaning{field: FieldLanguage}, `语言 母语 首选语言 语种 使用语言 沟通语言 language preferredlanguage lang mothertongue`)
	add(meaning{field: FieldNote}, `备注 备注信息 客户备注 说明 附注 注 备考 其他说明 note notes remark remarks comment comments memo`)
}

// addOthers lists headings that are known and no field of ours, so that a row
// of them is recognised as headings and none is taken for another's.
func addOthers(add adder) {
	add(meaning{}, `序号 编号 行号 客户编号 客户号 客户代码 客户id id no recid recordid customerid customerno customernumber custid clientid guestid rowid index
		orderdate orderid orderno revenue amount price quantity invoice invoicedate description stockcode country
		日期 金额 消费金额 积分 余额 订单号 订单日期 年龄 民族 国家 国家地区 籍贯 学历 婚姻状况 婚否 单位地址 公司地址 办公地址 注册时间 注册日期 入会日期 创建时间 更新时间 状态 来源 渠道 age status source channel createdat updatedat
		workaddress companyaddress officeaddress businessaddress`)
}

// simplified is the simplified form of the traditional characters that
// occur in headings. Built once and only read.
var simplified = func() map[rune]rune {
	m := map[rune]rune{}
	from, to := []rune("電話機號碼別備註郵證車員級職務單國語稱傳農曆陰陽編區縣聯絡護戶會業類網詳細縂歷遞稅職稱頭銜項點雜誌齡婚狀況積餘額訂導貴賓"), []rune("电话机号码别备注邮证车员级职务单国语称传农历阴阳编区县联络护户会业类网详细总历递税职称头衔项点杂志龄婚状况积余额订导贵宾")
	for i, r := range from {
		m[r] = to[i]
	}
	return m
}()
