import CXml2
import Reading

/// Reads XML one node after the other, through libxml2's reader: nothing is fetched, no entity of the document's own
/// is expanded, and a document type is refused, since no office format has one.
final class XmlPull {
    /// What stands at the reader's place.
    enum Node {
        /// An element begins, by its local name; an empty one has no ``end``.
        case start(String, isEmpty: Bool)
        case end(String)
        case text(String)
    }

    private let reader: xmlTextReaderPtr
    private let buffer: xmlParserInputBufferPtr
    private let what: String

    /// A reader of one part of a document.
    ///
    /// - Parameters:
    ///   - bytes: the part.
    ///   - what: the part's name, for messages.
    init(_ bytes: [UInt8], _ what: String) throws(DecodeError) {
        self.what = what
        let options = [XML_PARSE_NONET, XML_PARSE_NOERROR, XML_PARSE_NOWARNING, XML_PARSE_NOCDATA]
            .reduce(Int32(0)) { $0 | Int32($1.rawValue) }
        let buffer = bytes.withUnsafeBytes { source in
            // The buffer copies what it is given.
            xmlParserInputBufferCreateMem(
                source.bindMemory(to: CChar.self).baseAddress, Int32(clamping: source.count), XML_CHAR_ENCODING_NONE)
        }
        guard let buffer, let reader = xmlNewTextReader(buffer, nil) else {
            if let buffer { xmlFreeParserInputBuffer(buffer) }
            throw DecodeError(.documentDamaged, "The document is damaged: \(what) cannot be opened.")
        }
        xmlTextReaderSetup(reader, nil, nil, nil, options)
        self.buffer = buffer
        self.reader = reader
    }

    deinit {
        xmlFreeTextReader(reader)
        xmlFreeParserInputBuffer(buffer)
    }

    /// The next node; nil at the end.
    ///
    /// - Throws: ``DecodeError`` `document_damaged` where this is not well-formed XML, or has a document type.
    func next() throws(DecodeError) -> Node? {
        while true {
            let status = xmlTextReaderRead(reader)
            if status == 0 { return nil }
            guard status == 1 else {
                throw DecodeError(.documentDamaged, "The document is damaged: \(what) is not well-formed XML.")
            }
            switch xmlReaderTypes(UInt32(xmlTextReaderNodeType(reader))) {
            case XML_READER_TYPE_ELEMENT:
                return .start(
                    local(xmlTextReaderConstLocalName(reader)), isEmpty: xmlTextReaderIsEmptyElement(reader) == 1)
            case XML_READER_TYPE_END_ELEMENT:
                return .end(local(xmlTextReaderConstLocalName(reader)))
            case XML_READER_TYPE_TEXT, XML_READER_TYPE_CDATA, XML_READER_TYPE_SIGNIFICANT_WHITESPACE,
                XML_READER_TYPE_WHITESPACE:
                return .text(local(xmlTextReaderConstValue(reader)))
            case XML_READER_TYPE_DOCUMENT_TYPE:
                throw DecodeError(
                    .documentDamaged,
                    "The document is refused: \(what) has a document type, which office formats do not.")
            default: continue
            }
        }
    }

    /// The value of an attribute of the element that began last, by its local name; nil where it has none.
    func attribute(_ name: String) -> String? {
        guard xmlTextReaderHasAttributes(reader) == 1, xmlTextReaderMoveToFirstAttribute(reader) == 1 else {
            return nil
        }
        defer { xmlTextReaderMoveToElement(reader) }
        repeat {
            if local(xmlTextReaderConstLocalName(reader)) == name { return local(xmlTextReaderConstValue(reader)) }
        } while xmlTextReaderMoveToNextAttribute(reader) == 1
        return nil
    }

    /// The values of all attributes of this local name, whatever their namespaces.
    func attributes(_ name: String) -> [String] {
        guard xmlTextReaderHasAttributes(reader) == 1, xmlTextReaderMoveToFirstAttribute(reader) == 1 else { return [] }
        defer { xmlTextReaderMoveToElement(reader) }
        var values: [String] = []
        repeat {
            if local(xmlTextReaderConstLocalName(reader)) == name {
                values.append(local(xmlTextReaderConstValue(reader)))
            }
        } while xmlTextReaderMoveToNextAttribute(reader) == 1
        return values
    }

    /// Leaves the element out whose start was told last.
    func skip(isEmpty: Bool) throws(DecodeError) {
        var depth = isEmpty ? 0 : 1
        while depth > 0, let node = try next() {
            switch node {
            case .start(_, let isEmpty): depth += isEmpty ? 0 : 1
            case .end: depth -= 1
            case .text: break
            }
        }
    }

    private func local(_ text: UnsafePointer<xmlChar>?) -> String {
        text.map { String(cString: $0) } ?? ""
    }
}
