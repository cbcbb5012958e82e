import BulletinModel

/// A format that is no text by itself and is read by this target; told by the bytes, whatever the file is called.
public enum DocumentFormat: String, Sendable, CaseIterable {
    /// Office Open XML (ECMA-376): text, worksheets, slides.
    case docx, xlsx, pptx
    /// OpenDocument (ISO/IEC 26300): text, worksheets.
    case odt, ods
    /// GB/T 33190, the national format of official documents.
    case ofd
    /// A message after RFC 5322, also a web page saved as MHTML (RFC 2557).
    case mail
    /// Files in a ZIP, 7z or tar archive, also a compressed one, each a bulletin of its own.
    case archive

    /// What a record names as the decoder of its text. It changes where the same bytes would give another text.
    public var decoder: String { "gongbao-\(rawValue) 1" }
}
