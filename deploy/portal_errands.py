#!/usr/bin/env python3
"""What people do in the portal, done in a real browser: chromium from Debian, Playwright and axe from PyPI.

    portal_errands.py PROGRAM [--pictures DIRECTORY] [--database ADDRESS]

Fills a database (an empty one on PostgreSQL where its address is given) from bulletins of its own, serves it, and in both languages and at three widths opens every page, holds it
to axe (WCAG 2.2 AA) and to its own width, and goes through the errands: find a figure, see it marked, compare it with last
year, follow the citation's link, download a panel and an original. Nothing may be asked of another host.
"""
import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.parse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CITIES = {"云溪市": None, "洛阳市": 1.0, "开封市": 0.46, "郑州市": 2.5}
WIDTHS = [("phone", 390, 844), ("desk", 1280, 900), ("wall", 2560, 1440)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def bulletins(folder):
    """Communiqués of made-up figures of real cities, some years each, with one that disagrees and one that is refused."""
    for city, size in CITIES.items():
        if size is None:
            continue
        for year in range(2017, 2025):
            if city == "开封市" and year in (2019, 2020):
                continue
            gdp = round((4300 + 215 * (year - 2017)) * size, 1)
            text = f"""# {city}{year}年国民经济和社会发展统计公报

{city}统计局

{year + 1}年3月20日

初步核算，{year}年全市地区生产总值{gdp}亿元，按可比价格计算，比上年增长{4 + year % 5 * 0.4:.1f}%。
其中，第一产业增加值{round(gdp * 0.05, 1)}亿元，增长3.1%；第二产业增加值{round(gdp * 0.44, 1)}亿元，增长5.2%；第三产业增加值{round(gdp * 0.51, 1)}亿元，增长4.9%。
全年一般公共预算收入{round(gdp * 0.07, 1)}亿元，增长2.2%。全年粮食产量{round(240 + (year - 2017) * 1.7, 1)}万吨，增长0.7%。
年末常住人口{round(700 * size + year % 7, 1)}万人，城镇化率{round(57 + (year - 2017) * 1.1, 1)}%。
全年居民人均可支配收入{26000 + 1500 * (year - 2017)}元，增长6.1%。居民消费价格比上年上涨{1 + year % 3 * 0.4:.1f}%。

| 指标 | 单位 | 绝对数 | 比上年增长（%） |
| --- | --- | --- | --- |
| 固定资产投资 | 亿元 | {round(gdp * 0.6, 1)} | 5.4 |
| 社会消费品零售总额 | 亿元 | {round(gdp * 0.42, 1)} | 6.3 |
| 进出口总额 | 亿元 | {round(gdp * 0.08, 1)} | -3.2 |
"""
            with open(f"{folder}/{city}{year}.md", "w", encoding="utf-8") as file:
                file.write(text)
    with open(f"{folder}/洛阳市2025年政府工作报告.md", "w", encoding="utf-8") as file:
        file.write(
            "# 洛阳市2025年政府工作报告\n\n（2025年1月8日在洛阳市第十六届人民代表大会第四次会议上）\n\n"
            "2024年，全市地区生产总值5790亿元，增长5%。2025年主要预期目标：地区生产总值增长6%左右，一般公共预算收入增长3%。\n"
        )
    with open(f"{folder}/空白.txt", "w") as file:
        file.write("   \n")


class Site:
    """A portal of the program's own on a port that is free."""

    def __init__(self, program, database=None):
        self.place = tempfile.mkdtemp(prefix="gongbao-portal-")
        inbox = self.place + "/inbox"
        os.makedirs(inbox)
        bulletins(inbox)
        data = ["--data", self.place + "/data"] + (["--set", "database=" + database] if database else [])
        made = subprocess.run(
            [program, "run", "--inbox", inbox] + data, capture_output=True, text=True, check=False)
        assert made.returncode in (0, 3), made.stderr
        self.server = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1:0"] + data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found, line + self.server.stderr.read()
        self.address = found.group(0).rstrip("/")

    def close(self):
        self.server.send_signal(signal.SIGTERM)
        assert self.server.wait(timeout=20) == 0, "the portal did not end as it should"
        shutil.rmtree(self.place)


def paths(address, page):
    """Every kind of page, with the address of one that has something to show."""
    page.goto(address + "/search?q=" + urllib.parse.quote("洛阳市 地区生产总值"))
    figure = page.locator("a.figure").first.get_attribute("href")
    page.goto(address + "/documents")
    document = page.locator("tbody th a", has_text="洛阳市2024年国民").first.get_attribute("href")
    quote = urllib.parse.quote
    return {
        "home": "/", "search": "/search?q=" + quote("粮食产量"), "figure-search": "/search?q=" + quote("洛阳市 地区生产总值"),
        "indicator": figure, "documents": "/documents", "document": document, "measures": "/measures",
        "series-empty": "/series",
        "series": "/series?measure=gdp&region=410300&region=410200&region=410100",
        "series-change": "/series?measure=gdp&region=410300&kind=change",
        "region": "/regions/410300", "province": "/regions/410000", "panel-empty": "/panel",
        "panel": "/panel?measure=gdp,gdp:change,general_public_revenue&years=2020-2024&level=prefecture&within=410000",
        "publishers": "/publishers", "dead-letters": "/dead-letters", "audit": "/audit", "operations": "/operations", "api": "/api",
        "guide": "/guide", "guide-page": "/guide/panel", "guide-codes": "/guide/what-to-do",
        "missing": "/nothing-here", "refused": "/panel?measure=gdp&years=24",
    }


def look(page, address, pictures, failures):
    """Every page in both languages at three widths, light and dark: as wide as the window, and without a fault of axe's."""
    axe = Axe()
    for name, path in paths(address, page).items():
        for language in ("zh", "en"):
            page.context.add_cookies([{"name": "lang", "value": language, "url": address}])
            for width, x, y in WIDTHS:
                page.set_viewport_size({"width": x, "height": y})
                page.goto(address + path)
                over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                if over > 0:
                    failures.append(f"{name} {language} {width}: {over} pixels wider than the window")
                if pictures:
                    page.screenshot(path=f"{pictures}/{name}-{language}-{width}.png", full_page=width != "wall")
                if width == "wall":
                    continue
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme)
                    for fault in axe.run(page, options=RULES).response["violations"]:
                        places = "; ".join(str(node["target"]) for node in fault["nodes"][:3])
                        failures.append(f"{name} {language} {width} {scheme}: {fault['id']}: {fault['help']} at {places}")
                page.emulate_media(color_scheme="light")


