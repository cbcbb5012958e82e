import Reading

/// The relations of a part in an Office Open XML package.
enum Relations {
    /// Paths in the package by the relations' ids.
    static func targets(_ bytes: [UInt8], of part: String) throws(DecodeError) -> [String: String] {
        let xml = try XmlPull(bytes, "the relations of \(part)")
        let folder = part.split(separator: "/").dropLast().map(String.init)
        var targets: [String: String] = [:]
        while let node = try xml.next() {
            guard case .start("Relationship", _) = node, xml.attribute("TargetMode") != "External",
                let id = xml.attribute("Id"), let target = xml.attribute("Target")
            else { continue }
            targets[id] = resolve(target, in: folder)
        }
        return targets
    }

    private static func resolve(_ target: String, in folder: [String]) -> String {
        var path = target.hasPrefix("/") ? [] : folder
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { _ = path.popLast() } else { path.append(String(step)) }
        }
        return path.joined(separator: "/")
    }
}
