import BulletinModel

/// A format that is no text by itself and is read by this target; told by the bytes, whatever the file is called.
public enum DocumentFormat: String, Sendable, CaseIterable {
    /// Office Open XML (ECMA-376): text, worksheets, slides.
    case docx, xlsx, pptx
    /// OpenDocument (ISO/IEC 26300): text, worksheets.
    case odt, ods
    /// What Word and Excel wrote until 2007, and WPS writes as .wps and .et.
    case doc, xls
    /// Any other compound file: slides before 2007, encrypted documents, drawings.
    case compound
    /// GB/T 33190, the national format of official documents.
    case ofd
    /// A message after RFC 5322, also a web page saved as MHTML (RFC 2557).
    case mail
    /// Files in a ZIP, 7z or tar archive, also a compressed one, each a bulletin of its own.
    case archive

    /// What a record names as the decoder of its text. It changes where the same bytes would give another text.
    public var decoder: String { "gongbao-\(rawValue) \(self == .ofd ? 2 : 1)" }
}