def errands(page, address):
    """What people come for."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.context.add_cookies([{"name": "lang", "value": "zh", "url": address}])
    # Find a figure and see it marked.
    page.goto(address + "/")
    page.fill("#q", "洛阳市 地区生产总值 2024")
    page.keyboard.press("Enter")
    page.locator("a.figure").first.click()
    assert page.locator(".passage mark").count() == 1, "the figure is not marked in its passage"
    assert "亿元" in page.locator(".passage mark").inner_text()
    # Compare it with last year, and with what others state.
    text = page.locator("main").inner_text()
    assert "2023年" in text and "上年同期" in text and "其他说法" in text, "nothing to compare with"
    # Follow the citation's link.
    link = page.locator("a[rel=bookmark]")
    here, printed = page.url, link.inner_text()
    assert printed == here, f"the citation's link {printed} is not {here}"
    link.click()
    assert page.url == here
    # Whole document, and the original as a file.
    page.locator(".more a", has_text="全文").click()
    assert page.locator("a.fig").count() > 5
    with page.expect_download() as download:
        page.locator("a", has_text="下载原件").click()
    assert download.value.suggested_filename.endswith(".md")
    # A series of two regions.
    page.goto(address + "/series?measure=gdp&region=410300&region=410200")
    assert page.locator("svg.wide-chart").is_visible() and page.locator("svg.wide-chart path.line").count() >= 2
    # A panel, downloaded.
    page.goto(address + "/panel")
    page.fill("#measure", "gdp, 一般公共预算收入")
    page.fill("#years", "2020-2024")
    page.select_option("#level", "prefecture")
    page.fill("#within", "河南省")
    page.locator("main button[type=submit]").click()
    assert page.locator("tbody tr").count() > 10
    with page.expect_download() as download:
        page.locator("a", has_text="Excel").click()
    with open(download.value.path(), "rb") as file:
        assert file.read(2) == b"PK"
    # The language is remembered.
    page.goto(address + "/")
    page.locator(".language a").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(address + "/publishers")
    assert page.locator("html").get_attribute("lang") == "en"
    # By keyboard alone: the first stop leads to the content.
    page.goto(address + "/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--pictures")
    parser.add_argument("--database")
    options = parser.parse_args()
    pictures = options.pictures
    if pictures:
        os.makedirs(pictures, exist_ok=True)
    browser_path = shutil.which("chromium")
    site = Site(options.program, options.database)
    failures = []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            page = browser.new_context(java_script_enabled=True, locale="zh-CN").new_page()
            page.on("request", lambda request: request.url.startswith((site.address, "data:")) or failures.append(request.url))
            page.on("console", lambda message: message.type == "error" and "404" not in message.text and failures.append(message.text))
            errands(page, site.address)
            # axe is put into the page by the test; everything above ran under the policy as it is.
            page = browser.new_context(bypass_csp=True, locale="zh-CN").new_page()
            look(page, site.address, pictures, failures)
            browser.close()
    finally:
        site.close()
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"portal: errands done, {len(failures)} faults on pages in two languages at three widths, light and dark")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
