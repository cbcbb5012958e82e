import ArgumentParser
import Operations

/// Whether pages that are pictures are read.
struct ScanOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Recognises pages that are pictures: scanned PDF files, PNG, JPEG and TIFF images; else they are rejected.")
    )
    var ocr = false

    /// The settings that this means.
    var settings: [(key: String, value: String, option: String)] {
        ocr ? [(Configuration.ocr.key, "on", "--ocr")] : []
    }
}
