import Testing

@testable import Reading

/// UTF-8 to scalars and back, beside the standard library's own.
@Suite struct ScalarsTests {
    @Test(
        "bytes are taken for UTF-8 exactly where the standard library takes them",
        arguments: [
            [0x41], [0xC3, 0xA9], [0xC0, 0x80], [0xC1, 0xBF], [0xE4, 0xBA], [0xE4, 0xBA, 0xBF], [0xE0, 0x80, 0x80],
            [0xED, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xF0, 0x9F, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE4, 0x41, 0x41],
            [],
        ] as [[UInt8]])
    func utf8(bytes: [UInt8]) {
        let theirs = String(validating: bytes, as: UTF8.self)?.unicodeScalars.map(\.value)
        #expect(bytes.withUnsafeBufferPointer(Scalars.utf8) == theirs)
    }

    @Test("scalars become the string that they are, and what is none becomes U+FFFD")
    func string() {
        #expect(Scalars.string([0x41, 0xE9, 0x4EBF, 0x1F600, 0xD800, 0x110000]) == "Aé亿😀\u{FFFD}\u{FFFD}")
        #expect(Scalars.of("Aé亿😀") == [0x41, 0xE9, 0x4EBF, 0x1F600])
    }
}
