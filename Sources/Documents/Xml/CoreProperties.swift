import Reading

/// What office documents say of themselves (Dublin Core, in `docProps/core.xml` and `meta.xml`).
enum CoreProperties {
    /// The title; nil where there is none, or one that a program made up.
    static func title(_ bytes: [UInt8]) throws(DecodeError) -> String? {
        let xml = try XmlPull(bytes, "the properties")
        var isTitle = false
        while let node = try xml.next() {
            switch node {
            case .start("title", false): isTitle = true
            case .end("title"): isTitle = false
            case .text(let text) where isTitle:
                let isMade = ["PowerPoint", "Microsoft Word", "Document"].contains { text.hasPrefix($0) }
                return isMade ? nil : text
            default: break
            }
        }
        return nil
    }
}
