#!/usr/bin/env python3
"""Measures how fast the workers are beside other programs that do the least of the same, in one run.

  speed.py GONGBAO --brokers host:port [--rounds 5] [--files 20000] [--rows NAME…] [--database postgresql://…]

Each row runs gongbao and its peer in turn, and prints how fast gongbao is as a multiple of the peer: the least, the
median and the most of all rounds. Numbers of one run on one machine say something, others do not. A row whose peer is
not there is skipped with a sentence: kcat, sqlite3, psql, a C compiler with librdkafka, and confluent-kafka for
Python, which is installed from PyPI into a folder of its own. The topics stay on the broker.
"""
import argparse
import csv
import os
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

from stage import Stage, bulletin

HERE = os.path.dirname(os.path.abspath(__file__))
LZ4 = ["--set", "kafka.properties.compression.codec=lz4"]


class Skipped(Exception):
    """Why a row cannot be measured, as one sentence."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gongbao")
    parser.add_argument("--brokers", required=True)
    parser.add_argument("--rounds", type=int, default=5, help="how often each pair runs")
    parser.add_argument("--files", type=int, default=20_000, help="how many small bulletins")
    parser.add_argument("--rows", nargs="+", choices=list(ROWS), help="these rows alone")
    parser.add_argument("--database", default="", help="an empty PostgreSQL database, postgresql://…, for its row")
    options = parser.parse_args()
    world = World(options)
    print(f"{options.rounds} rounds, {os.cpu_count()} cores; gongbao as a multiple of the peer: least, median, most")
    try:
        for name in options.rows or ROWS:
            what, run = ROWS[name]
            try:
                for label, values in run(world).items():
                    low, middle, high = min(values), statistics.median(values), max(values)
                    print(f"{name:13} {what + label:78} {low:6.2f} {middle:6.2f} {high:6.2f}", flush=True)
            except Skipped as reason:
                print(f"{name:13} {what:78} skipped: {reason}", flush=True)
    finally:
        world.close()


def timed(command, **more):
    """Seconds and seconds of CPU that a command takes; it must end well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run(command, stdin=more.pop("stdin", subprocess.DEVNULL), stdout=more.pop("stdout", subprocess.DEVNULL),
                          stderr=subprocess.PIPE, check=False, **more)
    seconds = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3):
        sys.exit(f"speed: {' '.join(command)[:200]}: {done.stderr.decode()[-400:]}")
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def tool(name):
    return shutil.which(name) or skip(f"{name} is not installed.")


def skip(reason):
    raise Skipped(reason)


