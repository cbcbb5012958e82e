#!/usr/bin/env python3
"""Measures how much memory each worker takes with much to do, and fails above the budget.

  bounds.py GONGBAO --brokers host:port [--backlog 10000000] [--seconds 60] [--stall 120] [--budget 512]

Enrichment and sink each work for some time on a backlog of so many records; all three workers take a
bulletin of 5 MB that is one article full of figures; the sink's database is locked for minutes while
records wait. The budget is in MiB of resident memory at its highest (VmHWM), which is what a
container or a systemd unit is given. A broker with disk for the backlog is needed: about 10 GB for
twice ten million records.
"""
import argparse
import json
import os
import re
import sqlite3
import subprocess
import sys
import time

from stage import Stage

# How many different records the backlog is made of.
TEMPLATES = 2000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gongbao")
    parser.add_argument("--brokers", required=True)
    parser.add_argument("--backlog", type=int, default=10_000_000, help="records that wait for each worker")
    parser.add_argument("--seconds", type=float, default=60, help="how long each works on its backlog")
    parser.add_argument("--stall", type=float, default=120, help="how long the database is locked, in seconds")
    parser.add_argument("--budget", type=int, default=512, help="MiB that a worker may take")
    options = parser.parse_args()
    stage = Stage(options.gongbao, options.brokers)
    try:
        peaks = rehearse(stage, options)
    finally:
        stage.close()
    above = [what for what, peak in peaks if peak > options.budget]
    print(f"the topics {stage.prefix}* stay on the broker")
    if above:
        sys.exit(f"bounds: more than {options.budget} MiB: {', '.join(above)}")


def rehearse(stage, options):
    print(f"{'worker':8} {'does':48} {'records':>10} {'peak MiB':>9}", flush=True)
    peaks = []

    def told(worker, what, records):
        peak = highest(worker)
        peaks.append((f"{worker.stage_name}: {what}", peak))
        print(f"{worker.stage_name:8} {what:48} {records:>10,.0f} {peak:>9.0f}", flush=True)

    def begin(command, *arguments, settings=()):
        worker = stage.worker(f"{command}-{len(stage.workers)}", [command, *arguments], settings)
        worker.stage_name = command
        return worker

    # A bulletin of 5 MB through all three, one after the other; first, as nothing else waits yet.
    stage.offer(large_bulletin(5_000_000).encode())
    for command in ["produce", "enrich", "sink"]:
        extra = ["--inbox", stage.inbox] if command == "produce" else []
        worker = begin(command, *extra, *([] if command == "produce" else ["--until-caught-up"]))
        wait_for(worker, 1200)
        told(worker, "takes a bulletin of 5 MB with one article", 1 if command != "sink" else stored(stage))

    samples = {topic: sample(stage, topic) for topic in ["articles", "indicators"]}
    # The sink first, as what enrichment works off would wait for the sink as well.
    for command, topic in [("sink", "indicators"), ("enrich", "articles")]:
        waiting = fill(stage, topic, samples[topic], options.backlog)
        worker = begin(command)
        stage.until(lambda w=worker: (w.metric("gongbao_records_in_total") or 0) > 0, 300, f"{command} begins")
        time.sleep(options.seconds)
        done = worker.metric("gongbao_records_in_total")
        alive(worker)
        told(worker, f"works {options.seconds:.0f} s on a backlog of {waiting:,}", done)
        if command == "sink":
            stall(stage, worker, options.stall)
            told(worker, f"waits {options.stall:.0f} s for a locked database, goes on", worker.metric("gongbao_records_in_total"))
        worker.stop()
    return peaks


def large_bulletin(size):
    """One article of so many bytes, with a figure in each sentence."""
    parts, length, number = ["# 临江市年度统计资料汇编\n\n"], 0, 0
    while length < size:
        number += 1
        part = f"第{number}街道完成投资{number}.{number % 9 + 1}亿元，比上年增长{number % 17 + 1}.5%。"
        if number % 8 == 0:
            part += "\n\n"
        parts.append(part)
        length += len(part.encode())
    return "".join(parts)


