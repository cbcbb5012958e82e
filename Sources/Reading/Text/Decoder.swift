import Foundation

/// Turns bytes into text: UTF-8, UTF-16, GB 18030, Big5 or HZ.
enum Decoder {
    /// The text of these bytes.
    ///
    /// - Throws: ``DecodeError`` where they are no text.
    static func decode(_ bytes: [UInt8]) throws(DecodeError) -> DecodedText {
        guard !bytes.isEmpty else { throw DecodeError(.empty, "The bulletin is empty.") }
        if let kind = foreign(bytes) {
            throw DecodeError(.notText, "The bulletin is no text but seems to be \(kind).")
        }
        let (scalars, encoding) = try scalars(bytes)
        guard scalars.contains(where: { $0 > 0x20 && $0 != 0x3000 && $0 != 0xFEFF }) else {
            throw DecodeError(.empty, "The bulletin has no text, only blanks.")
        }
        let controls = scalars.count { $0 < 0x20 && $0 != 9 && $0 != 10 && $0 != 13 && $0 != 12 }
        guard controls * 50 <= scalars.count else {
            throw DecodeError(.notText, "The bulletin is no text: it has too many control characters.")
        }
        if let kind = DataText.kind(scalars) {
            throw DecodeError(.notText, "The bulletin is no text but seems to be \(kind).")
        }
        return DecodedText(scalars: scalars, encoding: encoding, form: form(scalars))
    }

    private static func foreign(_ bytes: [UInt8]) -> String? {
        let heads: [(String, [UInt8])] = [
            ("a PDF file, which nothing here makes text of", Array("%PDF-".utf8)),
            ("a ZIP archive or an office document", [0x50, 0x4B, 3, 4]), ("a PNG image", [0x89, 0x50, 0x4E, 0x47]),
            ("a JPEG image", [0xFF, 0xD8, 0xFF]), ("a GIF image", Array("GIF8".utf8)),
            ("a gzip archive", [0x1F, 0x8B]), ("an old office document", [0xD0, 0xCF, 0x11, 0xE0]),
            ("a program", [0x7F, 0x45, 0x4C, 0x46]),
            ("a program of Windows", [0x4D, 0x5A, 0x90, 0]), ("a document in RTF", Array("{\\rtf".utf8)),
        ]
        return heads.first { bytes.starts(with: $0.1) }?.0
    }

    private static func scalars(_ bytes: [UInt8]) throws(DecodeError) -> ([UInt32], DecodedText.Encoding) {
        if bytes.starts(with: [0xFF, 0xFE]) {
            return (try utf16(bytes.dropFirst(2), isBig: false), .utf16LittleEndian)
        }
        if bytes.starts(with: [0xFE, 0xFF]) { return (try utf16(bytes.dropFirst(2), isBig: true), .utf16BigEndian) }
        if let hz = EncodingStatistics.fromHz(bytes), let text = converted(hz, from: "GB18030") { return (text, .hz) }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let zeros = bytes.prefix(4096).count { $0 == 0 }
        if zeros * 50 <= min(bytes.count, 4096), let text = body.withUnsafeBufferPointer(Scalars.utf8) {
            if EncodingStatistics.isEncodedTwice(text) {
                throw invalid("The bulletin's text was encoded twice: its ideographs have become Latin letters.")
            }
            return (text, .utf8)
        }
        let little = EncodingStatistics.share16(bytes, isBig: false)
        let big = EncodingStatistics.share16(bytes, isBig: true)
        if max(little, big) >= 0.8 {
            let isBig = big > little
            return (try utf16(bytes[...], isBig: isBig), isBig ? .utf16BigEndian : .utf16LittleEndian)
        }
        let statistics = EncodingStatistics(bytes)
        if statistics.isBig5, let text = converted(bytes, from: "BIG5-HKSCS") { return (text, .big5) }
        if statistics.isKorean { throw invalid("The bulletin seems to be Korean (EUC-KR), which is not read.") }
        if statistics.isJapanese { throw invalid("The bulletin seems to be Japanese (EUC-JP), which is not read.") }
        guard !statistics.isImplausible, let text = converted(bytes, from: "GB18030") else {
            throw invalid("The bulletin is neither UTF-8, UTF-16, GB 18030 nor Big5, or it is damaged.")
        }
        return (text, .gb18030)
    }

