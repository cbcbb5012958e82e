#!/usr/bin/env python3
"""Fills a database with made-up figures of real divisions and measures load on the portal over it.

    portal_load.py PROGRAM [--documents 100000] [--rate 50] [--seconds 30] [--database FILE]

Makes the database (ten figures a document) unless FILE is there, serves it, asks many different pages and addresses at the
rate given, and prints for each kind the median, the 95th and the 99th hundredth in milliseconds, and the server's memory.
Fails where a kind's 95th is over 200 ms or memory is over 300 MB.
"""
import argparse
import hashlib
import http.client
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MEASURES = [
    ("gdp", "地区生产总值", "元", "亿元", 8), ("primary_value_added", "第一产业增加值", "元", "亿元", 8),
    ("secondary_value_added", "第二产业增加值", "元", "亿元", 8), ("general_public_revenue", "一般公共预算收入", "元", "亿元", 8),
    ("retail_sales", "社会消费品零售总额", "元", "亿元", 8), ("grain_output", "粮食产量", "吨", "万吨", 4),
    ("resident_population", "常住人口", "人", "万人", 4), ("imports_exports", "进出口总额", "元", "亿元", 8),
    ("disposable_income", "居民人均可支配收入", "元", "元", 0), ("fixed_asset_investment", "固定资产投资", "元", "亿元", 8),
]
FILLERS = ["坚持稳中求进", "推动高质量发展", "深化改革开放", "加快产业升级", "保障民生改善", "推进乡村振兴", "优化营商环境", "强化科技创新"]


def derived(domain, parent, start, end, repetition=0):
    text = f"gongbao {domain} v1\n{parent}\n{start}\n{end}\n{repetition}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def word(scalar):
    letters = ""
    for _ in range(4):
        letters = DIGITS[scalar % 36] + letters
        scalar //= 36
    return letters


WORDS = {}


def pairs(text):
    """The words of the index: pairs of neighbouring characters, blanks left out."""
    folded = [ord(c.lower()) for c in text if not c.isspace()]
    for scalar in folded:
        if scalar not in WORDS:
            WORDS[scalar] = word(scalar)
    zero = word(0)
    return " ".join(
        WORDS[a] + (WORDS[folded[i + 1]] if i + 1 < len(folded) else zero) for i, a in enumerate(folded))