def sample(stage, topic):
    """Records as the workers write them, of the topic and of all that comes before it."""
    while stage.written < TEMPLATES:
        stage.offer(article(stage.written).encode())
    for command in [["produce", "--inbox", stage.inbox], ["enrich", "--until-caught-up"]]:
        result = stage.run(*command)
        if result.returncode not in (0, 3):
            sys.exit("bounds: " + result.stderr.strip())
    read = subprocess.run(
        ["kcat", "-b", stage.brokers, "-C", "-t", stage.prefix + topic, "-e", "-q", "-J", "-o", f"-{TEMPLATES // 4}"],
        capture_output=True, text=True, check=True)
    records = [json.loads(line) for line in read.stdout.splitlines()]
    # All but the large article and the records that close one.
    return [r for r in records if len(r["payload"]) < 20_000 and "count" not in json.loads(r["payload"])]


def fill(stage, topic, records, count):
    """Writes so many records to a topic: the samples again and again."""
    name = stage.prefix + topic
    headers = dict(zip(records[0]["headers"][::2], records[0]["headers"][1::2]))
    lines = "".join(f"{r['key']}\t{r['payload']}\n" for r in records)
    # Repetitions are further apart than lz4 looks back, so that this is no smaller than bulletins are.
    command = ["kcat", "-b", stage.brokers, "-P", "-t", name, "-K", "\t", "-z", "lz4", "-X", "linger.ms=50"]
    for key, value in headers.items():
        command += ["-H", f"{key}={value}"]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE)
    rounds = -(-count // len(records))
    for _ in range(rounds):
        writer.stdin.write(lines.encode())
    writer.stdin.close()
    if writer.wait() != 0:
        sys.exit("bounds: kcat could not write the backlog")
    return rounds * len(records)


def article(number):
    text = f"# 临江市第{number}号公告\n\n"
    for district in range(5):
        text += f"第{district + 1}街道完成投资{number * 5 + district}.3亿元，比上年增长{district % 9 + 1}.5%。"
    return text


def stall(stage, worker, seconds):
    """Locks the database against all others for some time, and sees the worker go on after it."""
    lock = sqlite3.connect(os.path.join(stage.place, "gongbao.sqlite"), timeout=60, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    before = worker.metric("gongbao_records_in_total")
    time.sleep(seconds)
    during = worker.metric("gongbao_records_in_total")
    alive(worker)
    status = worker.get("/readyz")[0]
    lock.execute("ROLLBACK")
    lock.close()
    stage.until(lambda: (worker.metric("gongbao_records_in_total") or 0) > during, 120, "the sink goes on")
    if during - before > 1000 or status != 503:
        sys.exit(f"bounds: a locked database was not an outage ({during - before:.0f} records, /readyz {status})")


def stored(stage):
    found = re.search(r"([\d,]+) indicators", stage.run("status").stdout)
    return int(found[1].replace(",", "")) if found else 0


def highest(worker):
    """The most resident memory that a process has had, in MiB."""
    if worker.process.poll() is not None:
        return worker.highest
    with open(f"/proc/{worker.process.pid}/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read())[1]) / 1024


def wait_for(worker, seconds):
    """Waits for its end; its memory is told by the system only then."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        pid, status, usage = os.wait4(worker.process.pid, os.WNOHANG)
        if pid:
            worker.process.returncode = os.waitstatus_to_exitcode(status)
            worker.highest = usage.ru_maxrss / 1024
            if worker.process.returncode != 0:
                sys.exit(f"bounds: {worker.name} ended with {worker.process.returncode}: "
                         + subprocess.getoutput(f"tail -3 {worker.log}"))
            return
        time.sleep(0.1)
    sys.exit(f"bounds: {worker.name} had not ended after {seconds} s")


def alive(worker):
    if worker.process.poll() is not None:
        sys.exit(f"bounds: {worker.name} ended: " + subprocess.getoutput(f"tail -3 {worker.log}"))


if __name__ == "__main__":
    main()
