import BulletinModel
import Foundation

/// What is said of documents: by options for all of them, and by a file `NAME.meta.json` beside one.
public struct GivenBeside: Sendable {
    /// What is added to a document's name.
    public static let ending = ".meta.json"
    private let common: GivenData
    private let regionCode: @Sendable (String) throws(GivenData.Problem) -> String

    /// Nothing is said but beside a document.
    ///
    /// - Parameters:
    ///   - common: what holds for all of them, before what stands beside one.
    ///   - regionCode: the code of the one division that somebody calls so, or a ``GivenData/Problem``.
    public init(
        _ common: GivenData = GivenData(),
        regionCode: @escaping @Sendable (String) throws(GivenData.Problem) -> String = Self.codeAlone
    ) {
        self.common = common
        self.regionCode = regionCode
    }

    /// Takes codes and no names, where there is no table of divisions.
    public static func codeAlone(_ word: String) throws(GivenData.Problem) -> String {
        guard BulletinOffer.isCode(word) else { throw GivenData.Problem("region: a code of six digits.") }
        return word
    }

    /// Whether a path is not of a document but of what is said of the one beside it.
    public static func isBeside(_ path: String) -> Bool {
        path.hasSuffix(ending) && FileName.lend(String(path.dropLast(ending.count)), { access($0, F_OK) }) == 0
    }

    /// What is said of a document without a file: one on standard input.
    ///
    /// - Throws: `GivenData.Problem` where the region is none.
    public func data() throws(GivenData.Problem) -> GivenData { try resolved(common) }

    /// What is said of the document at a path, options before its file; the region as a code.
    ///
    /// - Throws: `GivenData.Problem` where the file beside it is not as it should be.
    public func data(of path: String, followingLinks: Bool = true) throws(GivenData.Problem) -> GivenData {
        let beside = path + Self.ending
        let content: Input.Content
        do throws(InputFile.Problem) {
            (content, _) = try InputFile.read(beside, largest: GivenData.mostBytes, followingLinks: followingLinks)
        } catch {
            if error.number == ENOENT || error.number == ENOTDIR { return try resolved(common) }
            throw GivenData.Problem("\(FileName.shown(FileName.last(beside))): \(error.reason)")
        }
        do throws(GivenData.Problem) {
            guard case .whole(let bytes) = content else {
                throw GivenData.Problem("it is larger than \(GivenData.mostBytes) bytes.")
            }
            return try resolved(common.over(try GivenData(parsing: bytes)))
        } catch {
            throw GivenData.Problem("\(FileName.shown(FileName.last(beside))): \(error.message)")
        }
    }

    private func resolved(_ given: GivenData) throws(GivenData.Problem) -> GivenData {
        guard let word = given.region else { return given }
        return given.with(regionCode: try regionCode(word))
    }
}
