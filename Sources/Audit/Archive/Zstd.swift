import CZstd
import TopicLog

/// Compresses blocks, each into one zstd frame that names its size and carries a checksum.
///
/// One queue at a time uses it; copies share one context.
struct ZstdCompressor {
    /// `@unchecked Sendable`: the context is used by the one queue that writes the archive.
    private final class Context: @unchecked Sendable {
        let pointer: OpaquePointer

        init() throws {
            guard let pointer = ZSTD_createCCtx() else { throw ArchiveFailure.outOfMemory }
            self.pointer = pointer
        }

        deinit { ZSTD_freeCCtx(pointer) }
    }

    private let context: Context

    /// - Parameter level: 1 (fast) to 19 (small).
    init(level: Int) throws {
        context = try Context()
        ZSTD_CCtx_setParameter(context.pointer, ZSTD_c_compressionLevel, Int32(level))
        ZSTD_CCtx_setParameter(context.pointer, ZSTD_c_checksumFlag, 1)
    }

    /// One frame that holds these bytes.
    func frame(_ bytes: [UInt8]) throws -> [UInt8] {
        let bound = ZSTD_compressBound(bytes.count)
        return try [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let size = bytes.withUnsafeBytes {
                ZSTD_compress2(context.pointer, buffer.baseAddress, bound, $0.baseAddress, $0.count)
            }
            guard ZSTD_isError(size) == 0 else { throw ArchiveFailure.outOfMemory }
            count = size
        }
    }
}

/// Takes zstd frames apart that ``ZstdCompressor`` made.
enum Zstd {
    /// The most that one frame may hold: a block is a megabyte, or one record that is larger, and no log takes
    /// one of more than this.
    static let most = 128 << 20

    /// The contents of the frame that begins at `position`, and where it ends; nil when there is
    /// no whole, undamaged frame that names its size.
    static func frame(in file: [UInt8], at position: Int) -> (bytes: [UInt8], end: Int)? {
        guard position >= 0, position < file.count else { return nil }
        return file.withUnsafeBytes { buffer -> (bytes: [UInt8], end: Int)? in
            let rest = UnsafeRawBufferPointer(rebasing: buffer[position...])
            let size = ZSTD_getFrameContentSize(rest.baseAddress, rest.count)
            guard size != czstd_content_size_unknown, size != czstd_content_size_error, size <= UInt64(most) else {
                return nil
            }
            let length = ZSTD_findFrameCompressedSize(rest.baseAddress, rest.count)
            guard ZSTD_isError(length) == 0, length > 0, length <= rest.count else { return nil }
            // A frame cannot hold more than this for each of its bytes; a size that lies is not believed.
            guard size <= UInt64(length) << 17 else { return nil }
            var isWhole = false
            let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { output, count in
                let got = ZSTD_decompress(output.baseAddress, Int(size), rest.baseAddress, length)
                isWhole = ZSTD_isError(got) == 0 && got == Int(size)
                count = isWhole ? got : 0
            }
            return isWhole ? (bytes, position + length) : nil
        }
    }
}
