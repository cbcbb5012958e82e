"""Reads a panel in every form with the libraries that people use, and fails where two differ: read_panel.py DIRECTORY"""
import sys

import duckdb
import frictionless
import pandas
import sdmx

place = sys.argv[1]
csv = pandas.read_csv(f"{place}/panel.csv", dtype={"region_code": str, "period": str})
assert list(csv.columns[:6]) == ["region_code", "region", "period", "year", "gdp", "gdp:change"], csv.columns
assert csv["region_code"].tolist() == ["410300", "410300"]
values = csv["gdp"].tolist()
assert values[1] == 5842.1 and values[0] != values[0], values


def same(other, names, what):
    for mine, theirs in zip(["region_code", "region", "period", "year", "gdp", "gdp:change"], names):
        left = csv[mine].astype(object).where(csv[mine].notna(), None).tolist()
        right = other[theirs].astype(object).where(other[theirs].notna(), None).tolist()
        assert [str(x) if isinstance(x, str) else x for x in left] == right, (what, mine, left, right)


names = list(csv.columns[:6])
same(pandas.read_parquet(f"{place}/panel.parquet"), names, "pyarrow")
same(duckdb.sql(f"SELECT * FROM '{place}/panel.parquet'").df(), names, "duckdb")
stata = pandas.read_stata(f"{place}/panel.dta")
same(stata, ["region_code", "region", "period", "year", "gdp", "gdp_change"], "stata")
with pandas.io.stata.StataReader(f"{place}/panel.dta") as reader:
    reader.read()
    assert reader.variable_labels()["gdp"].startswith("地区生产总值"), reader.variable_labels()
cells = pandas.read_stata(f"{place}/cells.dta")
assert cells["standing"].tolist()[0] == "statements ought to agree and do not", cells["standing"]
assert len(pandas.read_parquet(f"{place}/cells.parquet")) == len(cells) == 2
book = pandas.read_excel(f"{place}/panel.xlsx", sheet_name=None, dtype={"Code": str, "Period": str})
for sheet in ["panel", "cells", "conflicts", "gaps", "sources", "measures"]:
    assert sheet in book, sheet
same(book["panel"], list(book["panel"].columns[:6]), "excel")
assert len(book["conflicts"]) == 1 and len(book["gaps"]) == 2
structure = sdmx.read_sdmx(f"{place}/panel.dsd.xml")
definition = structure.structure["PANEL"]
assert [d.id for d in definition.dimensions.components][-1] == "TIME_PERIOD", definition.dimensions
with open(f"{place}/panel.sdmx.csv") as lines:
    rows = pandas.read_csv(lines, dtype=str)
dimensions = [d.id for d in definition.dimensions.components]
assert all(d in rows.columns for d in dimensions), (dimensions, rows.columns)
for row in rows.to_dict("records"):
    for dimension in definition.dimensions.components:
        represented = dimension.local_representation
        if represented is not None and represented.enumerated is not None:
            codes = structure.codelist[represented.enumerated.id]
            assert row[dimension.id] in codes.items, (dimension.id, row[dimension.id])
message = sdmx.read_sdmx(f"{place}/panel.sdmx.csv", structure=definition)
assert sum(len(data.obs) for data in message.data) == len(rows) == 2, message
report = frictionless.validate(f"{place}/package/datapackage.json")
assert report.valid, report.flatten(["title", "message"])
