import Foundation

/// Text in a named character set, by the C library's converter.
enum TextBytes {
    /// The text; nil where the set is unknown or the bytes are not in it.
    static func decode(_ bytes: [UInt8], charset: String) -> String? {
        let name = charset.lowercased()
        if ["utf-8", "utf8", "us-ascii", "ascii", ""].contains(name) {
            return String(validating: bytes, as: UTF8.self)
        }
        // What calls itself GB 2312 is, nearly always, its superset.
        let known =
            ["gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5-hkscs": "big5-hkscs"][name] ?? name
        guard
            known.utf8.allSatisfy({
                ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D || $0 == 0x5F
            })
        else { return nil }
        let converter = iconv_open("UTF-8", known)
        guard converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [UInt8](repeating: 0, count: bytes.count * 4 + 16)
        let size: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBytes { target in
                var (from, fromLeft) = (source.baseAddress, source.count)
                var to = target.bindMemory(to: CChar.self).baseAddress
                var toLeft = target.count
                let result = iconv(converter, &from, &fromLeft, &to, &toLeft)
                return result == -1 || fromLeft > 0 ? nil : target.count - toLeft
            }
        }
        return size.flatMap { String(validating: output.prefix($0), as: UTF8.self) }
    }
}
