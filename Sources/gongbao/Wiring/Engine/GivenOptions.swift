import ArgumentParser
import BulletinModel
import Operations
import Reading
import Synchronization
import Workers

/// What the user says of the documents on the command line.
struct GivenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The day of publication of these documents, before what they say; FILE.meta.json beside a file says it of that one.",
            valueName: "day"))
    var published: String?

    @Option(help: ArgumentHelp("Who published them.", valueName: "name"))
    var publisher: String?

    @Option(help: ArgumentHelp("The address that they were taken from.", valueName: "address"))
    var url: String?

    @Option(help: ArgumentHelp("Their title.", valueName: "words"))
    var title: String?

    @Option(help: ArgumentHelp("The division that they are about, by name or code.", valueName: "name"))
    var region: String?

    /// The options with what stands beside each document.
    ///
    /// - Throws: ``CommandFailure`` where an option is not what it should be.
    func beside(_ configuration: Configuration) throws -> GivenBeside {
        do throws(GivenData.Problem) {
            let given = try GivenData(
                url: url, title: title, publisher: publisher, published: published, region: region)
            let divisions = KnownDivisions(configuration)
            let beside = GivenBeside(given) { (word) throws(GivenData.Problem) in try divisions.code(word) }
            _ = try beside.data()
            return beside
        } catch {
            throw CommandFailure.usedWrongly("--\(error.message)")
        }
    }
}

/// The divisions by what users call them, read when somebody asks.
private final class KnownDivisions: Sendable {
    private let configuration: Configuration
    private let names = Mutex<DivisionNames?>(nil)

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    /// The code of the one division that a user means.
    func code(_ word: String) throws(GivenData.Problem) -> String {
        let table = names.withLock { names in
            names = names ?? (try? MeasureFiles.divisions(configuration))
            return names
        }
        guard let table else { throw GivenData.Problem("region: the table of divisions cannot be read.") }
        let found = table.called(word)
        if found.count == 1, let division = found.first { return division.code }
        let list = Say.list((found.isEmpty ? table.nearest(word) : found).map { "\($0.name) (\($0.code))" })
        throw GivenData.Problem(
            found.isEmpty
                ? "region: \(PlainName.shown(word)) is no known division\(list.isEmpty ? "" : "; the nearest are \(list)")."
                : "region: \(PlainName.shown(word)) may be \(list); give the code.")
    }
}
