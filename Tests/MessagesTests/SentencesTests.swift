import Testing

@testable import Messages

/// English sentences of the program in Chinese.
@Suite struct SentencesTests {
    private let sentences = Sentences(
        Catalogue([
            (
                "test",
                """
                a\t文件 {path} 无法读取：{reason:text}。\tThe file {path} cannot be read: {reason:text}.
                b\t权限不足\tno permission
                c\t读取 {count:number} 条记录，{kept:number} 条保留。\tRead {count:number} {count?record:records}, {kept:number} kept.
                d\t请再试一次。\tTry again.
                e\t{name} 不存在\t{name} does not exist
                f\t已经存在\texists
                """
            )
        ]).entries)

    @Test("places keep what stands in them, and sentences in sentences are translated")
    func places() {
        #expect(sentences.translated("The file a.txt cannot be read: no permission.") == "文件 a.txt 无法读取：权限不足。")
        #expect(sentences.translated("The file a.txt cannot be read: EIO.") == "文件 a.txt 无法读取：EIO。")
        // What is verbatim stays, also where it looks like a message.
        #expect(
            sentences.translated("The file no permission cannot be read: exists.") == "文件 no permission 无法读取：已经存在。")
    }

    @Test("words that depend on a number are found in both forms, and numbers are digits")
    func numbers() {
        #expect(sentences.translated("Read 1 record, 0 kept.") == "读取 1 条记录，0 条保留。")
        #expect(sentences.translated("Read 12 records, 3 kept.") == "读取 12 条记录，3 条保留。")
        #expect(sentences.translated("Read many records, 3 kept.") == "Read many records, 3 kept.")
    }

    @Test("sentences in a row, on lines, indented, and behind a name are found one by one")
    func parts() {
        #expect(
            sentences.translated("The file a.b cannot be read: no permission. Try again.")
                == "文件 a.b 无法读取：权限不足。请再试一次。")
        #expect(sentences.translated("  Try again.\nTry again.") == "  请再试一次。\n请再试一次。")
        #expect(sentences.translated("in/报告.txt: Try again.") == "in/报告.txt：请再试一次。")
        #expect(sentences.translated("Unknown. Try again!") == "Unknown. Try again!")
    }

    @Test("clauses that are added one to the other are found by their marks")
    func clauses() {
        let said = Messages(.chinese).said(
            "12 cells: 6 stated once, 0 agreed, 1 conflicting, 0 chosen by rule, 5 missing; 1 to look at.")
        #expect(said == "共 12 格：只有一种说法 6，说法一致 0，有冲突 1，按规则选定 0，空缺 5；1 格需要核对。")
    }

    @Test("a place may stand in front, and nothing is lost of what is long or odd")
    func odd() {
        #expect(sentences.translated("a b does not exist") == "a b 不存在")
        #expect(sentences.translated("") == "")
        #expect(sentences.translated(". : . : ") == ". : . : ")
        let long = String(repeating: "The file x cannot be read: ", count: 400)
        #expect(sentences.translated(long).count >= 10)
        let rows = String(repeating: "Try again. Unknown: a, b; c. ", count: 100)
        #expect(Messages(.chinese).said(rows).count >= 10)
    }

    @Test("English stays English, and the catalogue's own sentences come out in Chinese")
    func languages() {
        #expect(Messages(.english).said("Everything holds.") == "Everything holds.")
        #expect(Messages(.chinese).said("Everything holds.") == "全部一致。")
    }

    @Test("the language is that of the setting, then of the locale, then English")
    func language() {
        #expect(Language(environment: ["LANG": "zh_CN.UTF-8"]) == .chinese)
        #expect(Language(environment: ["LANG": "zh_CN.UTF-8", "LC_ALL": "C"]) == .english)
        #expect(Language(environment: ["LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"]) == .chinese)
        #expect(Language(environment: ["LC_ALL": "C.UTF-8", "GONGBAO_LANGUAGE": "zh"]) == .chinese)
        #expect(Language(environment: [:]) == .english)
    }
}
