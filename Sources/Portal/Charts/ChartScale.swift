import Foundation

/// The values of an axis: round numbers that hold all that is shown and zero, so that lengths can be compared.
struct ChartScale: Equatable {
    let low: Double
    let high: Double
    /// The marks, from low to high.
    let ticks: [Double]
    /// How many decimals the marks have.
    let decimals: Int

    /// An axis for values.
    init(_ values: [Double], marks: Int = 5) {
        let low = min(0, values.min() ?? 0)
        let high = max(0, values.max() ?? 0)
        let span = high > low ? high - low : 1
        let rough = span / Double(max(1, marks - 1))
        let power = pow(10, floor(log10(rough)))
        let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
        let first = (low / step).rounded(.down)
        let last = max(first + 1, (high / step).rounded(.up))
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
        self.low = first * step
        self.high = last * step
        var decimals = 0
        var scaled = step
        while decimals < 6, abs(scaled - scaled.rounded()) > 1e-9 * scaled {
            scaled *= 10
            decimals += 1
        }
        self.decimals = decimals
    }

    /// Where a value stands between 0 (low) and 1 (high).
    func place(_ value: Double) -> Double { (value - low) / (high - low) }

    /// A mark as text.
    func label(_ tick: Double) -> String {
        FigureText.grouped(
            String(format: "%.\(decimals)f", locale: Locale(identifier: "en_US_POSIX"), tick == 0 ? 0 : tick))
    }
}
