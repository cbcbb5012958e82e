import Foundation
import Operations
import Testing

/// Alerts and dashboards speak of metrics that exist, by labels that they have: a name that is
/// misspelt makes an alert that never fires.
@Suite("Alerts and dashboards") struct DashboardTests {
    private static let deploy = URL(filePath: #filePath).appending(path: "../../../deploy").standardized
    private static let shipped = [
        "prometheus/gongbao.rules.yaml", "prometheus/gongbao.rules.test.yaml", "grafana/gongbao.json",
        "grafana/gongbao.zh.json",
    ]

    /// Every series that a metric makes on the page.
    private static let series: [String: Metric] = {
        var series: [String: Metric] = [:]
        for metric in Metric.all {
            switch metric.kind {
            case .counter, .gauge: series[metric.name] = metric
            case .histogram: for tail in ["_bucket", "_sum", "_count"] { series[metric.name + tail] = metric }
            }
        }
        return series
    }()

    private func text(_ file: String) throws -> String {
        try String(contentsOf: Self.deploy.appending(path: file), encoding: .utf8)
    }

    @Test("name metrics that exist", arguments: shipped)
    func names(file: String) throws {
        let named = try text(file).matches(of: /\b(?:gongbao|process)_[a-z_]+[a-z]/).map { String($0.output) }
        #expect(!named.isEmpty)
        for name in Set(named) {
            #expect(Self.series[name] != nil, "\(name) in \(file)")
        }
    }

    @Test("select by labels that the metric has", arguments: shipped)
    func labels(file: String) throws {
        let added: Set = ["job", "instance", "le"]
        let selectors = try text(file).matches(of: /\b((?:gongbao|process)_[a-z_]+)\{([^}]*)\}/)
        #expect(!selectors.isEmpty)
        for selector in selectors {
            let metric = try #require(Self.series[String(selector.output.1)])
            for label in selector.output.2.matches(of: /([a-z_]+)\s*[=!]/) {
                let name = String(label.output.1)
                #expect(added.contains(name) || metric.labels.contains(name), "\(name) of \(metric.name) in \(file)")
            }
        }
    }

    @Test("the autoscaler's metric is one that workers have")
    func autoscaling() throws {
        let manifest = try text("kubernetes/autoscaling.yaml")
        let query = try #require(manifest.firstMatch(of: /seriesQuery: '([a-z_]+)\{worker="([a-z]+)"\}'/))
        #expect(String(query.output.1) == Metric.consumerLag.name)
        #expect(Metric.consumerLag.labels.contains("worker"))
        #expect(String(query.output.2) == "enrich")
    }

    @Test("the dashboard is JSON whose panels do not overlap")
    func layout() throws {
        struct Dashboard: Decodable {
            struct Panel: Decodable {
                struct Place: Decodable { let x, y, w, h: Int }
                let id: Int
                let gridPos: Place
            }
            let panels: [Panel]
        }
        let data = try Data(contentsOf: Self.deploy.appending(path: "grafana/gongbao.json"))
        let panels = try JSONDecoder().decode(Dashboard.self, from: data).panels
        #expect(Set(panels.map(\.id)).count == panels.count)
        var taken: Set<[Int]> = []
        for panel in panels {
            for x in panel.gridPos.x..<(panel.gridPos.x + panel.gridPos.w) {
                for y in panel.gridPos.y..<(panel.gridPos.y + panel.gridPos.h) {
                    #expect(x < 24 && taken.insert([x, y]).inserted, "panel \(panel.id)")
                }
            }
        }
    }
}
