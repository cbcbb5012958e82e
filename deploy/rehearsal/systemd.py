"""Installs gongbao in a Debian that has no Swift, boots a systemd in it, and does to it what happens to machines.

   systemd.py PROGRAM [--root DIR] [--keep]
     PROGRAM     as install.sh builds it, with the Swift library in it
     --root DIR  a Debian made before, as by this rehearsal; it is copied, and made there where it is missing
     --keep      leaves the machine's files in their place

Asks for root, debootstrap and systemd-nspawn; the machine shares the network, in which the stand-in broker runs."""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import stage

RUNTIME = [
    "librdkafka1", "libpq5", "libarchive13", "libsqlite3-0", "libxlsxwriter4", "libxml2", "libzstd1", "libstdc++6",
    "poppler-utils", "poppler-data"]
BASE = ["systemd", "systemd-sysv", "dbus", "procps", "passwd", "ca-certificates"]
UNITS = ["gongbao-producer.service", "gongbao-enrich@1.service", "gongbao-sink.service"]
HERE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def make_root(place):
    """A Debian with what gongbao needs to run, and nothing to build it with."""
    if os.path.exists(place + "/etc/debian_version"):
        return
    subprocess.run(
        ["debootstrap", "--variant=minbase", "--include=" + ",".join(BASE), "bookworm", place], check=True,
        stdout=subprocess.DEVNULL)
    shutil.copy("/etc/resolv.conf", place + "/etc/resolv.conf")
    environment = {"DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *RUNTIME]):
        subprocess.run(["chroot", place, *command], check=True, stdout=subprocess.DEVNULL, env=environment)


class Machine:
    """A booted systemd, and commands in it."""

    def __init__(self, root):
        self.root, self.log, self.process = root, tempfile.NamedTemporaryFile(prefix="gongbao-boot-"), None

    def boot(self):
        command = [
            "systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--boot", "--console=read-only", "-D", self.root,
            f"--bind-ro={HERE}:/src", "--hostname=rehearsal"]
        # A session of its own: a key on our terminal must not reach it.
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)

    def init(self):
        """The process that is number 1 in there."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        for line in found.stdout.split():
            with open(f"/proc/{line}/status", encoding="utf-8") as status:
                if any(each.startswith("NSpid:") and each.split()[-1] == "1" for each in status):
                    return line
        return None

    def run(self, *command, check=True):
        init = self.init()
        if init is None:
            return subprocess.CompletedProcess(command, 255, "", "the machine is down")
        enter = ["nsenter", "--target", init, "--mount", "--uts", "--ipc", "--pid", "--cgroup", "--", *command]
        found = subprocess.run(enter, capture_output=True, text=True, check=False, env={
            "PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"})
        if check and found.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {found.returncode}: {found.stderr or found.stdout}")
        return found

    def shows(self, unit, name):
        return self.run("systemctl", "show", "--value", "--property", name, unit, check=False).stdout.strip()

    def is_up(self):
        return self.run("systemctl", "is-system-running", check=False).stdout.strip() in ("running", "degraded")

    def off(self):
        if self.process and self.process.poll() is None:
            self.run("systemctl", "poweroff", check=False)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGKILL)
                self.process.wait()


class Rehearsal:
    def __init__(self, machine, brokers):
        self.machine, self.brokers, self.dropped = machine, brokers, 0
        self.began = time.monotonic()

    def say(self, text):
        print(f"{time.monotonic() - self.began:6.1f} s  {text}", flush=True)

    def until(self, condition, seconds, what):
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                print(self.machine.run("journalctl", "-b", "--no-pager", "-n", "60", check=False).stdout, file=sys.stderr)
                raise RuntimeError(f"within {seconds} s it did not come to it that {what}")
            time.sleep(0.3)

    def gongbao(self, *arguments, check=True):
        return self.machine.run(
            "setpriv", "--reuid=gongbao", "--regid=gongbao", "--clear-groups", "env",
            "GONGBAO_CONFIG=/etc/gongbao/gongbao.yaml", "GONGBAO_DATA=/var/lib/gongbao", "gongbao", *arguments,
            check=check)

    def drop(self):
        """A bulletin into the inbox; returns once its figure can be asked for."""
        self.dropped += 1
        value = f"{1000 + self.dropped}.{self.dropped}"
        name = f"{self.machine.root}/var/lib/gongbao/inbox/{self.dropped}.md"
        with open(name + ".part", "w", encoding="utf-8") as file:
            file.write(f"# 临江市{self.dropped}号公报\n\n2024年，全市一般公共预算收入{value}亿元。\n")
        os.chmod(name + ".part", 0o644)
        os.rename(name + ".part", name)

        def is_there():
            found = self.gongbao("query", "--format", "jsonl", check=False).stdout.splitlines()
            return sum(json.loads(line).get("quote") == value + "亿元" for line in found) == 1
        self.until(is_there, 120, f"the figure {value} of bulletin {self.dropped} can be asked for, once")

    def active(self):
        return all(self.machine.shows(unit, "ActiveState") == "active" for unit in UNITS)

    def install(self):
        machine = self.machine
        machine.run("/src/deploy/install.sh", "--program", "/root/gongbao")
        path = machine.root + "/etc/gongbao/gongbao.yaml"
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace('  brokers: ""', f'  brokers: "{self.brokers}"', 1))
        version = machine.run("gongbao", "--version").stdout.strip()
        lacks = machine.run("sh", "-c", "command -v swift || echo none").stdout.strip()
        self.say(f"installed gongbao {version} beside Swift: {lacks}; broker {self.brokers}")
        self.gongbao("topics", "create")
        machine.run("systemctl", "enable", "--now", "gongbao.target")
        self.until(self.active, 60, "all workers are active")
        self.say("the target is started; " + ", ".join(f"{unit} active" for unit in UNITS))

    def kill(self):
        unit = UNITS[1]
        before = self.machine.shows(unit, "MainPID")
        self.machine.run("kill", "-KILL", before)
        self.until(lambda: self.machine.shows(unit, "MainPID") not in ("0", before) and self.active(), 60, "it is restarted")
        self.say(f"{unit} was killed (pid {before}) and is back (pid {self.machine.shows(unit, 'MainPID')}, "
                 f"NRestarts={self.machine.shows(unit, 'NRestarts')})")

    def freeze(self):
        unit = UNITS[1]
        folder = f"{self.machine.root}/etc/systemd/system/{unit}.d"
        os.makedirs(folder, exist_ok=True)
        with open(folder + "/rehearsal.conf", "w", encoding="utf-8") as file:
            file.write("[Service]\nWatchdogSec=10s\nTimeoutAbortSec=3s\n")
        self.machine.run("systemctl", "daemon-reload")
        self.machine.run("systemctl", "restart", unit)
        self.until(self.active, 60, "it is active with a short watchdog")
        before = self.machine.shows(unit, "MainPID")
        self.machine.run("kill", "-STOP", before)
        began = time.monotonic()
        self.until(lambda: self.machine.shows(unit, "MainPID") not in ("0", before) and self.active(), 90, "the watchdog acts")
        told = self.machine.run("journalctl", "-b", "--no-pager", "-u", unit, "--grep", "[Ww]atchdog timeout").stdout
        self.say(f"{unit} was frozen; its watchdog of 10 s had it replaced after {time.monotonic() - began:.0f} s: "
                 + told.strip().splitlines()[-1].split(": ", 1)[-1])
        shutil.rmtree(folder)
        self.machine.run("systemctl", "daemon-reload")

    def stop(self):
        began = time.monotonic()
        self.machine.run("systemctl", "stop", "gongbao.target")
        self.until(
            lambda: all(self.machine.shows(unit, "ActiveState") == "inactive" for unit in UNITS), 60, "all are stopped")
        results = {self.machine.shows(unit, "Result") for unit in UNITS}
        if results != {"success"}:
            raise RuntimeError(f"the workers did not end well: {results}")
        self.say(f"the target was stopped in {time.monotonic() - began:.1f} s; all ended with success")
        self.machine.run("systemctl", "start", "gongbao.target")
        self.until(self.active, 60, "all workers are active again")

    def reboot(self):
        self.machine.run("systemctl", "reboot", check=False)
        # Under --keep-unit nspawn ends with this status and leaves it to its caller to boot again.
        if self.machine.process.wait(120) != 133:
            raise RuntimeError("the machine did not end in a reboot")
        self.machine.boot()
        self.until(self.machine.is_up, 120, "it is up again")
        self.until(self.active, 60, "the workers come up by themselves")
        self.say("the machine was rebooted; the workers came up by themselves")

    def journal(self):
        said = self.machine.run("journalctl", "--no-pager", "-o", "cat").stdout
        priorities = [line for line in said.splitlines() if "thread priority" in line]
        if priorities:
            raise RuntimeError(f"the journal has {len(priorities)} lines of libdispatch, the first: {priorities[0]}")
        errors = [line for line in said.splitlines() if "level=error" in line or '"level":"error"' in line]
        if errors:
            raise RuntimeError(f"the journal has errors of workers, the first: {errors[0]}")
        self.say(f"the journal has {len(said.splitlines())} lines, none on thread priorities, no error of a worker")

    def uninstall(self):
        self.machine.run("/src/deploy/uninstall.sh")
        root = self.machine.root
        left = [path for path in ("/usr/local/bin/gongbao", "/usr/local/share/gongbao", "/etc/systemd/system/gongbao.target",
                                  "/etc/systemd/system/gongbao-sink.service") if os.path.lexists(root + path)]
        if left:
            raise RuntimeError(f"uninstalling left {left}")
        kept = [path for path in ("/etc/gongbao/gongbao.yaml", "/var/lib/gongbao/gongbao.sqlite") if not os.path.exists(root + path)]
        if kept:
            raise RuntimeError(f"uninstalling took {kept}")
        if self.machine.run("pgrep", "-x", "gongbao", check=False).stdout.strip():
            raise RuntimeError("uninstalling left workers at work")
        self.say("uninstalled: program, units and tables are gone, configuration and data are kept")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--brokers")
    parser.add_argument("--root", default=os.path.expanduser("~/.cache/gongbao/bookworm"))
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    make_root(options.root)
    place = tempfile.mkdtemp(prefix="gongbao-machine-")
    root = place + "/root"
    subprocess.run(["cp", "-a", "--reflink=auto", options.root, root], check=True)
    shutil.copy(options.program, root + "/root/gongbao")
    machine, broker = Machine(root), None
    try:
        broker = stage.Stage(options.program, options.brokers)
        rehearsal = Rehearsal(machine, broker.brokers)
        machine.boot()
        rehearsal.until(lambda: machine.init() is not None and machine.is_up(), 90, "the machine is up")
        rehearsal.say("booted: " + machine.run("systemctl", "--version").stdout.splitlines()[0])
        rehearsal.install()
        rehearsal.drop()
        rehearsal.say("a bulletin was dropped, and its figure can be asked for")
        for step in (rehearsal.kill, rehearsal.freeze, rehearsal.stop, rehearsal.reboot):
            step()
            rehearsal.drop()
        rehearsal.say(f"each was followed by a bulletin: {rehearsal.dropped} figures, each once")
        rehearsal.journal()
        rehearsal.uninstall()
        print("rehearsal: held")
    except RuntimeError as error:
        sys.exit(f"rehearsal: {error}")
    finally:
        machine.off()
        if broker:
            broker.close()
        if not options.keep:
            shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
