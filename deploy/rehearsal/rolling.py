#!/usr/bin/env python3
"""Restarts one enrichment worker after the other under load, and measures how long the others pause.

  rolling.py GONGBAO [--brokers host:port] [--workers 3] [--rate 60] [--dynamic]

With --dynamic the workers have no kafka.instance, to show what static membership is worth.
"""
import argparse
import sys
import time

from stage import Load, Progress, Stage


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gongbao")
    parser.add_argument("--brokers")
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--rate", type=float, default=60, help="bulletins a second")
    parser.add_argument("--dynamic", action="store_true")
    parser.add_argument("--limit", type=float, default=2, help="seconds that others may pause (static members)")
    options = parser.parse_args()
    stage = Stage(options.gongbao, options.brokers, partitions=2 * options.workers)
    try:
        rehearse(stage, options)
    finally:
        stage.close()


def rehearse(stage, options):
    quick = ["batch.wait=50ms"]
    stage.worker("produce", ["produce", "--watch", "--inbox", stage.inbox], ["producer.settle=0ms", *quick])
    workers = []
    for number in range(1, options.workers + 1):
        name = [] if options.dynamic else [f"kafka.instance={number}"]
        workers.append(stage.worker(f"enrich-{number}", ["enrich"], name + quick))
    sink = stage.worker("sink", ["sink"], ["kafka.instance=1"])
    load = Load(stage, options.rate)
    load.start()
    stage.until(
        lambda: all((w.metric("gongbao_records_in_total") or 0) > 20 for w in workers), 120, "all workers have work")
    time.sleep(5)
    kind = "dynamic" if options.dynamic else "static"
    print(f"{options.workers} {kind} enrichment workers, {options.rate:.0f} bulletins a second")
    print("restarted   undisturbed, longest   others, longest   its own partitions")
    print("            time between batches   pause             stood still")
    worst = 0
    for worker in workers:
        others = [Progress(other) for other in workers if other is not worker]
        for each in others:
            each.start()
        time.sleep(4)
        begin = time.monotonic()
        calm = max(each.gap(begin - 4, begin - 0.1) for each in others)
        worker.stop()
        worker.start()
        stage.until(lambda w=worker: (w.metric("gongbao_records_in_total") or 0) > 0, 120, "the worker goes on")
        back = time.monotonic() - begin
        time.sleep(4)
        pause = max(each.gap(begin, time.monotonic()) for each in others)
        for each in others:
            each.end()
        worst = max(worst, pause)
        print(f"{worker.name:11} {calm:8.2f} s {pause:20.2f} s {back:15.2f} s", flush=True)
    load.end()
    stage.until(lambda: f" {stage.written} bulletins, {stage.written} articles, {3 * stage.written} indicators"
                in stage.run("status").stdout, 120, "every figure is in the database")
    print(f"{stage.written} bulletins offered; {stage.written} bulletins and {3 * stage.written} indicators stored, none twice")
    rebalances = {w.name: int(w.metric("gongbao_rebalances_total")) for w in workers}
    print("rebalances since each worker's last start:", rebalances)
    sink.stop()
    if not options.dynamic and worst > options.limit:
        sys.exit(f"rolling: the others paused for {worst:.2f} s, more than {options.limit} s")


if __name__ == "__main__":
    main()
