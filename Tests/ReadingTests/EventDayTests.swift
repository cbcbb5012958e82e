import BulletinModel
import Testing

@testable import Reading

/// The day of an event, for what an article goes on to tell of it.
@Suite struct EventDayTests {
    private func days(_ text: String, published: String = "2022-06-11") throws -> [String] {
        try ReadText("# 江城会展业升温\n\n江城日报 \(published)\n\n\(text)\n").indicators.map {
            "\($0.quote) \($0.period.map { $0.start == $0.end ? $0.end : "\($0.start)/\($0.end)" } ?? "-")"
        }
    }

    @Test func holdsForThoseWhoTookPart() throws {
        #expect(
            try days("10日，机器人产业对接会在会展中心举行。业内专家、企业代表近400人参加活动。\n\n会上，30余家企业现场签约，签约金额达25亿元。")
                == ["400人 2022-06-10", "30余家 2022-06-10", "25亿元 2022-06-10"])
        #expect(try days("6月8日，临川市举行重点工程开工仪式。此次开工的项目共有12个。") == ["12个 2022-06-08"])
    }

    @Test func saysNothingOfWhatLasts() throws {
        #expect(try days("6月8日，临川市举行大桥开工仪式。大桥全长1200米，桥面宽24米。") == ["1200米 -", "24米 -"])
        #expect(try days("6月8日，市政府召开新闻发布会。全市共有各类展馆16座，吸引120家企业参展。") == ["16座 -", "120家 -"])
    }

    @Test func thatDayIsTheDayToldLastInWhateverParagraph() throws {
        #expect(
            try days("10日，机器人产业对接会举行，约400人参加。\n\n今年以来，全市办展30场。\n\n当天，会议成交2亿元。")
                == ["400人 2022-06-10", "30场 2022-01-01/2022-06-11", "2亿元 2022-06-10"])
    }

    @Test func aDayBehindTheMarkOfAPointIsNoDecimal() throws {
        #expect(
            try days("2. 10日，印刷展迎来观众3000人\n3. 9日，全市铁路发送旅客14万人次") == [
                "3000人 2022-06-10", "14万人次 2022-06-09",
            ])
        #expect(try days("全市物价总水平上涨3. 9%。") == ["3. 9% -"])
    }

    @Test func whatFlowsIsNotOfAQuartersLastDay() throws {
        #expect(
            try days("一季度末，全县生猪出栏30.2万头，家禽存栏210万只。") == [
                "30.2万头 2022-01-01/2022-03-31", "210万只 2022-03-31",
            ])
    }

    @Test func aShortOpeningTellsTheYear() throws {
        #expect(
            try days("2021年，江城交出了亮眼答卷。\n\n全市接待游客800万人次。") == ["800万人次 2021-01-01/2021-12-31"])
    }
}
