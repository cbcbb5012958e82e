import BulletinModel

/// One thing that is not as it should be.
public struct Finding: Sendable, Equatable {
    /// What is wrong.
    public enum Kind: String, Sendable, CaseIterable {
        /// Something that must be there is not.
        case missing
        /// Something is there that nothing accounts for.
        case extra
        /// What is there says something else than what it was made from.
        case changed
        /// What is there contradicts its own digest, identifier or signature.
        case tampered
        /// Another engine or lexicon made it, and this one reads it differently.
        case otherEngine = "other_engine"
    }

    /// What it is about.
    public enum Subject: String, Sendable, CaseIterable {
        /// Offsets of a partition.
        case offsets
        /// A bulletin's record.
        case bulletin
        /// An article's record.
        case article
        /// An indicator's record.
        case indicator
        /// An article's closing record.
        case closing
        /// A dead letter's record.
        case deadLetter = "dead_letter"
        /// A row of the database.
        case row
        /// A file of an archive.
        case archive
        /// What earlier audits remember.
        case memory
    }

    /// A field that says two things.
    public struct FieldChange: Sendable, Equatable {
        /// The field's name, as in messages.
        public let name: String
        /// What is stored.
        public let stored: String?
        /// What it should be.
        public let expected: String?
    }

    /// The place in the text, with what stands around it.
    public struct Passage: Sendable, Equatable {
        /// What stands before, shortened.
        public let before: String
        /// The figure as printed.
        public let quote: String
        /// What stands behind, shortened.
        public let after: String
    }

    /// What is wrong.
    public let kind: Kind
    /// What it is about.
    public let subject: Subject
    /// Where it stands: `topic/partition@offset`, a table of the database, a file.
    public let place: String
    /// The identifier of what it is about, where it has one.
    public var id: String?
    /// The article concerned.
    public var article: ArticleID?
    /// One plain sentence.
    public let message: String
    /// The fields that differ, of what is changed.
    public var fields: [FieldChange] = []
    /// The passage that the figure was read from.
    public var passage: Passage?

    init(
        _ kind: Kind, _ subject: Subject, at place: String, id: String? = nil, article: ArticleID? = nil,
        _ message: String, fields: [FieldChange] = [], passage: Passage? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.place = place
        self.id = id
        self.article = article
        self.message = message
        self.fields = fields
        self.passage = passage
    }
}

extension Finding.Passage {
    /// What stands at `start..<end` of an article, offsets of the bulletin's text; nil outside it.
    init?(_ article: Article, start: Int, end: Int, around: Int = 40) {
        let scalars = Array(article.text.unicodeScalars)
        let (first, last) = (start - article.start, end - article.start)
        guard first >= 0, first <= last, last <= scalars.count else { return nil }
        func text(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return String(view)
        }
        before = text(max(0, first - around)..<first)
        quote = text(first..<last)
        after = text(last..<min(scalars.count, last + around))
    }
}
