import Operations
import Reading

extension Engine {
    /// The engine as configured, with what reads PDF files.
    static func configured(_ configuration: Configuration) throws -> Engine {
        Engine(lexicon: try LexiconFiles.load(configuration), pdf: PdfToText().reader)
    }
}
