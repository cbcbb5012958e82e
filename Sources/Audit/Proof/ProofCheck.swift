import BulletinModel
import Messages
import Reading
import TopicLog

/// Checks a proof with nothing but its bytes and a public key.
public struct ProofCheck: Sendable {
    /// What is proven, in plain sentences, the last of which says whether the figure was derived again.
    public let sentences: [String]
    /// The figure in its text.
    public let passage: Finding.Passage?
    /// The figure.
    public let indicator: Indicator
    /// Whether this engine is the one that read it, and read it the same again.
    public let isDerivedAgain: Bool

    /// Checks everything, and derives the figure again where the engine is at hand.
    ///
    /// - Parameters:
    ///   - pdf: makes text of a bulletin that is a PDF; without it, or with another version, the figure is held to the
    ///     article that the log signed for, and not derived again.
    ///   - m: the language of what is said.
    /// - Throws: ``ProofProblem`` that says where and what; then nothing is proven.
    public init(
        _ bytes: [UInt8], key: NoteVerifier, pdf: PdfText? = nil, documents: DocumentText? = nil,
        in m: Messages = Messages(.english)
    ) throws(ProofProblem) {
        let bundle = try ProofBundle(parsing: bytes)
        let checkpoint: Checkpoint
        do throws(SignedNote.Problem) { checkpoint = try Checkpoint(note: bundle.checkpoint, verifiedWith: key) } catch
        {
            throw ProofProblem("checkpoint", "The checkpoint \(error.message).")
        }
        guard checkpoint.size == bundle.size else {
            throw ProofProblem(
                "proof.json", "The proof is for \(bundle.size) records, but the checkpoint is over \(checkpoint.size).")
        }
        for (role, leaf) in zip(ProofBundle.roles, bundle.leaves) {
            let isIncluded = MerkleProof.isIncluded(
                leafHash: MerkleTree.leafHash(leaf.bytes), index: leaf.index, size: bundle.size, path: leaf.path,
                root: checkpoint.root)
            guard isIncluded else {
                throw ProofProblem(
                    "records/\(role)",
                    "The record of the \(role) (records/\(role), leaf \(leaf.index)) is not among those that the log signed for."
                )
            }
        }
        let engine: Engine
        do throws(LexiconError) {
            engine = Engine(lexicon: try Lexicon(tables: bundle.lexicon), pdf: pdf, documents: documents)
        } catch {
            throw ProofProblem("lexicon", "The lexicon cannot be read: \(error.message)")
        }
        let contents = try ProofContents(
            bundle.leaves, indicator: bundle.indicator, bulletin: bundle.bulletin, engine: engine)
        let hasLexicon = engine.engineVersion.lexicon == contents.closing.engine.lexicon
        guard hasLexicon || bundle.lexicon.isEmpty else {
            throw ProofProblem("lexicon", "The tables in lexicon/ are not those that the figure was read with.")
        }
        guard bundle.text == contents.proofText(bundle, log: checkpoint.origin) else {
            throw ProofProblem("PROOF.txt", "The file PROOF.txt does not say what the proof shows.")
        }
        var sentences = contents.sentences(bundle, log: checkpoint.origin, in: m)
        isDerivedAgain = hasLexicon && engine.engineVersion == contents.closing.engine && contents.text != nil
        if isDerivedAgain, let text = contents.text {
            try Self.derive(contents, text, engine)
            sentences.append("This engine is the same, and reads the same figure from the same bytes again.")
        } else if contents.text == nil {
            sentences.append(
                "Here is no \(contents.decoder ?? "converter"), so that the text was not made, nor the figure derived, again."
            )
        } else {
            sentences.append(
                hasLexicon
                    ? "This is engine \(Engine.version), so that the figure was not derived again; gongbao of that engine can."
                    : "The lexicon is not in the bundle, so that the figure was not derived again.")
        }
        self.sentences = sentences.map { m.said($0) }
        passage = contents.passage
        indicator = contents.indicator
    }

    private static func derive(
        _ contents: ProofContents, _ text: DecodedText, _ engine: Engine
    ) throws(ProofProblem) {
        let articles = engine.segment(text, bulletin: contents.bulletin, given: contents.given)
        guard let article = articles.first(where: { $0.id == contents.article.id }), article == contents.article else {
            throw ProofProblem("records/article", "The bulletin's bytes do not give this article again.")
        }
        let derived = engine.extract(article)
        guard derived.first(where: { $0.id == contents.indicator.id }) == contents.indicator else {
            throw ProofProblem("records/indicator", "The article does not give this figure again.")
        }
        guard Closing.digest(of: derived.map { $0.message() }) == contents.closing.digest,
            derived.count == contents.closing.count
        else {
            throw ProofProblem("records/closing", "The article does not give the same figures as the closing record.")
        }
    }
}
