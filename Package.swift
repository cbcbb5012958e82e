// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors where the checks ask for it, not for users with a newer compiler.
let strict: [SwiftSetting] =
    [.swiftLanguageMode(.v6)]
    + (Context.environment["GONGBAO_WARNINGS_AS_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)])

// The fuzzer links a main function of its own, so it is part of the package only where asked for.
let isFuzzing = Context.environment["GONGBAO_FUZZ"] != nil
// What is fuzzed may be of the inside of a module, also where the optimizer is on: traps are as they are installed.
let fuzzed: [SwiftSetting] = isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer", "-enable-testing"])] : []
let fuzzTargets: [Target] =
    isFuzzing
    ? [
        .executableTarget(
            name: "gongbao-fuzz", dependencies: ["Reading", "BulletinModel"], path: "Tests/ReadingFuzz",
            exclude: ["vocabulary.dict"],
            swiftSettings: strict + fuzzed + [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
        .executableTarget(
            name: "gongbao-fuzz-records",
            dependencies: ["Audit", "BulletinModel", "Documents", "EmbeddedLog", "Reading", "TopicLog", "Workers"],
            path: "Tests/RecordFuzz", swiftSettings: strict + fuzzed + [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
    ] : []

// Who works on one part alone builds and tests no more than it: GONGBAO_PART=reading swift test.
let parts: [String: Set<String>] = [
    "reading": ["BulletinModel", "BulletinModelTests", "Reading", "ReadingTests", "gongbao-bench"],
    "panel": [
        "BulletinModel", "Reading", "TopicLog", "Store", "CPostgres", "CXlsxWriter", "MessageTables", "Messages",
        "Panel", "PanelTests",
        "StoreTests", "PostgresServer",
    ],
    "portal": [
        "BulletinModel", "Reading", "TopicLog", "Store", "CPostgres", "CXlsxWriter", "CZstd", "Panel", "Audit",
        "MessageTables", "Messages", "MessagesTests", "Operations", "Portal", "PortalTests",
    ],
    "workers": [
        "BulletinModel", "BulletinModelTests", "TopicLog", "Store", "CPostgres", "EmbeddedLog", "Workers",
        "WorkersTests",
    ],
]
let part = Context.environment["GONGBAO_PART"].flatMap { parts[$0] }

let package = Package(
    name: "gongbao",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gongbao", targets: ["gongbao"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: ["FullFoundation"]),
    ],
    targets: [
        .systemLibrary(name: "CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CXml2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(
            name: "BulletinModel", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict + fuzzed),
        .target(name: "Reading", dependencies: ["BulletinModel"], swiftSettings: strict + fuzzed),
        .target(
            name: "Documents", dependencies: ["BulletinModel", "Reading", "CArchive", "CXml2"],
            swiftSettings: strict + fuzzed),
        .target(name: "MessageTables", exclude: ["catalogue", "guide"]),
        .target(name: "Messages", dependencies: ["MessageTables"], swiftSettings: strict + fuzzed),
        .target(name: "TopicLog", swiftSettings: strict + fuzzed),
        .target(
            name: "Kafka",
            dependencies: ["TopicLog", "CRdKafka", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .target(
            name: "Workers",
            dependencies: [
                "TopicLog", "BulletinModel", "Store", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict + fuzzed),
        .target(
            name: "Store",
            dependencies: [
                "BulletinModel", "TopicLog", "CPostgres", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(
            name: "EmbeddedLog",
            dependencies: [
                "TopicLog", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict + fuzzed),
        .target(
            name: "Audit",
            dependencies: [
                "Messages", "TopicLog", "Reading", "Store", "BulletinModel", "CZstd",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict + fuzzed),
        .target(
            name: "Panel", dependencies: ["Messages", "BulletinModel", "Reading", "Store", "CXlsxWriter"],
            swiftSettings: strict),
        .target(
            name: "Portal",
            dependencies: [
                "Messages", "BulletinModel", "Reading", "Store", "Panel", "Audit", "TopicLog", "Operations",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .target(
            name: "Operations",
            dependencies: [
                "BulletinModel", .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "gongbao",
            dependencies: [
                "BulletinModel", "Documents", "Reading", "TopicLog", "EmbeddedLog", "Kafka", "Workers", "Store",
                "Audit",
                "Messages", "Operations", "Panel", "Portal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(name: "BulletinModelTests", dependencies: ["BulletinModel"], swiftSettings: strict),
        .target(
            name: "TopicLogConformance", dependencies: ["TopicLog"], path: "Tests/TopicLogConformance",
            swiftSettings: strict),
        .testTarget(
            name: "TopicLogTests", dependencies: ["TopicLog", "TopicLogConformance"], swiftSettings: strict),
        .testTarget(
            name: "WorkersTests",
            dependencies: [
                "Workers", "Store", "TopicLog", "EmbeddedLog", "BulletinModel",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .target(
            name: "PostgresServer", dependencies: ["CPostgres"], path: "Tests/PostgresServer", swiftSettings: strict),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Store", "BulletinModel", "PostgresServer", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "EmbeddedLogWriter", dependencies: ["EmbeddedLog", "TopicLog"], path: "Tests/EmbeddedLogWriter",
            swiftSettings: strict),
        .executableTarget(
            name: "EmbeddedLogBenchmark",
            dependencies: ["EmbeddedLog", "TopicLog", .product(name: "GRDB", package: "GRDB.swift")],
            path: "Tests/EmbeddedLogBenchmark", swiftSettings: strict),
        .executableTarget(
            name: "chaos",
            dependencies: [
                "CRdKafka", "EmbeddedLog", "Kafka", "TopicLog", "Store", "Operations",
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Chaos", swiftSettings: strict),
        .testTarget(
            name: "EmbeddedLogTests",
            dependencies: [
                "EmbeddedLog", "EmbeddedLogWriter", "TopicLog", "TopicLogConformance",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "KafkaTests",
            dependencies: [
                "Kafka", "TopicLog", "TopicLogConformance", "CRdKafka", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "gongbao-bench", dependencies: ["Reading", "BulletinModel"], path: "Tests/ReadingBenchmark",
            swiftSettings: strict),
        .testTarget(name: "ReadingTests", dependencies: ["Reading", "BulletinModel"], swiftSettings: strict),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Documents", "Reading", "BulletinModel", "CArchive"],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "AuditTests",
            dependencies: ["Audit", "Messages", "BulletinModel", "TopicLog", "EmbeddedLog", "Reading", "Store"],
            exclude: ["verify_proof.py"],
            swiftSettings: strict),
        .testTarget(
            name: "PanelTests", dependencies: ["Panel", "Messages", "Store", "Reading", "BulletinModel"],
            exclude: ["read_panel.py", "run_notebook.py"],
            swiftSettings: strict),
        .testTarget(
            name: "PortalTests",
            dependencies: ["Messages", "Portal", "Reading", "BulletinModel", "Store", "Panel", "TopicLog"],
            swiftSettings: strict),
        .testTarget(name: "MessagesTests", dependencies: ["Messages"], swiftSettings: strict),
        .testTarget(
            name: "OperationsTests",
            dependencies: ["Operations", .product(name: "Logging", package: "swift-log")], swiftSettings: strict),
        .testTarget(
            name: "GongbaoTests",
            dependencies: [
                "gongbao", "Messages", "Operations", "Store", "PostgresServer", "Kafka", "TopicLog", "Workers",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Scans"], swiftSettings: strict),
    ] + fuzzTargets
)

if let part {
    package.targets.removeAll { !part.contains($0.name) }
    package.products = []
}
