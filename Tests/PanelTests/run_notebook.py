"""Runs the Python, SQL and R of a page of documentation, each in one session: run_notebook.py PAGE DIRECTORY"""
import os
import re
import shutil
import subprocess
import sys

import duckdb

page = open(sys.argv[1], encoding="utf-8").read()
os.chdir(sys.argv[2])
blocks = re.findall(r"```(\w+)\n(.*?)```", page, re.S)
space = {}
counts = {}
for language, code in blocks:
    if language == "python":
        exec(compile(code, sys.argv[1], "exec"), space)
    elif language == "sql":
        assert duckdb.sql(code).fetchall(), code
    elif language == "r" and shutil.which("Rscript"):
        subprocess.run(["Rscript", "-e", code], check=True)
    else:
        continue
    counts[language] = counts.get(language, 0) + 1
assert counts["python"] == 2 and counts["sql"] == 2, counts
assert len(space["to_check"]) == 1 and len(space["cells"]) == 2
