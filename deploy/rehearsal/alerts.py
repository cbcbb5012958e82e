#!/usr/bin/env python3
"""Runs the workers for real, has a real Prometheus scrape them, brings about the cause of every alert
in deploy/prometheus/gongbao.rules.yaml, and shows each of them firing.

  alerts.py GONGBAO [--brokers host:port]

The rules are the shipped ones with two changes, since nobody wants to wait a day: times are seconds
instead of minutes, and thresholds are as low as a rehearsal is short (see SHORT below).
"""
import argparse
import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request

from stage import Load, Stage, free_port

HERE = os.path.dirname(os.path.abspath(__file__))
RULES = os.path.join(HERE, "..", "prometheus", "gongbao.rules.yaml")
LEXICON = os.path.join(HERE, "..", "..", "Config", "lexicon")

# Alert: the threshold as shipped, and for the rehearsal.
SHORT = {
    "GongbaoLoopStalled": ("> 120", "> 4"),
    "GongbaoRetries": ("> 20", "> 1"),
    "GongbaoLag": ("> 10000", "> 50"),
    "GongbaoLagGrows": ("> 100 ", "> 10 "),
    "GongbaoNoInput": ("> 86400", "> 10"),
    "GongbaoRebalances": ("> 12", "> 2"),
    "GongbaoSlow": ("> 300", "> 5"),
    "GongbaoMemory": ("> 1.5e9", "> 1e6"),
}


def rehearsal_rules():
    """The text of the shortened rules, and the names of the alerts."""
    with open(RULES, encoding="utf-8") as file:
        head, *blocks = re.split(r"(?m)^(?=\s*- alert: )", file.read())
    names, out = [], head
    for block in blocks:
        name = re.match(r"\s*- alert: (\w+)", block)[1]
        names.append(name)
        block = re.sub(r"\[\d+m\]", "[15s]", block)
        block = re.sub(r"(?m)^(\s*)for: .*$", r"\1for: 2s", block)
        if name in SHORT:
            old, new = SHORT[name]
            if old not in block:
                sys.exit(f"alerts: {name} has no threshold '{old}' any more; correct SHORT in {__file__}")
            block = block.replace(old, new)
        out += block
    return out, names


class Prometheus:
    """A Prometheus that scrapes the workers of a stage every second."""

    def __init__(self, stage, rules):
        self.port = free_port()
        place = os.path.join(stage.place, "prometheus")
        os.mkdir(place)
        with open(place + "/rules.yaml", "w", encoding="utf-8") as file:
            file.write(rules)
        targets = [f"127.0.0.1:{worker.port}" for worker in stage.workers]
        with open(place + "/prometheus.yaml", "w", encoding="utf-8") as file:
            json.dump({
                "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
                "rule_files": ["rules.yaml"],
                "scrape_configs": [{"job_name": "gongbao", "static_configs": [{"targets": targets}]}],
            }, file)
        with open(place + "/log", "wb") as log:
            self.process = subprocess.Popen([
                "prometheus", f"--config.file={place}/prometheus.yaml", f"--storage.tsdb.path={place}/data",
                f"--web.listen-address=127.0.0.1:{self.port}"], stdout=log, stderr=log)

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return json.load(answer)["data"]
        except OSError:
            return None

    def firing(self):
        found = self.get("/api/v1/alerts") or {"alerts": []}
        return {a["labels"]["alertname"]: a for a in found["alerts"] if a["state"] == "firing"}

    def scraped(self):
        """Names of all metrics that came from the workers."""
        return set(self.get("/api/v1/label/__name__/values") or [])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gongbao")
    parser.add_argument("--brokers")
    options = parser.parse_args()
    if not shutil.which("prometheus"):
        sys.exit("alerts: Prometheus is missing; deploy/setup.sh --tests installs it.")
    stage = Stage(os.path.abspath(options.gongbao), options.brokers)
    prometheus = None
    try:
        rules, names = rehearsal_rules()
        workers = start(stage)
        prometheus = Prometheus(stage, rules)
        rehearse(stage, workers, prometheus, names)
    finally:
        if prometheus:
            prometheus.process.kill()
            prometheus.process.wait()
        stage.close()


def start(stage):
    quick = ["batch.wait=100ms", "retry.longest=500ms"]
    # As root nothing would be unreadable.
    plain = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    produce = stage.worker("produce", ["produce", "--watch", "--inbox", stage.inbox], ["producer.settle=0ms", *quick])
    if plain:
        produce.stop()
        produce.arguments = plain + produce.arguments
        produce.start()
    workers = {
        "produce": produce,
        "enrich": stage.worker("enrich", ["enrich"], ["kafka.instance=1", *quick]),
        "restless": stage.worker("restless", ["enrich"], quick),
        "sink": stage.worker("sink", ["sink"], ["kafka.instance=1", *quick]),
    }
    for worker in workers.values():
        stage.until(lambda w=worker: w.get("/readyz")[0] == 200, 60, f"{worker.name} is ready")
    return workers


