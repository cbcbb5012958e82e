import BulletinModel
import Foundation
import TopicLog

/// Everything that shows where one figure came from, in one ZIP archive that anyone can check
/// with nothing but the public key of the log that signed for it:
///
///     PROOF.txt            what is proven, in plain sentences
///     proof.json           the leaves' numbers and what leads from each to the root
///     checkpoint           the signed checkpoint (C2SP signed-note and tlog-checkpoint)
///     bulletin             the bulletin's bytes, as they arrived
///     records/bulletin     the records as they stood in the topics, with coordinates, time, key and
///     records/article      headers: their canonical bytes, which are the leaves of the Merkle tree
///     records/indicator
///     records/closing      names the engine and the lexicon
///     lexicon/NAME.tsv     the tables that the engine read with, where they were at hand
///
/// No byte of it is free: each is signed for, digested by something that is, or follows from the rest.
struct ProofBundle: Sendable, Equatable {
    /// A record with what leads from it to the root.
    struct Leaf: Sendable, Equatable {
        /// The canonical bytes.
        let bytes: [UInt8]
        /// Its number among the leaves.
        let index: Int
        /// What leads to the root, from the bottom up.
        let path: [MerkleTree.Hash]
    }

    /// The records, in this order in every bundle.
    static let roles = ["bulletin", "article", "indicator", "closing"]
    static let format = "gongbao.proof.v1"

    /// The figure that is proven.
    let indicator: IndicatorID
    /// How many leaves the checkpoint is of.
    let size: Int
    /// One for each of ``roles``.
    let leaves: [Leaf]
    /// The signed note.
    let checkpoint: [UInt8]
    /// The tables by name; empty where they were not at hand.
    let lexicon: [String: String]
    /// The bulletin's bytes.
    let bulletin: [UInt8]
    /// The plain sentences.
    let text: String

    /// The leaves' numbers and paths, as JSON.
    var json: [UInt8] {
        JSONWriter.line { json in
            json.member("schema", Self.format)
            json.member("indicator", indicator.rawValue)
            json.member("size", size)
            json.objects("leaves", zip(Self.roles, leaves)) { json, entry in
                let (role, leaf) = entry
                json.member("record", role)
                json.member("index", leaf.index)
                json.key("path")
                json.beginArray()
                for hash in leaf.path { json.value(hexadecimal(hash)) }
                json.endArray()
            }
        }
    }

    /// The files.
    var files: ZipArchive {
        let records = zip(Self.roles, leaves).map { ZipArchive.Entry("records/\($0)", $1.bytes) }
        let tables = lexicon.sorted { $0.key < $1.key }.map { ZipArchive.Entry("lexicon/\($0)", Array($1.utf8)) }
        return ZipArchive(
            [.init("PROOF.txt", Array(text.utf8)), .init("proof.json", json), .init("checkpoint", checkpoint)]
                + [.init("bulletin", bulletin)] + records + tables)
    }

    /// Reads the files; what they say is not checked.
    ///
    /// - Throws: ``ProofProblem``.
    init(parsing bytes: [UInt8]) throws(ProofProblem) {
        let archive: ZipArchive
        do throws(ZipArchive.Problem) { archive = try ZipArchive(parsing: bytes) } catch {
            throw ProofProblem("the bundle", error.message)
        }
        func file(_ name: String) throws(ProofProblem) -> [UInt8] {
            guard let bytes = archive[name] else { throw ProofProblem(name, "The bundle has no file \(name).") }
            return bytes
        }
        let stated = try file("proof.json")
        let bad = ProofProblem("proof.json", "The file proof.json does not tell leaves and paths as a proof does.")
        guard let value = try? JSONValue(parsing: stated), case .string(let id)? = value["indicator"],
            case .integer(let size)? = value["size"], case .array(let list)? = value["leaves"],
            list.count == Self.roles.count
        else { throw bad }
        var leaves: [Leaf] = []
        for (role, item) in zip(Self.roles, list) {
            guard case .integer(let index)? = item["index"], case .array(let path)? = item["path"] else { throw bad }
            var hashes: [MerkleTree.Hash] = []
            for element in path {
                guard case .string(let digits) = element, digits.utf8.count == 64 else { throw bad }
                hashes.append(Digest32(digits: digits).bytes)
            }
            leaves.append(Leaf(bytes: try file("records/\(role)"), index: index, path: hashes))
        }
        var lexicon: [String: String] = [:]
        for entry in archive.entries where entry.name.hasPrefix("lexicon/") {
            guard let text = String(validating: entry.bytes, as: UTF8.self) else {
                throw ProofProblem(entry.name, "The table \(entry.name) is not UTF-8.")
            }
            lexicon[String(entry.name.dropFirst(8))] = text
        }
        guard let text = String(validating: try file("PROOF.txt"), as: UTF8.self) else {
            throw ProofProblem("PROOF.txt", "The file PROOF.txt is not UTF-8.")
        }
        self.init(
            indicator: IndicatorID(rawValue: id), size: size, leaves: leaves, checkpoint: try file("checkpoint"),
            lexicon: lexicon, bulletin: try file("bulletin"), text: text)
        guard json == stated else { throw bad }
        guard files == archive else {
            throw ProofProblem("the bundle", "The bundle has other files, or in another order, than a proof has.")
        }
    }

    init(
        indicator: IndicatorID, size: Int, leaves: [Leaf], checkpoint: [UInt8], lexicon: [String: String],
        bulletin: [UInt8], text: String
    ) {
        self.indicator = indicator
        self.size = size
        self.leaves = leaves
        self.checkpoint = checkpoint
        self.lexicon = lexicon
        self.bulletin = bulletin
        self.text = text
    }
}

/// Why a proof proves nothing, or cannot be made.
public struct ProofProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file of the bundle in which the fault stands.
    public let place: String
    /// One plain sentence.
    public let message: String

    init(_ place: String, _ message: String) {
        self.place = place
        self.message = message
    }

    /// The sentence.
    public var description: String { message }
}