class World:
    """Bulletins, topics and peers, each made when it is first asked for."""

    def __init__(self, options):
        self.options, self.gongbao = options, options.gongbao
        self.place = tempfile.mkdtemp(prefix="gongbao-speed-")
        self.made, self.stages = {}, []

    def once(self, name, make):
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]

    def close(self):
        for stage in self.stages:
            stage.close()
        shutil.rmtree(self.place, ignore_errors=True)

    def pairs(self, ours, theirs):
        """Ratios of rates, gongbao first in every other round."""
        rates = []
        for number in range(self.options.rounds):
            first, second = (ours, theirs) if number % 2 == 0 else (theirs, ours)
            a, b = first(), second()
            rates.append(b / a if first is ours else a / b)
        return rates

    def stage(self):
        made = Stage(self.gongbao, self.options.brokers)
        self.stages.append(made)
        return made

    def files(self, count, text, name):
        """A folder of bulletins."""
        def make():
            folder = os.path.join(self.place, name)
            os.mkdir(folder)
            for number in range(count):
                with open(os.path.join(folder, f"{number:06}.md"), "w", encoding="utf-8") as file:
                    file.write(text(number))
            return folder
        return self.once(name, make)

    def small(self):
        return self.files(self.options.files, bulletin, "small")

    def real(self):
        samples = []
        folder = os.path.join(HERE, "../../Config/samples")
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                samples.append(file.read())
        return self.files(1000, lambda n: samples[n % len(samples)] + f"\n\n第{n}号。\n", "real")

    def topics(self, folder, *commands):
        """A stage whose topics have what is in a folder, as far as these commands bring it."""
        def make():
            stage = self.stage()
            for command in commands:
                extra = ["--inbox", folder] if command == "produce" else ["--until-caught-up"]
                done = stage.run(command, *extra, *LZ4)
                if done.returncode not in (0, 3):
                    sys.exit(f"speed: {command}: {done.stderr[-400:]}")
            return stage
        return self.once(("topics", folder, commands), make)

    def chain(self):
        def make():
            program = os.path.join(self.place, "chain")
            done = subprocess.run([tool("cc"), "-O2", "-o", program, os.path.join(HERE, "chain.c"), "-lrdkafka"],
                                  capture_output=True, check=False)
            return program if done.returncode == 0 else skip("the C loop does not build; install librdkafka-dev.")
        return self.once("chain", make)

    def python(self):
        def make():
            folder = os.path.join(self.place, "python")
            subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True, check=False)
            done = subprocess.run([folder + "/bin/pip", "install", "--quiet", "confluent-kafka", "cn2an"],
                                  capture_output=True, check=False) if os.path.exists(folder + "/bin/pip") else None
            return folder + "/bin/python" if done and done.returncode == 0 else skip("confluent-kafka cannot be installed from PyPI.")
        return self.once("python", make)

    def rows(self):
        """The tables of a database that the sink filled, as files; with the database."""
        def make():
            stage = self.topics(self.real(), "produce", "enrich")
            path = os.path.join(self.place, "filled.sqlite")
            timed([self.gongbao, "sink", "--until-caught-up", *stage.options, "--set", f"database={path}"])
            database = sqlite3.connect(path)
            tables = {}
            for table in ["bulletins", "articles", "readings", "indicators"]:
                file = os.path.join(self.place, table + ".csv")
                cursor = database.execute(f"SELECT * FROM {table}")
                columns = [column[0] for column in cursor.description]
                with open(file, "w", newline="", encoding="utf-8") as out:
                    writer = csv.writer(out)
                    for row in cursor:
                        writer.writerow(["\\x" + v.hex() if isinstance(v, bytes) else v for v in row])
                tables[table] = (file, columns)
            schema = [sql for (sql,) in database.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ('bulletins', 'articles', 'readings', 'indicators')")]
            return path, tables, schema
        return self.once("rows", make)


def fresh(stage):
    """The stage's options with groups of their own, so that everything is read again."""
    fresh.number = getattr(fresh, "number", 0) + 1
    name = f"{stage.prefix}{fresh.number}."
    return [o if not o.startswith("kafka.application=") else f"kafka.application={name}" for o in stage.options]


def produce(world, folder):
    kcat = tool("kcat")
    files = sorted(os.path.join(folder, name) for name in os.listdir(folder))

    def ours():
        stage = world.stage()
        return timed([world.gongbao, "produce", "--inbox", folder, *stage.options, *LZ4])[0]

    def theirs():
        stage = world.stage()
        return timed([kcat, "-b", world.options.brokers, "-P", "-t", stage.prefix + "bulletins", "-X", "compression.codec=lz4",
                      "-X", "acks=all", "-X", "message.max.bytes=16777216", *files])[0]

    return {"": world.pairs(ours, theirs)}


def produce_small(world):
    return produce(world, world.small())


def produce_large(world):
    sentence = "第{0}街道完成投资{0}.5亿元，比上年增长3.2%。"

    def text(number):
        return f"# 第{number}号公告\n\n" + "\n\n".join(sentence.format(number * 20_000 + n) for n in range(16_000))

    return produce(world, world.files(200, text, "large"))


def enrich(world, stage, theirs):
    cpu = []

    def ours():
        seconds, used = timed([world.gongbao, "enrich", "--until-caught-up", *fresh(stage), *LZ4])
        cpu.append(used)
        return seconds

    def other():
        seconds, used = theirs()
        cpu.append(used)
        return seconds

    rates = world.pairs(ours, other)
    pairs = [(a, b) if n % 2 == 0 else (b, a) for n, (a, b) in enumerate(zip(cpu[::2], cpu[1::2]))]
    return {"": rates, ", CPU": [a / b for a, b in pairs]}


def enrich_tiny(world):
    program = world.chain()
    stage = world.topics(world.small(), "produce")
    target = sink_topic(world, stage)
    return enrich(world, stage, lambda: timed([
        program, world.options.brokers, fresh(stage)[-3].replace("kafka.application=", ""), stage.prefix + "articles", target, "500"]))


def enrich_python(world):
    python = world.python()
    stage = world.topics(world.real(), "produce")
    target = sink_topic(world, stage)
    script = os.path.join(world.place, "peer.py")
    with open(script, "w", encoding="utf-8") as file:
        file.write(PYTHON_PEER)
    return enrich(world, stage, lambda: timed([
        python, script, world.options.brokers, fresh(stage)[-3].replace("kafka.application=", ""), stage.prefix + "articles", target]))


def sink_topic(world, stage):
    """Where a peer writes, so that nobody else reads it."""
    other = world.once(("other", stage.prefix), world.stage)
    return other.prefix + "indicators"


PYTHON_PEER = '''
import re, sys
import cn2an
from confluent_kafka import Consumer, KafkaError, Producer
brokers, group, source, target = sys.argv[1:]
consumer = Consumer({"bootstrap.servers": brokers, "group.id": group, "auto.offset.reset": "earliest",
    "enable.auto.commit": False, "isolation.level": "read_committed", "enable.partition.eof": True})
producer = Producer({"bootstrap.servers": brokers, "transactional.id": group, "compression.codec": "lz4"})
producer.init_transactions()
consumer.subscribe([source])
figure = re.compile(r"([0-9]+(?:\\.[0-9]+)?|[零一二三四五六七八九十百千万亿]+)(万亿|亿|万)?(元|人|户|所|公里|吨|%)")
ended = set()
while not ended or len(ended) < len(consumer.assignment()):
    batch = consumer.consume(500, 0.2)
    good = []
    for message in batch:
        if message.error() is None:
            good.append(message)
        elif message.error().code() == KafkaError._PARTITION_EOF:
            ended.add(message.partition())
    if not good:
        continue
    producer.begin_transaction()
    for message in good:
        for match in figure.finditer(message.value().decode()):
            number = match[1]
            try:
                value = float(number) if number[0].isdigit() else cn2an.cn2an(number, "smart")
            except ValueError:
                continue
            while True:
                try:
                    producer.produce(target, key=message.key(), value=f"{value} {match[2] or ''}{match[3]}".encode())
                    break
                except BufferError:
                    producer.poll(0.01)
    producer.send_offsets_to_transaction(consumer.position(consumer.assignment()), consumer.consumer_group_metadata())
    producer.commit_transaction()
consumer.close()
'''


def sink_sqlite(world):
    import_with = tool("sqlite3")
    path, tables, schema = world.rows()
    stage = world.topics(world.real(), "produce", "enrich")
    target = os.path.join(world.place, "target.sqlite")

    def clear():
        for end in ["", "-wal", "-shm"]:
            if os.path.exists(target + end):
                os.remove(target + end)

    def ours():
        clear()
        return timed([world.gongbao, "sink", "--until-caught-up", *fresh(stage), "--set", f"database={target}"])[0]

    def theirs():
        clear()
        commands = ["PRAGMA journal_mode=WAL;", "PRAGMA synchronous=FULL;"]
        # Tables that are not strict, as the command takes every value for text.
        commands += [re.sub(r"\) STRICT(, WITHOUT ROWID)?", lambda m: ")" + (" WITHOUT ROWID" if m[1] else ""), sql) + ";" for sql in schema]
        commands += [f".import --csv {file} {table}" for table, (file, _) in tables.items()]
        with open(os.path.join(world.place, "import.sql"), "w", encoding="utf-8") as file:
            file.write("\n".join(commands) + "\n")
        with open(os.path.join(world.place, "import.sql"), "rb") as file:
            return timed([import_with, target], stdin=file)[0]

    return {"": world.pairs(ours, theirs)}


def sink_postgres(world):
    psql = tool("psql")
    if not world.options.database:
        skip("name an empty database with --database postgresql://…")
    _, tables, _ = world.rows()
    stage = world.topics(world.real(), "produce", "enrich")

    def clear():
        timed([psql, "-q", world.options.database, "-c", "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"])

    def ours():
        clear()
        return timed([world.gongbao, "sink", "--until-caught-up", *fresh(stage), "--set", f"database={world.options.database}"])[0]

    def theirs():
        # The tables are those of the round before, or of a sink that has nothing to do.
        clear()
        empty = world.once("empty", world.stage)
        timed([world.gongbao, "sink", "--until-caught-up", *fresh(empty), "--set", f"database={world.options.database}"])
        copies = "; ".join(
            f"\\copy {table} ({', '.join(chr(34) + c + chr(34) for c in columns)}) from {file} csv"
            for table, (file, columns) in tables.items())
        arguments = [psql, "-q", world.options.database]
        for copy in copies.split("; "):
            arguments += ["-c", copy]
        return timed(arguments)[0]

    return {"": world.pairs(ours, theirs)}


def run_embedded(world):
    folder = world.real()
    files = sorted(os.path.join(folder, name) for name in os.listdir(folder))

    def ours():
        data = tempfile.mkdtemp(dir=world.place)
        try:
            return timed([world.gongbao, "run", "--inbox", folder, "--data", data])[0]
        finally:
            shutil.rmtree(data)

    return {"": world.pairs(ours, lambda: timed([world.gongbao, "extract", "--format", "jsonl", *files])[0])}


def latency(world, count=200):
    python = world.python()
    script = os.path.join(world.place, "latency.py")
    with open(script, "w", encoding="utf-8") as file:
        file.write(LATENCY_PEER)
    middles, tails = [], []
    for _ in range(world.options.rounds):
        stage = world.stage()
        for command in ["produce", "enrich", "sink"]:
            extra = ["--inbox", stage.inbox, "--watch"] if command == "produce" else []
            worker = stage.worker(command, [command, *extra, *LZ4])
            stage.until(lambda w=worker: w.get("/readyz")[0] == 200, 60, f"{command} is ready")
        path = os.path.join(stage.place, "gongbao.sqlite")
        ours = []
        for number in range(count):
            start = time.monotonic()
            stage.offer()
            database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            while database.execute("SELECT count(*) FROM readings").fetchone()[0] <= number:
                time.sleep(0.001)
                if time.monotonic() - start > 60:
                    sys.exit("speed: a bulletin does not arrive")
            database.close()
            ours.append(time.monotonic() - start)
            time.sleep(0.05)
        for worker in stage.workers:
            worker.stop()
        other = world.stage()
        done = subprocess.run([python, script, world.options.brokers, other.prefix, str(count)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit("speed: " + done.stderr[-400:])
        theirs = [float(line) for line in done.stdout.split()]
        middles.append(statistics.median(ours) / statistics.median(theirs))
        tails.append(sorted(ours)[int(count * 0.99)] / sorted(theirs)[int(count * 0.99)])
    return {", p50 (less is better)": middles, ", p99 (less is better)": tails}


LATENCY_PEER = '''
import os, sqlite3, sys, tempfile, threading, time
from confluent_kafka import Consumer, Producer
brokers, prefix, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
def consumer(name):
    return Consumer({"bootstrap.servers": brokers, "group.id": prefix + name, "auto.offset.reset": "earliest",
        "enable.auto.commit": False, "isolation.level": "read_committed"})
def producer(name):
    made = Producer({"bootstrap.servers": brokers, "transactional.id": prefix + name, "compression.codec": "lz4"})
    made.init_transactions()
    return made
stored = threading.Semaphore(0)
ready = threading.Semaphore(0)
def enrich():
    source, target = consumer("peer-enrich"), producer("peer-enrich")
    source.subscribe([prefix + "articles"])
    ready.release()
    for _ in range(count):
        while True:
            message = source.poll(1)
            if message is not None and message.error() is None: break
        target.begin_transaction()
        target.produce(prefix + "indicators", key=message.key(), value=message.value())
        target.send_offsets_to_transaction(source.position(source.assignment()), source.consumer_group_metadata())
        target.commit_transaction()
def sink():
    source = consumer("peer-sink")
    source.subscribe([prefix + "indicators"])
    database = sqlite3.connect(os.path.join(tempfile.mkdtemp(), "peer.sqlite"))
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE rows (value BLOB)")
    ready.release()
    for _ in range(count):
        while True:
            message = source.poll(1)
            if message is not None and message.error() is None: break
        database.execute("INSERT INTO rows VALUES (?)", (message.value(),))
        database.commit()
        stored.release()
        source.commit(asynchronous=False)
threading.Thread(target=enrich, daemon=True).start()
threading.Thread(target=sink, daemon=True).start()
first = producer("peer-produce")
ready.acquire(); ready.acquire()
time.sleep(5)
for number in range(count):
    start = time.monotonic()
    first.begin_transaction()
    first.produce(prefix + "bulletins", key=str(number), value=b"x" * 300)
    first.produce(prefix + "articles", key=str(number), value=b"x" * 300)
    first.commit_transaction()
    stored.acquire()
    print(time.monotonic() - start)
    time.sleep(0.05)
'''


def arguments(world):
    folder = world.small()
    files = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    command = [world.gongbao, "extract", "--format", "jsonl"]
    return {"": world.pairs(
        lambda: timed([*command, *files])[0],
        lambda: sum(timed([*command, *files[n:n + 500]])[0] for n in range(0, len(files), 500)))}


def cores(world):
    taskset = tool("taskset")
    if (os.cpu_count() or 1) < 2:
        skip("this machine has one core.")
    folder = world.real()
    files = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    command = [world.gongbao, "extract", "--format", "jsonl", *files]
    return {"": world.pairs(lambda: timed([taskset, "-c", "0,1", *command])[0], lambda: timed([taskset, "-c", "0", *command])[0])}


ROWS = {
    "produce-small": ("produce, small files, against kcat -P of the same bytes", produce_small),
    "produce-large": ("produce, 200 files of 1 MB, against kcat -P", produce_large),
    "enrich-tiny": ("enrich, tiny articles, against a C loop, 500 a transaction", enrich_tiny),
    "enrich-python": ("enrich, samples, against Python, a regular expression and cn2an", enrich_python),
    "sink-sqlite": ("sink into SQLite against .import into the same tables", sink_sqlite),
    "sink-postgres": ("sink into PostgreSQL against COPY into the same tables", sink_postgres),
    "run-embedded": ("run on the embedded log against extract of the same files", run_embedded),
    "latency": ("inbox to row, one bulletin, time against a plain chain", latency),
    "arguments": ("extract of all small files named in one call, against calls of 500", arguments),
    "cores": ("extract on two cores against one", cores),
}

if __name__ == "__main__":
    main()
