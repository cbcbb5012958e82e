import BulletinModel
import Testing

@testable import Reading

/// Tables of pages whose empty and covered cells were lost, and the same set as plain lines.
@Suite struct PackedRowsTests {
    private func read(_ text: String) throws -> [String] {
        let engine = Engine(lexicon: try Lexicon.shipped())
        let bytes = Array(text.utf8)
        return try engine.segment(engine.decode(bytes), bulletin: BulletinID(bytes: bytes)).flatMap(engine.extract)
            .map {
                "\($0.period?.start.prefix(4) ?? "") \($0.region?.name ?? "") \($0.name) \($0.value)\($0.unit) \($0.kind)"
            }
    }

    @Test("lower heads that moved to the left stand under the heads of several columns")
    func spans() throws {
        let text = """
            | 社会用电量 |||||
            | 地 区 | 2021 | 2022 | ||
            | 用电量 | 增 长 | 用电量 | 增 长 | |
            | (亿千瓦时) | (%) | (亿千瓦时) | (%) | |
            | 辽 宁 | 2577.3 | 6.4 | 2616.5 | 1.5 |
            | 吉 林 | 843.2 | 4.7 | 852.1 | 1.1 |
            """
        #expect(
            try read(text) == [
                "2021 辽宁省 社会用电量 257730000000千瓦时 level", "2021 辽宁省 社会用电量 6.4% change",
                "2022 辽宁省 社会用电量 261650000000千瓦时 level", "2022 辽宁省 社会用电量 1.5% change",
                "2021 吉林省 社会用电量 84320000000千瓦时 level", "2021 吉林省 社会用电量 4.7% change",
                "2022 吉林省 社会用电量 85210000000千瓦时 level", "2022 吉林省 社会用电量 1.1% change",
            ])
    }

    @Test(
        "English beside Chinese and over it is left out, in bars and in plain lines",
        arguments: [
            """
            | 5-2 各类学校在校学生数 | |||||
            | 项 目 | Item | 2019 | 2020 | ||
            | 普通中学在校学生数 | (人) | Regular Secondary Schools | (person) | 51230 | 52640 |
            | 小学在校学生数 | (人) | Primary Schools | (person) | 90310 | 91870 |
            """,
            """
            5-2 各类学校在校学生数
            单位：人 (person)
            项 目 2019 2020
            Item
            普通中学在校学生数 Regular Secondary Schools 51230 52640
            小学在校学生数 Primary Schools 90310 91870
            """,
        ])
    func glosses(text: String) throws {
        #expect(
            try read(text) == [
                "2019  普通中学在校学生数 51230人 level", "2020  普通中学在校学生数 52640人 level",
                "2019  小学在校学生数 90310人 level", "2020  小学在校学生数 91870人 level",
            ])
    }

    @Test("what a part of a measure is counted in, its measure tells")
    func carriedUnits() throws {
        let text = """
            2021年赣州市房地产开发情况

            | 指标 | 绝对量 | 同比增长（%） |
            | --- | --- | --- |
            | 房地产开发投资（亿元） | 401.2 | 3.4 |
            | 其中：住宅 | 310.5 | 4.1 |
            """
        let figures = try read(text)
        #expect(figures.count == 4, "\(figures)")
        #expect(figures.contains { $0.hasSuffix("31050000000元 level") }, "\(figures)")
    }
}
