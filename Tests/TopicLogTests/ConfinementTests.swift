import Dispatch
import Testing

@testable import TopicLog

@Suite("Confinement to a queue")
struct ConfinementTests {
    private static func made(on queue: DispatchQueue) -> Confinement { queue.sync { Confinement() } }

    @Test("what is made on a worker's queue is used there, and what is made elsewhere anywhere")
    func permitted() {
        let queue = DispatchQueue(label: "worker")
        Confinement.own(queue)
        let confined = Self.made(on: queue)
        #expect(confined.isConfined)
        queue.sync { confined.check() }
        let free = Confinement()
        #expect(!free.isConfined)
        free.check()
        queue.sync { free.check() }
        #expect(!Self.made(on: DispatchQueue(label: "other")).isConfined)
    }

    @Test("a worker's consumer that another thread polls ends the process, before it spoils anything")
    func stopped() async {
        await #expect(processExitsWith: .failure) {
            let queue = DispatchQueue(label: "worker")
            Confinement.own(queue)
            let log = MemoryLog(topics: [TopicSpecification(name: "t", partitions: 1)])
            let consumer = try queue.sync {
                try log.consumer(ConsumerSettings(.partitions([TopicPartition("t", 0): 0])))
            }
            _ = try consumer.poll(BatchLimit(records: 1, bytes: 1, wait: .zero))
        }
    }
}
