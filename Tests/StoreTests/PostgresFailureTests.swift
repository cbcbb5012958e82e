import BulletinModel
import Testing
import TopicLog

@testable import Store

@Suite("Failures of PostgreSQL")
struct PostgresFailureTests {
    @Test(
        "each code says what a worker does about it",
        arguments: [
            (nil, .transient, "unreachable"), ("08006", .transient, "unreachable"),
            ("57P01", .transient, "unreachable"),
            ("57P03", .transient, "unreachable"), ("40001", .transient, "conflict"), ("40P01", .transient, "conflict"),
            ("55P03", .transient, "locked"), ("53100", .transient, "full"), ("53300", .transient, "busy"),
            ("57014", .transient, "busy"), ("25006", .transient, "read_only"), ("58030", .transient, "io"),
            ("28P01", .setup, "not_admitted"), ("28000", .setup, "not_admitted"), ("3D000", .setup, "no_database"),
            ("42501", .setup, "not_permitted"), ("3F000", .setup, "no_schema"), ("XX001", .fatal, "damaged"),
            ("42P01", .fatal, "database"), ("22021", .fatal, "database"), ("23505", .fatal, "database"),
        ] as [(String?, Failure.Kind, String)])
    func codes(_ code: String?, _ kind: Failure.Kind, _ word: String) {
        for text in ["it is so", "it is so.", "it is so..", ""] {
            let error = PostgresFailure(code: code, text: text).error("postgresql://db/x")
            #expect(error.kind == kind && error.code == word)
            #expect(error.message.hasSuffix(".") && !error.message.hasSuffix(".."))
            #expect(code.map(error.message.contains) != true)
        }
    }

    @Test("the code of a failure to connect is found in the message and does not stay there")
    func connecting() {
        let failure = PostgresFailure(
            connecting: """
                connection to server at "a", port 5432 failed: Connection refused
                \tIs the server running on that host and accepting TCP/IP connections?
                connection to server at "b", port 5432 failed: FATAL:  28P01: password authentication failed for user "x"
                LOCATION:  auth_failed, auth.c:338
                """)
        #expect(failure.code == "28P01")
        #expect(failure.text.hasSuffix(#"failed: password authentication failed for user "x""#))
        #expect(
            !failure.text.contains("28P01") && !failure.text.contains("auth.c") && !failure.text.contains("running"))
        let refused = PostgresFailure(
            connecting: "connection to server at \"a\", port 12345 failed: Connection refused")
        #expect(refused.code == nil)
    }
}
