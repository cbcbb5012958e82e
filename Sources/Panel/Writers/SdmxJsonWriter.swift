import BulletinModel
import Messages

/// SDMX-JSON 1.0 of a panel's cells: a data message, series by series, with all that its numbers stand for.
public struct SdmxJsonWriter {
    private let writer: SdmxWriter
    private let prepared: String
    private let name: String

    /// - Parameter prepared: when the message is made, RFC 3339.
    public init(_ panel: Panel, _ messages: Messages, prepared: String) {
        writer = SdmxWriter(panel)
        self.prepared = prepared
        name = messages("table.package")
    }

    /// The message.
    public var bytes: [UInt8] {
        let observations = writer.observations
        var codes = [CodeList](repeating: CodeList(), count: SdmxWriter.dimensions.count)
        var times = CodeList()
        var (units, statuses, indicators, standings) = (CodeList(), CodeList(), CodeList(), CodeList())
        let names = writer.measureNames
        for time in Set(observations.map(\.time)).sorted() { times.add(time, time) }
        var order: [String] = []
        var series: [String: [[Int?]]] = [:]
        var values: [String: [String]] = [:]
        var unitOf: [String: Int] = [:]
        for one in observations {
            let places = one.key.enumerated().map { place, code in
                codes[place].add(code, place == 1 ? one.areaName : place == 2 ? names[code] ?? code : code)
            }
            let key = places.map(String.init).joined(separator: ":")
            if series[key] == nil { order.append(key) }
            unitOf[key] = units.add(one.unit.isEmpty ? "_Z" : one.unit, one.unit)
            series[key, default: []].append([
                times.add(one.time, one.time), statuses.add(one.status, one.status),
                one.indicator.map { indicators.add($0, $0) }, standings.add(one.standing, one.standing),
            ])
            values[key, default: []].append(one.value)
        }
        return JSONWriter.line(capacity: 65_536) { json in
            json.object("header") { json in
                json.member("id", "GONGBAO_PANEL")
                json.key("test")
                json.value(false)
                json.member("prepared", prepared)
                json.object("sender") { $0.member("id", "GONGBAO") }
            }
            json.key("dataSets")
            json.beginArray()
            json.beginObject()
            json.member("action", "Information")
            json.key("series")
            json.beginObject()
            for key in order {
                json.name(key)
                json.beginObject()
                json.key("attributes")
                json.beginArray()
                json.value(unitOf[key] ?? 0)
                json.endArray()
                json.key("observations")
                json.beginObject()
                for (attributes, value) in zip(series[key] ?? [], values[key] ?? []) {
                    json.name("\(attributes[0] ?? 0)")
                    json.beginArray()
                    json.value(Double(value) ?? 0)
                    for attribute in attributes.dropFirst() {
                        if let attribute { json.value(attribute) } else { json.null() }
                    }
                    json.endArray()
                }
                json.endObject()
                json.endObject()
            }
            json.endObject()
            json.endObject()
            json.endArray()
            json.object("structure") { json in
                json.member("name", name)
                json.object("dimensions") { json in
                    json.objects("dataSet", [Int]()) { _, _ in }
                    json.objects("series", zip(SdmxWriter.dimensions, codes).enumerated()) { json, item in
                        json.member("id", item.element.0)
                        json.member("name", item.element.0)
                        json.member("keyPosition", item.offset)
                        item.element.1.write(to: &json)
                    }
                    json.objects("observation", [times]) { json, times in
                        json.member("id", "TIME_PERIOD")
                        json.member("name", "TIME_PERIOD")
                        json.member("keyPosition", SdmxWriter.dimensions.count)
                        json.member("role", "time")
                        times.write(to: &json)
                    }
                }
                json.object("attributes") { json in
                    json.objects("dataSet", [Int]()) { _, _ in }
                    json.objects("series", [units]) { json, units in
                        json.member("id", "UNIT_MEASURE")
                        json.member("name", "UNIT_MEASURE")
                        units.write(to: &json)
                    }
                    json.objects(
                        "observation",
                        [("OBS_STATUS", statuses), ("INDICATOR_ID", indicators), ("STANDING", standings)]
                    ) { json, item in
                        json.member("id", item.0)
                        json.member("name", item.0)
                        item.1.write(to: &json)
                    }
                }
            }
        }
    }

    /// Codes in the order in which they came, each once.
    private struct CodeList {
        private var places: [String: Int] = [:]
        private var codes: [(id: String, name: String)] = []

        @discardableResult mutating func add(_ id: String, _ name: String) -> Int {
            if let place = places[id] { return place }
            places[id] = codes.count
            codes.append((id, name))
            return codes.count - 1
        }

        func write(to json: inout JSONWriter) {
            json.objects("values", codes) { json, code in
                json.member("id", code.id)
                json.member("name", code.name)
            }
        }
    }
}