def rehearse(stage, workers, prometheus, names):
    shown = set()

    def fires(*alerts, within=60):
        """Waits until these alerts fire, and tells of each."""
        def all_of_them():
            now = prometheus.firing()
            return now if set(alerts) <= set(now) else None

        found = stage.until(all_of_them, within, lambda: f"{', '.join(set(alerts) - set(prometheus.firing()))} fires")
        for alert in alerts:
            shown.add(alert)
            print(f"   firing: {alert}: {found[alert]['annotations']['summary']}", flush=True)

    def cause(sentence):
        print(f"-- {sentence}", flush=True)

    stage.offer()
    stage.until(lambda: workers["sink"].metric("gongbao_rows_total", kind="bulletins"), 60, "a bulletin is stored")
    time.sleep(3)
    early = set(prometheus.firing()) - {"GongbaoMemory", "GongbaoRebalances"}
    if early:
        sys.exit(f"alerts: {', '.join(early)} fires although all is well")
    for worker in workers.values():
        page = worker.get("/metrics")[1]
        check = subprocess.run(["promtool", "check", "metrics"], input=page, text=True, capture_output=True, check=False)
        if check.returncode:
            sys.exit(f"alerts: promtool says of {worker.name}: {check.stderr}")
    print("all is well: nothing fires; promtool finds nothing wrong with what the workers tell")

    cause("(the rehearsal's limit of memory is lower than any process)")
    fires("GongbaoMemory")
    cause("a file that is no text, and one that nobody may read")
    stage.offer(b"\xff\xff\x80")
    path = os.path.join(stage.inbox, "secret.md")
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0))
    fires("GongbaoDeadLetters", "GongbaoUnreadableInputs")
    cause("no bulletin for a while")
    fires("GongbaoNoInput")
    cause("an enrichment worker that comes and goes")
    for _ in range(3):
        workers["restless"].stop()
        workers["restless"].start()
        stage.until(lambda: workers["restless"].get("/readyz")[0] == 200, 60, "the worker is back")
    fires("GongbaoRebalances")
    cause("another program keeps the database locked while bulletins arrive")
    lock = sqlite3.connect(stage.place + "/gongbao.sqlite", isolation_level=None, timeout=60)
    lock.execute("BEGIN EXCLUSIVE")
    load = Load(stage, 30)
    load.start()
    fires("GongbaoOutage", "GongbaoRetries", "GongbaoTransactionAborts", "GongbaoLag", "GongbaoLagGrows", within=120)
    load.end()
    lock.execute("ROLLBACK")
    lock.close()
    cause("the lock is gone, and late rows arrive")
    fires("GongbaoSlow")
    cause("a database that is further than the log, and a sink that is told to go on all the same")
    workers["sink"].stop()
    database = sqlite3.connect(stage.place + "/gongbao.sqlite", isolation_level=None, timeout=60)
    database.execute("UPDATE progress SET next_offset = next_offset + 1000000 WHERE topic LIKE '%bulletins'")
    database.close()
    workers["sink"].arguments += ["--accept-gap"]
    workers["sink"].start()
    fires("GongbaoRecordsLost")
    cause("a record that stands for a bulletin says that it has two articles, and it has none")
    orphan = "# 无文章的公报\n\n本公报所述投资1.5亿元。\n".encode()
    stage.write("bulletins", hashlib.sha256(orphan).hexdigest(), orphan, {"gongbao_articles": "2"})
    # The sink looks every 15 s, at some hundred bulletins each time; those before this one come first.
    fires("GongbaoBulletinsIncomplete", within=150)
    cause("a worker with another lexicon")
    other = stage.place + "/lexicon"
    shutil.copytree(LEXICON, other)
    with open(other + "/measures.tsv", "a", encoding="utf-8") as file:
        file.write("# another edition\n")
    workers["restless"].stop()
    workers["restless"].arguments += ["--set", f"lexicon={other}"]
    workers["restless"].start()
    fires("GongbaoEnginesDiffer")
    cause("a worker whose log nobody reads, so that its loop hangs in a write")
    hang(workers["produce"], stage)
    fires("GongbaoLoopStalled")
    cause("a worker that is killed")
    workers["enrich"].stop(signal.SIGKILL)
    fires("GongbaoWorkerDown")

    missing = set(names) - shown
    if missing:
        sys.exit(f"alerts: nobody brought about the cause of {', '.join(sorted(missing))}")
    with open(RULES, encoding="utf-8") as file:
        named = set(re.findall(r"\b(?:gongbao|process)_[a-z_]+\b", file.read()))
    unknown = named - prometheus.scraped()
    if unknown:
        sys.exit(f"alerts: the rules name what no worker tells: {', '.join(sorted(unknown))}")
    print(f"every alert of {len(names)} fired on its cause")


def hang(worker, stage):
    """Starts the worker anew with a full pipe for its log, and gives it something to tell."""
    worker.stop()
    reader, writer = os.pipe()
    worker.process = subprocess.Popen(worker.arguments, stdin=subprocess.DEVNULL, stdout=writer, stderr=writer)
    stage.until(lambda: worker.get("/readyz")[0] == 200, 60, "the worker is ready")
    os.close(writer)
    again = os.open(f"/proc/{worker.process.pid}/fd/2", os.O_WRONLY | os.O_NONBLOCK)
    try:
        while True:
            os.write(again, b"\n")
    except BlockingIOError:
        os.close(again)
    stage.offer(b"\xff\xfe\x80")
    worker.pipe = reader


if __name__ == "__main__":
    main()
