import BulletinModel
import Foundation
import Reading
import Store

@testable import Messages
@testable import Portal

/// A portal over a database of bulletins about made-up figures of real places, one of them hostile.
final class PortalWorld {
    let portal: Portal
    let store: BulletinStore
    private let directory: URL

    /// The shipped tables, read once.
    private static let tables: [String: String] = {
        let folder = URL(filePath: #filePath).appending(path: "../../../Config/lexicon").standardized
        var tables: [String: String] = [:]
        for name in Lexicon.tableNames {
            tables[name] = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        return tables
    }()
    private static let lexicon = Result { try Lexicon(tables: tables) }

    init(_ gate: Gate = Gate(), change: (inout PortalContents) -> Void = { _ in }) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "gongbao-portal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        store = try BulletinStore(path: directory.appending(path: "gongbao.sqlite").path)
        let lexicon = try Self.lexicon.get()
        var contents = PortalContents(
            store: store, engine: Engine(lexicon: lexicon), lexicon: lexicon,
            measures: try MeasureTable(Self.tables["measures.tsv"] ?? ""), version: "0.0.0")
        // Nothing runs behind a test's back, and every look is a new one.
        contents.later = { $0() }
        contents.now = { Date(timeIntervalSince1970: 1_740_000_000) }
        change(&contents)
        portal = Portal(contents, gate: gate)
        for (place, bulletin) in Self.bulletins.enumerated() {
            try add(bulletin.text, bulletin.file, received: "2025-02-0\(place + 1)T08:00:00Z")
        }
    }

    deinit {
        store.close()
        try? FileManager.default.removeItem(at: directory)
    }

    /// What is read of these stands in the database.
    static let bulletins: [(file: String, text: String)] = [
        (
            "洛阳2022.md",
            "# 洛阳市2022年国民经济和社会发展统计公报\n\n洛阳市统计局\n\n2023年3月20日\n\n初步核算，2022年全市地区生产总值5675.2亿元，比上年增长3.5%。"
                + "全年粮食产量246.1万吨，下降0.4%。\n"
        ),
        (
            "洛阳2023.md",
            "# 洛阳市2023年国民经济和社会发展统计公报\n\n洛阳市统计局\n\n2024年3月21日\n\n初步核算，2023年全市地区生产总值5481.6亿元，比上年增长3.1%。"
                + "全年一般公共预算收入391.2亿元，增长2.0%。全年粮食产量251.3万吨，增长2.1%。\n"
        ),
        (
            "洛阳2024.md",
            "# 洛阳市2024年国民经济和社会发展统计公报\n\n洛阳市统计局\n\n2025年3月19日\n\n初步核算，2024年全市地区生产总值5823.7亿元，比上年增长4.6%。"
                + "全年一般公共预算收入398.4亿元，增长1.8%。全年粮食产量253.8万吨，增长1.0%。\n\n"
                + "| 指标 | 单位 | 绝对数 |\n| --- | --- | --- |\n| 社会消费品零售总额 | 亿元 | 2377.9 |\n| 进出口总额 | 亿元 | 231.5 |\n"
        ),
        (
            "开封2024.md",
            "# 开封市2024年国民经济和社会发展统计公报\n\n开封市统计局\n\n2025年3月25日\n\n2024年全市地区生产总值2701.3亿元，比上年增长5.2%。\n"
        ),
        (
            "\"x\r\nSet-Cookie: a=b\"../../坏.md",
            "# <script>alert(1)</script>洛阳市2024年简报\n\n<img src=x onerror=alert(2)>洛阳市政府办\n\n2025年1月2日\n\n"
                + "2024年全市地区生产总值5810亿元。\"><svg onload=alert(3)> {{7*7}} ' OR 1=1 --\n"
        ),
    ]

    private func add(_ text: String, _ source: String, received: String) throws {
        let bulletin = Bulletin(bytes: Array(text.utf8), source: source)
        let engine = portal.engine
        var changes: [StoreChange] = [.bulletin(bulletin, received: received)]
        for article in engine.segment(try engine.decode(bulletin.bytes), bulletin: bulletin.id) {
            let indicators = engine.extract(article)
            let closing = Closing(
                article: article.id, bulletin: bulletin.id, count: indicators.count,
                digest: Closing.digest(of: indicators.map { $0.message() }), engine: engine.engineVersion)
            changes += [.article(article), .reading(closing, indicators)]
        }
        try store.apply(changes, moving: [])
    }

    /// The answer to a request from this machine.
    func get(
        _ target: String, _ headers: [String: String] = [:], method: String = "GET"
    ) -> PortalAnswer {
        var all = headers.map { (name: $0.key, value: $0.value) }
        if headers["host"] == nil { all.append(("host", "localhost:9640")) }
        let text = target.contains { !$0.isASCII } ? Self.escaped(target) : target
        guard let request = PortalRequest(method: method, target: text, headers: all) else {
            return portal.malformed(accepting: headers["accept-language"] ?? "")
        }
        return portal.answer(request)
    }

    /// A page as text, in a language.
    func page(_ target: String, _ language: Language = .english) -> String {
        String(decoding: get(target, ["accept-language": language.rawValue]).body, as: UTF8.self)
    }

    /// What JSON an address answers.
    func json(_ target: String) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(get(target).body))
        return value as? [String: Any] ?? [:]
    }

    /// The figures of the interface by a filter.
    func figures(_ query: String) throws -> [[String: Any]] {
        try json("/api/v1/indicators?" + query)["data"] as? [[String: Any]] ?? []
    }

    private static func escaped(_ target: String) -> String {
        target.utf8.map { $0 < 0x80 ? String(UnicodeScalar($0)) : "%" + String($0, radix: 16, uppercase: true) }
            .joined()
    }
}
