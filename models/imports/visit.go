package imports

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/width"

	"shuke/models/calendar"
	"shuke/models/stay"
)

// visitWords are what columns of a list of stays can be.
var visitWords = &vocabulary{[]word{
	{"guest_name", `客人 客人姓名 宾客 宾客姓名 姓名 住客 住客姓名 入住人 入住人姓名 预订人 guest guestname name fullname`},
	{"branch", `门店 分店 酒店 店 门店代码 分店代码 酒店代码 门店名称 酒店名称 branch branchcode hotel hotelcode hotelname property propertycode house store`},
	{"ref", `预订号 预定号 订单号 订单编号 预订编号 预订单号 确认号 确认编号 外部订单号 外部编号 订单 confirmation confirmationno confirmationnumber confno reservation reservationno reservationnumber reservationid
		bookingno bookingnumber bookingid bookingref externalnumber externalid orderno orderid ref reference`},
	{"arrive_on", `到店 到店日期 到店日 到店时间 入住日期 入住日 入住时间 抵店日期 抵店 抵达日期 到达日期 预抵日期 arrival arrivaldate arriveon arrive arrivedate checkin checkindate datein`},
	{"depart_on", `离店 离店日期 离店日 离店时间 退房 退房日期 离开日期 预离日期 departure departuredate departon depart departdate checkout checkoutdate dateout`},
	{"status", `状态 订单状态 预订状态 入住状态 status reservationstatus bookingstatus state`},
	{"room", `房号 房间号 房间号码 房间 客房 客房号 room roomno roomnumber`},
	{"room_type", `房型 客房类型 房间类型 房类 房型名称 roomtype roomcategory`},
	{"facing", `朝向 房间朝向 景观 facing view orientation`},
	{"floor", `楼层 层 所在楼层 floor level`},
	{"nights", `晚数 间夜 间夜数 房晚 住店天数 入住天数 天数 nights night noofnights numberofnights lengthofstay los`},
	{"rate", `房价 每晚房价 单价 日房价 每晚价格 rate roomrate dailyrate nightlyrate adr pricepernight`},
	{"party", `同行 同行人 同行人员 同住 同住人 随行人员 party companions travellingwith travelingwith accompanying`},
	{"adults", `成人 成人数 大人 人数 入住人数 adults adult noofadults pax`},
	{"children", `儿童 儿童数 小孩 孩子 children child kids noofchildren`},
	{"note", `备注 说明 订单备注 note notes remark remarks comment comments`},
}}

// statusNames are the states of stays as programs and people write them.
var statusNames = named(map[string]string{
	string(stay.Reserved):  "reserved 预订 已预订 预定 已预定 预约 确认 已确认 待入住 预抵 保留 confirmed booked definite duein expected guaranteed reservation new r",
	string(stay.InHouse):   "inhouse 在住 在店 入住 已入住 住店 住店中 入住中 checkedin checkin occupied staying arrived i",
	string(stay.Departed):  "departed 离店 已离店 退房 已退房 离开 已离开 完成 已完成 结账 已结账 checkedout checkout completed left past closed o",
	string(stay.NoShow):    "noshow 未到店 应到未到 爽约 没来 未入住 noshows ns n",
	string(stay.Cancelled): "cancelled canceled 取消 已取消 作废 已作废 退订 cancel void voided x c",
})

// visit is what a row says of a stay; what it does not say is empty, -1 for
// numbers.
type visit struct {
	branch         int64
	arrive, depart string
	status         stay.Status
	rate           int64
	adults, kids   int
	texts          map[string]string
	whose          int64 // set when it was decided
	did            []PreviewChange
	today          string
	now            time.Time
}

// texts of a stay that are taken as they stand.
var stayTexts = []string{"ref", "room", "room_type", "facing", "floor", "party", "guest_name", "note"}

// visit reads the cells of a stay; what cannot be read is reported.
func (v *visits) visit(c *checker, s *said, cells []string) *visit {
	out := &visit{branch: c.options.Actor.BranchID, rate: -1, adults: -1, kids: -1, texts: map[string]string{}, today: c.today.String(), now: v.now}
	if text, x, said := c.columns.itself(cells, "branch"); said {
		id, known := houseNamed(v.houses, text)
		if out.branch = id; !known {
			s.wrong(x.at, "branch", BranchUnknown)
		}
	}
	for _, key := range stayTexts {
		text, x, said := c.columns.itself(cells, key)
		if text = oneLine(text); !said {
			continue
		}
		if utf8.RuneCountInString(text) > stay.Lengths[key] {
			s.wrong(x.at, key, TooLong)
			continue
		}
		if beginsAsFormula(text) && key == "guest_name" {
			s.wrong(x.at, key, Formula)
			continue
		}
		out.texts[key] = text
	}
	if text, x, said := c.columns.itself(cells, "status"); said {
		if out.status = stay.Status(statusNames[plainWord(text)]); out.status == "" {
			s.wrong(x.at, "status", ChoiceUnknown)
		}
	}
	out.adults, out.kids = c.count(s, cells, "adults"), c.count(s, cells, "children")
	if text, x, said := c.columns.itself(cells, "rate"); said {
		var ok bool
		if out.rate, ok = amount(text); !ok || out.rate > stay.HighestRate {
			s.wrong(x.at, "rate", ValueInvalid)
			out.rate = -1
		}
	}
	out.days(c, s, cells)
	return out
}