    private static func invalid(_ message: String) -> DecodeError {
        DecodeError(.invalidEncoding, message)
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, isBig: Bool) throws(DecodeError) -> [UInt32] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var i = bytes.startIndex
        while i + 1 < bytes.endIndex {
            let (a, b) = (UInt16(bytes[i]), UInt16(bytes[i + 1]))
            units.append(isBig ? a << 8 | b : b << 8 | a)
            i += 2
        }
        guard i == bytes.endIndex, let text = String(validating: units, as: UTF16.self) else {
            throw DecodeError(.invalidEncoding, "The bulletin is UTF-16, but damaged.")
        }
        return text.unicodeScalars.map(\.value)
    }

    /// GB 18030 and Big5 by the C library's own converter, which Debian keeps to the standards; nil where the bytes are
    /// none.
    private static func converted(_ bytes: [UInt8], from encoding: String) -> [UInt32]? {
        let converter = iconv_open("UTF-32LE", encoding)
        guard converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [UInt32](repeating: 0, count: bytes.count + 1)
        let converted: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBytes { target in
                var from = source.baseAddress
                var fromLeft = source.count
                var to = target.bindMemory(to: CChar.self).baseAddress
                var toLeft = target.count
                let result = iconv(converter, &from, &fromLeft, &to, &toLeft)
                return result == -1 || fromLeft > 0 ? nil : (target.count - toLeft) / 4
            }
        }
        return converted.map { Array(output.prefix($0)) }
    }

    private static let documents = ["<html", "<!doctype html", "<body", "<head>"].map { Scalars.of($0) }

    private static func form(_ s: [UInt32]) -> DecodedText.Form {
        for i in 0..<min(s.count, 2000) where s[i] == 0x3C && documents.contains(where: { begins(s, i, $0) }) {
            return .html
        }
        var isMarkdown = FrontMatter.read(s) != nil
        var isTable = false
        var start = 0
        while start < s.count, !isMarkdown {
            let end = s[start...].firstIndex(of: 10) ?? s.count
            if s[start] == 0x23, AtxHeading.read(s, start..<end) != nil { isMarkdown = true }
            if s[start] == 0x7C, s[start..<min(s.count, start + 400)].contains(0x2D) { isTable = true }
            start = end + 1
        }
        if isMarkdown { return .markdown }
        if isFragment(s) { return .html }
        return isTable ? .markdown : .plain
    }

    /// How far a fragment's tags are looked for.
    private static let fragment = 20_000

    /// Whether a text without `<html>` is marked up: two tags of known elements that open, or one that is closed.
    private static func isFragment(_ s: [UInt32]) -> Bool {
        var opened: Set<String> = []
        var count = 0
        var i = 0
        while i < min(s.count, fragment) {
            guard s[i] == 0x3C, let tag = InlineTag.read(s, at: i) else {
                i += 1
                continue
            }
            if tag.isClosing, opened.contains(tag.name) { return true }
            if !tag.isClosing {
                opened.insert(tag.name)
                count += 1
                if count >= 2 { return true }
            }
            i = tag.end
        }
        return false
    }

    /// Whether a tag begins here, in letters of either case.
    private static func begins(_ s: [UInt32], _ i: Int, _ tag: [UInt32]) -> Bool {
        guard i + tag.count <= s.count else { return false }
        for k in tag.indices where (Glyph.isLetter(s[i + k]) ? s[i + k] | 0x20 : s[i + k]) != tag[k] { return false }
        return true
    }
}
