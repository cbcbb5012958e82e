#!/usr/bin/env python3
"""Runs the workers over TLS and SASL against a real Kafka broker, and shows that what is wrong is told plainly.

  security.py GONGBAO --kafka DIR

DIR is an unpacked distribution of Apache Kafka 4 (with libs and config). Certificates, users and passwords are made
for the run and gone at the end. GSSAPI and OAUTHBEARER are not rehearsed: they need servers of their own.
"""
import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time

from stage import bulletin, free_port

MECHANISMS = ["PLAIN", "SCRAM-SHA-512"]


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, check=False, **more)


def certificate(place, name, authority=None, host="localhost"):
    """A key with a certificate, signed by an authority or by itself; the paths of both."""
    key, chain = f"{place}/{name}.key", f"{place}/{name}.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", chain, "-days", "2",
             "-subj", f"/CN={name}"]
    if authority:
        words += ["-CA", authority[1], "-CAkey", authority[0], "-addext", f"subjectAltName=DNS:{host}",
                  "-addext", "basicConstraints=critical,CA:FALSE"]
    made = run(*words)
    if made.returncode:
        sys.exit(f"security: openssl failed: {made.stderr}")
    return key, chain


class Broker:
    """Kafka with a listener for TLS and one for SASL over TLS, on localhost by name alone."""

    def __init__(self, kafka, place, password):
        self.place = place
        self.ports = {name: free_port() for name in ("PLAINTEXT", "CONTROLLER", "SSL", "SASL_SSL")}
        authority = certificate(place, "authority")
        self.authority = authority[1]
        self.stranger = certificate(place, "stranger")[1]
        key, chain = certificate(place, "broker", authority)
        store = f"{place}/broker-store.pem"
        with open(store, "w") as file:
            for path in (key, chain):
                file.write(open(path).read())
        listeners = ",".join(f"{name}://127.0.0.1:{port}" for name, port in self.ports.items())
        advertised = ",".join(
            f"{name}://localhost:{port}" for name, port in self.ports.items() if name != "CONTROLLER")
        kinds = "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL"
        module = "org.apache.kafka.common.security"
        settings = {
            "process.roles": "broker,controller", "node.id": "1",
            "controller.quorum.voters": f"1@127.0.0.1:{self.ports['CONTROLLER']}",
            "controller.listener.names": "CONTROLLER", "inter.broker.listener.name": "PLAINTEXT",
            "listeners": listeners, "advertised.listeners": advertised, "listener.security.protocol.map": kinds,
            "log.dirs": f"{place}/kafka", "offsets.topic.replication.factor": "1", "offsets.topic.num.partitions": "4",
            "transaction.state.log.replication.factor": "1", "transaction.state.log.min.isr": "1",
            "transaction.state.log.num.partitions": "4", "group.initial.rebalance.delay.ms": "0",
            "ssl.keystore.type": "PEM", "ssl.keystore.location": store, "sasl.enabled.mechanisms": ",".join(MECHANISMS),
            "listener.name.sasl_ssl.plain.sasl.jaas.config":
                f'{module}.plain.PlainLoginModule required user_gongbao="{password}";',
            "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": f"{module}.scram.ScramLoginModule required;",
        }
        path = f"{place}/server.properties"
        with open(path, "w") as file:
            file.writelines(f"{name}={value}\n" for name, value in settings.items())
        java = ["java", "-Xmx512m", "-cp", f"{kafka}/libs/*", "-Djava.net.preferIPv4Stack=true",
                f"-Dkafka.logs.dir={place}"]
        made = run(*java, "kafka.tools.StorageTool", "format", "-c", path, "-t", "MkU3OEVBNTcwNTJENDM2Qg")
        if made.returncode:
            sys.exit(f"security: the broker's directory cannot be made: {made.stdout}{made.stderr}")
        log = open(f"{place}/kafka.log", "w")
        self.process = subprocess.Popen([*java, "kafka.Kafka", path], stdout=log, stderr=log)
        self.java = java

    def address(self, listener, host="localhost"):
        return f"{host}:{self.ports[listener]}"

    def add_user(self, password):
        """The user that SCRAM knows; PLAIN has it in the broker's settings."""
        made = run(*self.java, "kafka.admin.ConfigCommand", "--bootstrap-server", self.address("PLAINTEXT"), "--alter",
                   "--add-config", f"SCRAM-SHA-512=[password={password}]", "--entity-type", "users",
                   "--entity-name", "gongbao")
        if made.returncode:
            sys.exit(f"security: the broker takes no user: {made.stdout}{made.stderr}")

    def close(self):
        self.process.kill()
        self.process.wait()