// days reads arrival, departure and nights, of which two are enough.
func (v *visit) days(c *checker, s *said, cells []string) {
	arrive, from, said := c.day(s, cells, "arrive_on")
	if said {
		if v.arrive = arrive.String(); stay.Far(dayTime(arrive), v.now) {
			s.wrong(from.at, "arrive_on", DayFar)
		}
	}
	depart, to, left := c.day(s, cells, "depart_on")
	if left {
		v.depart = depart.String()
	}
	_, x, counted := c.columns.itself(cells, "nights")
	nights := c.count(s, cells, "nights")
	switch {
	case said && left && v.depart < v.arrive:
		s.wrong(to.at, "depart_on", DepartsBefore)
	case said && left && stay.Nights(v.arrive, v.depart) > stay.LongestNights:
		s.wrong(to.at, "depart_on", StayTooLong)
	case said && left && nights >= 0 && nights != stay.Nights(v.arrive, v.depart):
		s.wrong(x.at, "nights", NightsDiffer)
	case said && !left && counted && nights > stay.LongestNights:
		s.wrong(x.at, "nights", StayTooLong)
	case said && !left && nights >= 0 && c.columns.holding("depart_on") < 0 || said && nights >= 0 && !left && !badAt(s, "depart_on"):
		v.depart = dayTime(arrive).AddDate(0, 0, nights).Format(time.DateOnly)
	}
}

// badAt reports whether a cell of the field is reported.
func badAt(s *said, field string) bool {
	for _, p := range s.problems {
		if p.Field == field {
			return true
		}
	}
	return false
}

func dayTime(d calendar.Date) time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// count reads a small number, with or without what is counted: 2, 2晚, 2 nights;
// -1 when nothing is said.
func (c *checker) count(s *said, cells []string, key string) int {
	text, x, said := c.columns.itself(cells, key)
	if !said {
		return -1
	}
	plain := strings.TrimSpace(width.Fold.String(text))
	end := strings.IndexFunc(plain, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(plain)
	}
	n, err := strconv.Atoi(plain[:end])
	rest := plainWord(plain[end:])
	if strings.Trim(plain[end:], ".0") == "" {
		rest = "" // 2.0
	}
	most := stay.MostPeople
	if key == "nights" {
		most = 100_000
	}
	if err != nil || n > most || !counted[rest] {
		s.wrong(x.at, key, ValueInvalid)
		return -1
	}
	return n
}

// counted are what may stand behind a number of nights or people.
var counted = map[string]bool{"": true, "晚": true, "夜": true, "间夜": true, "天": true, "人": true, "位": true, "大": true, "小": true, "nights": true, "night": true, "adults": true, "adult": true, "children": true, "child": true}

// amount reads an amount of money with at most two decimals as minor units.
func amount(text string) (int64, bool) {
	plain := strings.NewReplacer(",", "", "¥", "", "￥", "", "元", "", "CNY", "", "RMB", "", " ", "").Replace(strings.ToUpper(width.Fold.String(text)))
	whole, cents, _ := strings.Cut(plain, ".")
	if len(cents) > 2 && strings.Trim(cents[2:], "0") == "" {
		cents = cents[:2]
	}
	if whole == "" || len(whole) > 9 || len(cents) > 2 || strings.Trim(whole+cents, "0123456789") != "" {
		return -1, false
	}
	n, err := strconv.ParseInt(whole+(cents + "00")[:2], 10, 64)
	return n, err == nil
}

// onto puts what the row says onto a stay; what it does not say stays as it is.
func (v *visit) onto(in *stay.Stay) {
	set := func(to *string, key string) {
		if text := v.texts[key]; text != "" {
			*to = text
		}
	}
	set(&in.Room, "room")
	set(&in.RoomType, "room_type")
	set(&in.Facing, "facing")
	set(&in.Floor, "floor")
	set(&in.Party, "party")
	set(&in.Note, "note")
	if v.arrive != "" {
		in.ArriveOn = v.arrive
	}
	if v.depart != "" {
		in.DepartOn = v.depart
	}
	if v.rate >= 0 {
		in.Rate = v.rate
	}
	if v.adults >= 0 {
		in.Adults = v.adults
	}
	if v.kids >= 0 {
		in.Children = v.kids
	}
	if v.whose > 0 {
		in.CustomerID = v.whose
	}
	if set(&in.GuestName, "guest_name"); in.CustomerID != 0 {
		in.GuestName = ""
	}
	in.Nights = stay.Nights(in.ArriveOn, in.DepartOn)
	if v.status != "" && v.status != in.Status {
		v.turn(in)
	}
}

// turn brings the stay into the state. When somebody came or left on another day
// than today nobody knows the hour of it.
func (v *visit) turn(in *stay.Stay) {
	arrived, departed := in.ArrivedAt, in.DepartedAt
	in.Turn(v.status, v.now)
	if v.status == stay.InHouse {
		in.DepartedAt = time.Time{}
		if in.ArriveOn != v.today {
			in.ArrivedAt = arrived
		}
	}
	if v.status == stay.Departed && in.DepartOn != v.today {
		in.DepartedAt = departed
	}
}
