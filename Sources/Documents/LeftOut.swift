/// What of a document is not in its text although somebody may look for it.
struct LeftOut {
    /// Sheets that are not shown.
    var hiddenSheets = 0
    /// Formulas that no value was stored with.
    var formulas = 0
    /// Pictures, which may show tables.
    var pictures = 0

    /// Sentences for people.
    var notes: [String] {
        var notes: [String] = []
        if hiddenSheets > 0 {
            notes.append("\(hiddenSheets) \(hiddenSheets == 1 ? "sheet is" : "sheets are") hidden and left out.")
        }
        if formulas > 0 {
            notes.append(
                "\(formulas) \(formulas == 1 ? "formula has" : "formulas have") no stored value and count as missing; save the "
                    + "file once in the program that it is of.")
        }
        if pictures > 0 {
            notes.append(
                "\(pictures) \(pictures == 1 ? "picture is" : "pictures are") left out; a table in one is read only from a page "
                    + "that is recognised (--ocr).")
        }
        return notes
    }
}
