import CArchive
import Foundation
import Reading

/// The entries of a ZIP, 7z or tar archive in memory, through libarchive, within bounds.
struct Package {
    /// A file in the archive.
    struct Entry {
        /// Its path, with slashes, as the archive tells it.
        let name: String
        let bytes: [UInt8]
    }

    private let bytes: [UInt8]
    private let bounds: PackageBounds

    init(_ bytes: [UInt8], _ bounds: PackageBounds = PackageBounds()) {
        self.bytes = bytes
        self.bounds = bounds
    }

    /// Whether the bytes begin as an archive that this reads.
    static func isPackage(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6])
            || bytes.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])
            || bytes.dropFirst(257).starts(with: Array("ustar".utf8)) || isCompressed(bytes)
    }

    /// Whether the bytes are one stream of gzip, bzip2 or xz: mostly of a tar archive, else of one file.
    private static func isCompressed(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x1F, 0x8B, 8])
            || bytes.starts(with: [0x42, 0x5A, 0x68]) && bytes.count > 3
                && (0x31...0x39).contains(bytes[3])
            || bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0])
    }

    /// The names of all files in the archive, in its order.
    func names() throws(DecodeError) -> [String] {
        var names: [String] = []
        try walk { name in
            names.append(name)
            return false
        } read: { _ in
        }
        return names
    }

    /// The files whose names are wanted, by name. Of two with one name the first counts, as programs show it.
    func files(where isWanted: (String) -> Bool) throws(DecodeError) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for entry in try entries(where: isWanted) where files[entry.name] == nil { files[entry.name] = entry.bytes }
        return files
    }

    /// The files whose names are wanted, in the archive's order.
    func entries(where isWanted: (String) -> Bool) throws(DecodeError) -> [Entry] {
        var entries: [Entry] = []
        try walk(isWanted) { entries.append($0) }
        return entries
    }

    private func walk(_ isWanted: (String) -> Bool, read: (Entry) -> Void) throws(DecodeError) {
        // libarchive gives names in the thread's character set, and none where that lacks their characters.
        let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
        let before = locale.map { uselocale($0) }
        defer {
            if let before { uselocale(before) }
            if let locale { freelocale(locale) }
        }
        guard let archive = archive_read_new() else { throw Self.damaged("it cannot be opened") }
        defer { archive_read_free(archive) }
        archive_read_support_format_zip(archive)
        archive_read_support_format_7zip(archive)
        archive_read_support_format_tar(archive)
        archive_read_support_filter_none(archive)
        if Self.isCompressed(bytes) {
            archive_read_support_filter_gzip(archive)
            archive_read_support_filter_bzip2(archive)
            archive_read_support_filter_xz(archive)
            // A stream of one file that is no archive.
            archive_read_support_format_raw(archive)
        }
        // libarchive keeps the pointer while it reads, so all of the reading happens inside.
        let failure: DecodeError? = bytes.withUnsafeBytes { source in
            guard archive_read_open_memory(archive, source.baseAddress, source.count) == ARCHIVE_OK else {
                return Self.damaged(Self.message(archive))
            }
            do throws(DecodeError) {
                try walk(opened: archive, isWanted, read)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    private func walk(
        opened archive: OpaquePointer, _ isWanted: (String) -> Bool, _ read: (Entry) -> Void
    ) throws(DecodeError) {
        var count = 0
        var total = 0
        var stated = 0
        while true {
            var entry: OpaquePointer?
            let status = archive_read_next_header(archive, &entry)
            if status == ARCHIVE_EOF { return }
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
                // Where names are encrypted, too, there is not one entry to be asked.
                if archive_read_has_encrypted_entries(archive) > 0 { throw Self.encrypted }
                throw Self.damaged(Self.message(archive))
            }
            count += 1
            guard count <= bounds.entries else {
                throw DecodeError(.packageTooLarge, "The archive has more than \(bounds.entries) entries.")
            }
            // What is skipped in a compressed archive has to be unpacked all the same.
            stated += Int(clamping: max(0, archive_entry_size(entry)))
            guard stated <= bounds.totalBytes else {
                throw DecodeError(
                    .packageTooLarge, "The archive says that it unpacks to more than \(bounds.totalBytes >> 20) MiB.")
            }
            // The file type bits of POSIX: 0100000 is a regular file.
            guard archive_entry_filetype(entry) & 0o170000 == 0o100000 || archive_entry_filetype(entry) == 0 else {
                continue
            }
            let name = Self.name(of: entry) ?? "entry \(count)"
            let isStream = archive_format(archive) == ARCHIVE_FORMAT_RAW
            guard isWanted(name) else {
                // To look for the next entry of a stream that has but one would unpack it.
                if isStream { return }
                continue
            }
            if archive_entry_is_encrypted(entry) != 0 { throw Self.encrypted }
            read(Entry(name: name, bytes: try content(archive, name, &total)))
        }
    }

    private func content(_ archive: OpaquePointer, _ name: String, _ total: inout Int) throws(DecodeError) -> [UInt8] {
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let got = piece.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
            guard got >= 0 else { throw Self.damaged(Self.message(archive)) }
            // Ten thousand small entries take what they hold, not a buffer each.
            content += piece[..<got]
            if got == 0 { return content }
            total += got
            let isBomb = total > 1 << 20 && total / bounds.ratio > bytes.count
            guard content.count <= bounds.entryBytes, total <= bounds.totalBytes, !isBomb else {
                throw DecodeError(
                    .packageTooLarge,
                    "The archive unpacks to more than is read: beyond \(bounds.totalBytes >> 20) MiB in all, "
                        + "\(bounds.entryBytes >> 20) MiB a file, or \(bounds.ratio) times its size.")
            }
        }
    }

    /// Names are UTF-8 where the archive says so; those of older Chinese programs are GB 18030. Nil where there is
    /// none that can be told.
    private static func name(of entry: OpaquePointer) -> String? {
        if let name = archive_entry_pathname_utf8(entry) {
            let text = String(cString: name)
            return text.isEmpty ? nil : text
        }
        guard let name = archive_entry_pathname(entry) else { return nil }
        let raw = UnsafeBufferPointer(
            start: UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self), count: strlen(name))
        let text = TextBytes.decode(Array(raw), charset: "gb18030") ?? String(decoding: raw, as: UTF8.self)
        return text.isEmpty ? nil : text
    }

    private static func message(_ archive: OpaquePointer) -> String {
        guard let text = archive_error_string(archive) else { return "it ends early" }
        return String(String(cString: text).prefix(120))
    }

    private static var encrypted: DecodeError {
        DecodeError(.documentEncrypted, "The document is encrypted and cannot be read without its password.")
    }

    private static func damaged(_ why: String) -> DecodeError {
        DecodeError(.documentDamaged, "The document is damaged: \(why).")
    }
}