def divisions():
    found = []
    with open(f"{ROOT}/Config/lexicon/regions.tsv", encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if line.startswith("#") or len(cells) < 2 or len(cells) > 4 and cells[4]:
                continue
            if len(cells[0]) == 6 and cells[0] != "100000":
                found.append((cells[0], cells[1]))
    return found


def fill(program, path, documents, settings):
    """A database as the sink leaves it, but for the topics."""
    with tempfile.TemporaryDirectory() as place:
        with open(place + "/one.md", "w", encoding="utf-8") as file:
            file.write("# 云溪县2024年公报\n\n2024年，全县地区生产总值386.5亿元，增长6.2%。\n")
        subprocess.run(
            [program, "run", place + "/one.md", *settings, "--data", place, "--set", "database=" + path], check=True, capture_output=True)
    database = sqlite3.connect(path)
    database.execute("PRAGMA synchronous = OFF")
    chance = random.Random(7)
    places = divisions()
    rows = {name: [] for name in ("bulletins", "articles", "readings", "indicators", "searched", "search")}
    columns = [row[1] for row in database.execute("PRAGMA table_info(indicators)")]
    first = database.execute("SELECT coalesce(max(number), 0) FROM searched").fetchone()[0] + 1
    for number in range(documents):
        code, name = places[number % len(places)]
        year = 2010 + number // len(places) % 15
        title = f"{name}{year}年国民经济和社会发展统计公报"
        text = f"# {title}\n\n{name}统计局\n\n{year + 1}年3月{number % 28 + 1}日\n\n第{number}号。"
        bulletin = None
        figures = []
        for measure, label, unit, printed, power in MEASURES:
            value = chance.randrange(1000, 99999)
            quote = f"{value / 10:.1f}{printed}"
            text += f"{chance.choice(FILLERS)}，{year}年{label}"
            figures.append((measure, label, unit, str(value * 10 ** (power - 1)) if power else f"{value / 10:.1f}", quote, len(text)))
            text += quote + "。"
        data = text.encode()
        bulletin = hashlib.sha256(data).hexdigest()
        length = len(text)
        article = derived("article", bulletin, 0, length)
        received = f"2025-{number // 8400 % 12 + 1:02}-{number // 300 % 28 + 1:02}T{number % 24:02}:{number % 60:02}:00.000Z"
        published = f"{year + 1}-03-{number % 28 + 1:02}"
        message = json.dumps({
            "schema": "gongbao.article.v1", "id": article, "bulletin": bulletin, "ordinal": 1, "headline": title,
            "subheadline": None, "section": None, "column": None, "byline": None, "start": 0, "end": length, "form": "markdown",
            "setting": {"title": title, "published": published, "publisher": f"{name}统计局"}, "text": text,
        }, ensure_ascii=False, separators=(",", ":")).encode()
        rows["bulletins"].append((bulletin, f"{code}-{year}-{number}.md", len(data), data, received))
        rows["articles"].append((article, bulletin, 1, title, None, None, None, None, 0, length, "markdown", title, published, f"{name}统计局", message, None))
        rows["readings"].append((article, bulletin, 5, "0" * 64, len(figures), "0" * 64))
        for place, (measure, label, unit, value, quote, start) in enumerate(figures):
            values = {
                "article": article, "place": place, "id": derived("indicator", article, start, start + len(quote)),
                "bulletin": bulletin, "article_ordinal": 1, "start": start, "end": start + len(quote), "repetition": 0,
                "quote": quote, "name": label, "value": value, "unit": unit, "kind": "level", "bound": "exact",
                "status": "actual", "period_start": f"{year}-01-01", "period_end": f"{year}-12-31", "code": measure,
                "region": name, "region_code": code, "confidence": round(chance.uniform(0.4, 1), 3), "rules": "unit:printed name:front",
                "number": float(value),
            }
            rows["indicators"].append([values.get(column) for column in columns])
        rows["searched"].append((first + number, article))
        rows["search"].append((first + number, pairs(title + "\x01" + text)))
        if number % 5000 == 4999 or number == documents - 1:
            with database:
                for table, list_ in rows.items():
                    if not list_:
                        continue
                    marks = ", ".join("?" * len(list_[0]))
                    names = "article_search (rowid, terms)" if table == "search" else table
                    database.executemany(f"INSERT OR IGNORE INTO {names} VALUES ({marks})", list_)
                    list_.clear()
            print(f"\r{number + 1} documents", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    database.execute("INSERT INTO article_search(article_search) VALUES ('optimize')")
    database.commit()
    database.close()


def questions(path):
    """Addresses of each kind, as many different ones as asking takes."""
    database = sqlite3.connect(path)
    chance = random.Random(11)
    def column(sql):
        return [row[0] for row in database.execute(sql)]
    ids = column("SELECT id FROM indicators WHERE code = 'gdp' AND period_end >= '2012-12-31' LIMIT 4000")
    documents = column("SELECT id FROM bulletins LIMIT 4000")
    places = divisions()
    quote = urllib.parse.quote
    codes = [measure[0] for measure in MEASURES]
    def region():
        return chance.choice(places)
    kinds = {
        "home": lambda: "/", "search words": lambda: "/search?q=" + quote(chance.choice(FILLERS)) + "&year=" + str(chance.randrange(2011, 2025)),
        "search rare": lambda: "/search?q=" + quote(f"第{chance.randrange(100000)}号"),
        "search region": lambda: "/search?q=" + quote(region()[1] + " 地区生产总值"),
        "search figure": lambda: f"/search?q={chance.randrange(1000, 99999) / 10:.1f}" + quote("亿元"),
        "indicator": lambda: "/indicators/" + chance.choice(ids), "documents": lambda: "/documents",
        "document": lambda: "/documents/" + chance.choice(documents),
        "series": lambda: f"/series?measure={chance.choice(codes)}&region={region()[0]}&region={region()[0]}",
        "region": lambda: f"/regions/{region()[0]}?years={chance.randrange(2012, 2024)}",
        "panel": lambda: f"/panel?measure={chance.choice(codes)}&years={chance.randrange(2012, 2024)}&within={region()[0][:2]}0000&level=prefecture",
        "publishers": lambda: "/publishers", "measures": lambda: "/measures", "operations": lambda: "/operations",
        "api indicators": lambda: f"/api/v1/indicators?code={chance.choice(codes)}&region={region()[0]}",
        "api name": lambda: "/api/v1/indicators?limit=20&name=" + quote(chance.choice(MEASURES)[1][:3]),
        "api documents": lambda: "/api/v1/documents?limit=50", "api series": lambda: f"/api/v1/series?measure={chance.choice(codes)}&region={region()[0]}",
        "api search": lambda: "/api/v1/search?q=" + quote(chance.choice(FILLERS) + f"，{chance.randrange(2010, 2025)}年"),
        "feed": lambda: f"/feed.atom?code={chance.choice(codes)}",
        "sdmx": lambda: f"/sdmx/2.1/data/PANEL/A.{region()[0]}.{chance.choice(codes)}",
    }
    return kinds


def load(port, kinds, rate, seconds):
    """Asks at an even rate, each question when its time has come, whether or not others have been answered."""
    times = {kind: [] for kind in kinds}
    faults = []
    lock = threading.Lock()
    names = list(kinds)
    chance = random.Random(13)
    plan = [(place / rate, chance.choice(names)) for place in range(int(rate * seconds))]
    plan = [(at, kind, kinds[kind]()) for at, kind in plan]
    start = time.monotonic() + 0.2
    position = [0]

    def work():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while True:
            with lock:
                if position[0] >= len(plan):
                    return
                at, kind, path = plan[position[0]]
                position[0] += 1
            wait = start + at - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            # From when it was due: what waits for a free connection has waited for the portal.
            connection.request("GET", path, headers={"Accept-Language": "zh"})
            answer = connection.getresponse()
            body = answer.read()
            taken = (time.monotonic() - start - at) * 1000
            with lock:
                times[kind].append(taken)
                if answer.status not in (200, 404):
                    faults.append(f"{answer.status} {path} {body[:200]}")

    threads = [threading.Thread(target=work) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, faults


def memory(pid):
    with open(f"/proc/{pid}/status") as file:
        return max(int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)), 0) / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--database", default=tempfile.gettempdir() + "/gongbao-portal-load.sqlite")
    parser.add_argument("--set", action="append", default=[], dest="values", help="a setting of the program, KEY=VALUE")
    options = parser.parse_args()
    options.settings = [word for value in options.values for word in ("--set", value)]
    if not os.path.exists(options.database):
        fill(options.program, options.database, options.documents, options.settings)
    server = subprocess.Popen(
        [options.program, "serve", *options.settings, "--listen", "127.0.0.1:0", "--data", tempfile.mkdtemp(), "--set", "database=" + options.database],
        stdout=subprocess.PIPE, text=True)
    port = int(re.search(r":(\d+)/", server.stdout.readline()).group(1))
    kinds = questions(options.database)
    try:
        load(port, kinds, 20, 3)
        times, faults = load(port, kinds, options.rate, options.seconds)
        most = memory(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
    slow = []
    print(f"{'kind':16}{'count':>7}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}")
    everything = []
    for kind, list_ in times.items():
        if not list_:
            continue
        list_.sort()
        everything += list_
        at = [list_[min(len(list_) - 1, int(len(list_) * share))] for share in (0.5, 0.95, 0.99)]
        print(f"{kind:16}{len(list_):>7}{at[0]:>9.1f}{at[1]:>9.1f}{at[2]:>9.1f}")
        if at[1] > 200:
            slow.append(kind)
    everything.sort()
    print(f"{'all':16}{len(everything):>7}" + "".join(f"{everything[int(len(everything) * share)]:>9.1f}" for share in (0.5, 0.95, 0.99)))
    print(f"memory {most:.0f} MB at most; {len(faults)} faults")
    for fault in faults[:5]:
        print(fault, file=sys.stderr)
    return 1 if slow or most > 300 or faults else 0


if __name__ == "__main__":
    sys.exit(main())
