/// Writes PDF files as small as they can be: text in a Chinese font that is named and not contained,
/// which pdftotext needs no font for.
enum SmallPdf {
    /// Words at a place, in points from the lower left corner.
    typealias Words = (x: Int, y: Int, text: String)

    /// A file with these pages; `trailer` goes into its trailer.
    static func bytes(_ pages: [[Words]], trailer: String = "") -> [UInt8] {
        let kids = pages.indices.map { "\(6 + 2 * $0) 0 R" }.joined(separator: " ")
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>",
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 /W [1 95 500] "
                + "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
                + "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
        ]
        for (number, page) in pages.enumerated() {
            let content = page.map { "BT /F1 10 Tf \($0.x) \($0.y) Td <\(hexadecimal($0.text))> Tj ET\n" }.joined()
            objects += [
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
                    + "/Contents \(7 + 2 * number) 0 R >>",
                "<< /Length \(content.utf8.count) >>\nstream\n\(content)endstream",
            ]
        }
        var file = "%PDF-1.4\n"
        var places: [Int] = []
        for (number, object) in objects.enumerated() {
            places.append(file.utf8.count)
            file += "\(number + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for place in places { file += String(repeating: "0", count: 10 - "\(place)".count) + "\(place) 00000 n \n" }
        file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R \(trailer) >>\nstartxref\n\(table)\n%%EOF\n"
        return Array(file.utf8)
    }

    /// A file that wants a password which nobody knows.
    static func encrypted(_ pages: [[Words]]) -> [UInt8] {
        func digits(_ pair: String, _ count: Int) -> String { "<" + String(repeating: pair, count: count) + ">" }
        return bytes(
            pages,
            trailer: "/ID [\(digits("00", 16)) \(digits("00", 16))] /Encrypt << /Filter /Standard /V 1 /R 2 "
                + "/O \(digits("11", 32)) /U \(digits("22", 32)) /P -4 >>")
    }

    /// UTF-16, big endian, as hexadecimal digits.
    private static func hexadecimal(_ text: String) -> String {
        text.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