class Rehearsal:
    def __init__(self, gongbao, broker, place, password):
        self.gongbao, self.broker, self.place, self.password = gongbao, broker, place, password
        self.failures = 0
        self.said = ""

    def configuration(self, name, brokers, properties, password=None):
        path = f"{self.place}/{name}.yaml"
        with open(path, "w") as file:
            file.write(f"data: {self.place}/{name}\ntopics:\n  prefix: {name}.\nkafka:\n  brokers: {brokers}\n")
            file.write(f"  application: {name}\n  properties:\n")
            file.writelines(f"    {key}: {value}\n" for key, value in properties.items())
            if password is not None:
                secret = f"{self.place}/{name}.password"
                with open(secret, "w") as hidden:
                    hidden.write(password + "\n")
                os.chmod(secret, 0o600)
                file.write(f"  secrets:\n    sasl.password: {secret}\n")
        return path

    def call(self, path, *words, timeout=90):
        """Runs the program; keeps what it said, and its arguments as others see them."""
        process = subprocess.Popen(
            [self.gongbao, *words, "--config", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        with open(f"/proc/{process.pid}/cmdline") as file:
            self.said += file.read()
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            output = process.communicate()[0] + "\n(it did not end)"
        self.said += output
        return process.returncode, output

    def check(self, what, holds, detail=""):
        print(("holds   " if holds else "BROKEN  ") + what)
        if not holds:
            self.failures += 1
            print("        " + detail.strip().replace("\n", "\n        "))

    def works(self, name, brokers, properties, password=None):
        path = self.configuration(name, brokers, properties, password)
        bulletins = []
        for number in range(5):
            bulletins.append(f"{self.place}/{number}.md")
            with open(bulletins[-1], "w") as file:
                file.write(bulletin(number))
        steps = [("topics", "create"), ("config", "check"), ("produce", *bulletins), ("enrich", "--until-caught-up"),
                 ("sink", "--until-caught-up")]
        for step in steps:
            status, output = self.call(path, *step)
            if status:
                return self.check(name + ": " + " ".join(step), False, f"status {status}: {output}")
        _, output = self.call(path, "query", "--format", "jsonl")
        count = len(output.splitlines())
        self.check(f"{name}: 5 bulletins give 15 figures", count == 15, f"{count} figures")

    def first_answer(self, broker, properties, password):
        path = self.configuration("first", broker.address("SASL_SSL"), properties, password)
        return self.call(path, "topics", "describe")[1]

    def refused(self, what, name, brokers, properties, words, password=None):
        """Set-up that cannot work ends each command with 1 and a sentence that says what is wrong."""
        path = self.configuration(name, brokers, properties, password)
        for command in (("config", "check"), ("sink",), ("topics", "describe")):
            began = time.monotonic()
            status, output = self.call(path, *command, timeout=60)
            told = any(word in output for word in words)
            self.check(
                f"{what}: gongbao {' '.join(command)} says so and ends with 1 ({time.monotonic() - began:.1f} s)",
                status == 1 and told and time.monotonic() - began < 15, f"status {status}: {output}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gongbao")
    parser.add_argument("--kafka", required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongbao-security-") as place:
        password = secrets.token_hex(12)
        broker = Broker(options.kafka, place, password)
        try:
            rehearsal = Rehearsal(options.gongbao, broker, place, password)
            rehearse(rehearsal, broker, password)
        finally:
            broker.close()
    if rehearsal.failures:
        sys.exit(f"security: {rehearsal.failures} of these do not hold.")


def rehearse(rehearsal, broker, password):
    path = rehearsal.configuration("wait", broker.address("PLAINTEXT"), {"client.id": "wait"})
    deadline = time.monotonic() + 60
    while rehearsal.call(path, "topics", "describe")[0]:
        if time.monotonic() > deadline:
            sys.exit(f"security: the broker does not answer; {open(broker.place + '/kafka.log').read()[-800:]}")
        time.sleep(0.5)
    broker.add_user(password)
    tls = {"security.protocol": "ssl", "ssl.ca.location": broker.authority}
    sasl = {"security.protocol": "sasl_ssl", "ssl.ca.location": broker.authority, "sasl.username": "gongbao"}
    rehearsal.works("tls", broker.address("SSL"), tls)
    for mechanism in MECHANISMS:
        properties = {**sasl, "sasl.mechanism": mechanism}
        cannot = "cannot do SCRAM with Kafka 4"
        if mechanism.startswith("SCRAM") and cannot in rehearsal.first_answer(broker, properties, password):
            print("told    librdkafka here is too old for SCRAM with Kafka 4, and the error says so")
        else:
            rehearsal.works(mechanism.lower(), broker.address("SASL_SSL"), properties, password)
        rehearsal.refused(
            f"wrong password ({mechanism})", "wrong-" + mechanism.lower(), broker.address("SASL_SSL"), properties,
            ["uthentication"], password[::-1])
    rehearsal.refused(
        "a certificate of another authority", "stranger", broker.address("SSL"),
        {**tls, "ssl.ca.location": broker.stranger}, ["certificate"])
    rehearsal.refused(
        "a certificate for another name", "name", broker.address("SSL", "127.0.0.1"), tls, ["certificate", "mismatch"])
    rehearsal.check(
        "no password in anything that was printed, or among the arguments of a process",
        password not in rehearsal.said and password[::-1] not in rehearsal.said)


if __name__ == "__main__":
    main()
