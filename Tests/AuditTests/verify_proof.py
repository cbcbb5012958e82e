"""Checks a proof of one figure independently of gongbao: verify_proof.py BUNDLE PUBLIC-KEY

Written from the formats' documents alone (C2SP signed-note and tlog-checkpoint, RFC 6962, RFC 8032,
and the layout of archived records), with zipfile and PyPI's cryptography.
"""

import base64
import hashlib
import json
import struct
import sys
import zipfile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def require(condition, message):
    if not condition:
        sys.exit("not proven: " + message)


def checkpoint_root(note, verifier_key):
    """The size and root that the log's key signed."""
    name, key_id, key = verifier_key.strip().split("+", 2)
    key = base64.b64decode(key, validate=True)
    require(key[0] == 1 and len(key) == 33, "the key is no Ed25519 key")
    expected = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    require(expected.hex() == key_id, "the key's identifier does not follow from it")
    text, signatures = note.rsplit(b"\n\n", 1)
    text += b"\n"
    own = []
    for line in signatures.decode().splitlines():
        dash, signer, signature = line.split(" ")
        signature = base64.b64decode(signature, validate=True)
        if dash == "\u2014" and signer == name and signature[:4] == expected:
            own.append(signature[4:])
    require(own, "the checkpoint has no signature of the key")
    for signature in own:
        Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature, text)
    origin, size, root = text.decode().split("\n")[:3]
    require(origin == name, "the checkpoint is of another log")
    return int(size), base64.b64decode(root, validate=True)


def root_of(leaf, index, size, path):
    """The root that a path leads to (RFC 6962, by recursion over the tree's halves)."""
    if size == 1:
        require(not path, "a path is too long")
        return hashlib.sha256(b"\x00" + leaf).digest()
    require(path, "a path is too short")
    half = 1
    while half * 2 < size:
        half *= 2
    if index < half:
        left, right = root_of(leaf, index, half, path[:-1]), path[-1]
    else:
        left, right = path[-1], root_of(leaf, index - half, size - half, path[:-1])
    return hashlib.sha256(b"\x01" + left + right).digest()


class Scanner:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        require(self.at + count <= len(self.data), "a record ends too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, form):
        return struct.unpack(">" + form, self.take(struct.calcsize(">" + form)))[0]

    def field(self):
        length = self.number("i")
        return None if length == -1 else self.take(length)


def record(data):
    scanner = Scanner(data)
    require(scanner.number("B") == 1, "a record has another layout")
    topic = scanner.take(scanner.number("H")).decode()
    place = (topic, scanner.number("i"), scanner.number("q"), scanner.number("q"))
    key, value = scanner.field(), scanner.field()
    headers = {}
    for _ in range(scanner.number("i")):
        name = scanner.take(scanner.number("i")).decode()
        headers[name] = scanner.field()
    require(scanner.at == len(data), "a record has bytes behind it")
    return place, key, value, headers


def main(path, key):
    bundle = zipfile.ZipFile(path)
    require(bundle.testzip() is None, "the bundle is damaged")
    stated = json.loads(bundle.read("proof.json"))
    size, root = checkpoint_root(bundle.read("checkpoint"), key)
    require(size == stated["size"], "the proof is for another size")
    records = {}
    for leaf in stated["leaves"]:
        data = bundle.read("records/" + leaf["record"])
        hashes = [bytes.fromhex(digits) for digits in leaf["path"]]
        require(0 <= leaf["index"] < size, "a leaf is outside the tree")
        require(root_of(data, leaf["index"], size, hashes) == root, leaf["record"] + " is not in the tree")
        records[leaf["record"]] = record(data)
    original = bundle.read("bulletin")
    digest = hashlib.sha256(original).hexdigest()
    require(records["bulletin"][2] == original, "the bulletin is not what its record holds")
    require(records["bulletin"][1] == digest.encode(), "the bulletin's key is not its digest")
    article, indicator, closing = (json.loads(records[name][2]) for name in ("article", "indicator", "closing"))
    require(article["bulletin"] == digest, "the article is of another bulletin")
    require(indicator["article"] == closing["article"] == article["id"], "the figure is of another article")
    require(indicator["id"] == stated["indicator"], "the proof is of another figure")
    text = original.decode("utf-8-sig")
    require(text[article["start"] : article["end"]] == article["text"], "the article is not in the bulletin")
    require(text[indicator["start"] : indicator["end"]] == indicator["quote"], "the quote is not at its place")
    tables = sorted(name for name in bundle.namelist() if name.startswith("lexicon/"))
    if tables:
        digest = hashlib.sha256()
        for name in tables:
            data = bundle.read(name)
            digest.update(f"{name[8:]}\n{len(data)}\n".encode() + data)
        require(digest.hexdigest() == closing["engine"]["lexicon"], "the lexicon is another one")
    print(f"{len(records)} records included in {size}; {indicator['name']}: {indicator['quote']} = {indicator['value']}")


main(*sys.argv[1:])
