"""What the rehearsals share: a broker, workers as processes of their own, bulletins, scraping."""
import http.client
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

SAMPLE = re.compile(r'^([a-zA-Z_:]+)(?:\{(.*)\})? (\S+)$')


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def bulletin(number):
    """A small bulletin with three figures of its own."""
    return (
        f"# 第{number}号公告\n\n2024年，第{number}区完成投资{number + 1}亿元，比上年增长{number % 9 + 1}.5%。\n\n"
        f"新建学校{number % 11 + 1}所。\n"
    )


class Worker:
    """One worker, started and started again with the same arguments."""

    def __init__(self, stage, name, arguments, settings=()):
        self.stage, self.name, self.port = stage, name, free_port()
        self.log = os.path.join(stage.place, f"{name}.log")
        self.arguments = [stage.gongbao, *arguments, *stage.options, "--set", f"operations.listen=127.0.0.1:{self.port}"]
        for setting in settings:
            self.arguments += ["--set", setting]
        self.process = None

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def stop(self, number=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(number)
            self.process.wait()

    def get(self, path):
        """Status and body of a page; (0, "") where nobody answers."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""

    def metric(self, name, **labels):
        """The sum of a metric's values with these labels; None where there is none."""
        found = None
        for line in self.get("/metrics")[1].splitlines():
            match = SAMPLE.match(line)
            if not match or match[1] != name:
                continue
            if all(f'{key}="{value}"' in (match[2] or "") for key, value in labels.items()):
                found = (found or 0) + float(match[3])
        return found


class Stage:
    """A broker with topics, a data directory and an inbox, all of them gone at the end."""

    def __init__(self, gongbao, brokers=None, partitions=4):
        self.gongbao = gongbao
        self.place = tempfile.mkdtemp(prefix="gongbao-rehearsal-")
        self.inbox = os.path.join(self.place, "inbox")
        os.mkdir(self.inbox)
        self.workers, self.broker, self.written = [], None, 0
        self.prefix = f"rehearsal{random.randrange(1 << 32)}."
        if not brokers:
            noida = os.environ.get("GONGBAO_NOIDA")
            if not noida:
                sys.exit("rehearsal: name a broker with --brokers host:port, or a stand-in with GONGBAO_NOIDA.")
            port = free_port()
            brokers = f"127.0.0.1:{port}"
            command = [noida, "start", "--only", "kafka", "--kafka-port", str(port), "--data-dir", self.place + "/broker"]
            # The command is a wrapper that leaves the broker behind when it ends alone: one group for both.
            self.broker = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self.brokers = brokers
        self.options = ["--brokers", brokers, "--data", self.place]
        for setting in (f"topics.prefix={self.prefix}", f"kafka.application={self.prefix}", f"topics.partitions={partitions}"):
            self.options += ["--set", setting]
        self.until(lambda: self.run("topics", "create").returncode == 0, 60, "the broker answers")

    def run(self, *arguments):
        return subprocess.run([self.gongbao, *arguments, *self.options], capture_output=True, text=True, check=False)

    def worker(self, name, arguments, settings=()):
        worker = Worker(self, name, arguments, settings)
        self.workers.append(worker)
        worker.start()
        return worker

    def offer(self, text=None):
        """Puts one bulletin into the inbox."""
        self.written += 1
        path = os.path.join(self.inbox, f"{self.written}.md")
        with open(path + ".part", "wb") as file:
            file.write(bulletin(self.written).encode() if text is None else text)
        os.rename(path + ".part", path)

    def write(self, topic, key, value, headers):
        """Puts one record into a topic, as a program might that is not gongbao."""
        path = os.path.join(self.place, "record")
        with open(path, "wb") as file:
            file.write(value)
        command = ["kcat", "-b", self.brokers, "-P", "-t", self.prefix + topic, "-k", key]
        for name, text in headers.items():
            command += ["-H", f"{name}={text}"]
        subprocess.run([*command, path], check=True, capture_output=True)

    def until(self, condition, seconds, what):
        """Waits until the condition holds, and ends everything when it does not come to."""
        deadline = time.monotonic() + seconds
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > deadline:
                for worker in self.workers:
                    print(f"--- {worker.name}", subprocess.getoutput(f"tail -3 {worker.log}"), sep="\n", file=sys.stderr)
                what = what() if callable(what) else what
                self.close()
                sys.exit(f"rehearsal: within {seconds} s it did not come to it that {what}.")
            time.sleep(0.2)

    def close(self):
        for worker in self.workers:
            worker.stop(signal.SIGKILL)
        if self.broker:
            os.killpg(self.broker.pid, signal.SIGKILL)
            self.broker.wait()
        shutil.rmtree(self.place, ignore_errors=True)


class Load(threading.Thread):
    """Bulletins into the inbox, so many in a second, until told to end."""

    def __init__(self, stage, rate):
        super().__init__(daemon=True)
        self.stage, self.rate, self.ended = stage, rate, threading.Event()

    def run(self):
        due = time.monotonic()
        while not self.ended.is_set():
            self.stage.offer()
            due += 1 / self.rate
            self.ended.wait(max(0, due - time.monotonic()))

    def end(self):
        self.ended.set()
        self.join()


class Progress(threading.Thread):
    """Notes when a worker's count of records grows."""

    def __init__(self, worker):
        super().__init__(daemon=True)
        self.worker, self.moments, self.ended = worker, [], threading.Event()

    def run(self):
        last = None
        while not self.ended.wait(0.02):
            count = self.worker.metric("gongbao_records_in_total")
            if count is not None and count != last:
                self.moments.append(time.monotonic())
                last = count

    def gap(self, start, end):
        """The longest time without progress that touches this span, in seconds."""
        moments = self.moments[:]
        gaps = [b - a for a, b in zip(moments, moments[1:]) if b >= start and a <= end]
        return max(gaps, default=end - start)

    def end(self):
        self.ended.set()
        self.join()
