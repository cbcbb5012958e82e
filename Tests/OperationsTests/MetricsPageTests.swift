import Testing

@testable import Operations

@Suite("Metrics")
struct MetricsPageTests {
    @Test("the page has help, type and values of each metric, in the order of the list")
    func page() {
        var page = MetricsPage()
        page.add(.loopAge, ["enrich"], 0.25)
        page.add(.recordsIn, ["enrich", "gongbao.articles"], 12)
        page.add(.recordsIn, ["sink", "gongbao.articles"], 3)
        #expect(
            page.text == """
                # HELP gongbao_records_in_total \(Metric.recordsIn.help)
                # TYPE gongbao_records_in_total counter
                gongbao_records_in_total{worker="enrich",topic="gongbao.articles"} 12
                gongbao_records_in_total{worker="sink",topic="gongbao.articles"} 3
                # HELP gongbao_loop_age_seconds \(Metric.loopAge.help)
                # TYPE gongbao_loop_age_seconds gauge
                gongbao_loop_age_seconds{worker="enrich"} 0.25

                """)
    }

    @Test("a histogram's buckets are cumulated up to infinity")
    func histogram() {
        var page = MetricsPage()
        page.add(.batchDuration, ["sink"], bounds: [0.005, 1, 60], counts: [2, 1, 0, 4], sum: 260.5)
        let lines = page.text.split(separator: "\n")
        #expect(lines.contains(#"gongbao_batch_duration_seconds_bucket{worker="sink",le="0.005"} 2"#))
        #expect(lines.contains(#"gongbao_batch_duration_seconds_bucket{worker="sink",le="60"} 3"#))
        #expect(lines.contains(#"gongbao_batch_duration_seconds_bucket{worker="sink",le="+Inf"} 7"#))
        #expect(lines.contains(#"gongbao_batch_duration_seconds_sum{worker="sink"} 260.5"#))
        #expect(lines.contains(#"gongbao_batch_duration_seconds_count{worker="sink"} 7"#))
    }

    @Test("what a label says cannot break the page")
    func escaping() {
        var page = MetricsPage()
        page.add(.deadLetters, ["enrich", "a\"b\\c\nd"], 1)
        #expect(page.text.hasSuffix("gongbao_dead_letters_total{worker=\"enrich\",code=\"a\\\"b\\\\c\\nd\"} 1\n"))
    }

    @Test("names and labels follow Prometheus's conventions and are there once")
    func names() {
        #expect(Set(Metric.all.map(\.name)).count == Metric.all.count)
        for metric in Metric.all {
            #expect(metric.name.hasPrefix("gongbao_") || metric.name.hasPrefix("process_"))
            #expect(metric.name.hasSuffix("_total") == (metric.kind == .counter), "\(metric.name)")
            #expect(metric.name.allSatisfy { ($0.isLowercase && $0.isASCII) || $0 == "_" }, "\(metric.name)")
            #expect(Set(metric.labels).count == metric.labels.count && !metric.labels.contains("le"))
            #expect(metric.help.hasSuffix(".") && Metric.table.contains("| `\(metric.name)` |"))
        }
    }
}
