"""This integration beside Home Assistant's own `xbox`, in the same run on the same machine.

Run by `scripts/benchmark-core [--only SECTION,…]`. Each number comes from a process of its own, the
sides take turns. The tables go to the standard output, to docs/benchmarks.md and to the README; what
a run does not measure is kept as it was.
"""

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
import json
import os
from pathlib import Path
from statistics import median
import subprocess
import sys
from typing import Any

from benchmarks.plan import SECTIONS, Numbers, Row, Section
from scripts.tables import filled, table

_ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).with_name("results.json")
"""What was measured last, by measure: the tables are made from it."""
PAGE = _ROOT / "docs" / "benchmarks.md"
README = _ROOT / "README.md"
_SIDES = ("ours", "core")
_MODULES = {"import": "importing", "real": "real", "real starts": "real"}
"""Where a measure is at home that is not one of `measures`."""
_NEWER = _ROOT / ".cache" / "homeassistant" / "bin" / "python"
"""The Python of the Home Assistant that runs for real."""
_PATIENCE = 1800.0

type Results = dict[str, dict[str, Any]]


def measured(measure: str, times: int) -> dict[str, Numbers]:
    """The medians of both sides, which take turns. Raises CalledProcessError."""
    runs: dict[str, list[Numbers]] = {side: [] for side in _SIDES}
    for _ in range(times):
        for side in _SIDES:
            runs[side].append(_run(measure, side))
    return {
        side: {name: median(run[name] for run in each) for name in each[0]}
        for side, each in runs.items()
    }


def _run(measure: str, side: str) -> Numbers:
    module = _MODULES.get(measure, "measures")
    numbers: Numbers = json.loads(_said(measure, module, measure, side))
    print(f"{measure}, {side}: {numbers}", file=sys.stderr)
    return numbers


def _said(measure: str, module: str, *arguments: str) -> str:
    """What a module says that is run where a measure is."""
    newer = _MODULES.get(measure) == "real"
    return subprocess.run(
        [_NEWER if newer else sys.executable, "-m", f"benchmarks.{module}", *arguments],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=_PATIENCE,
        cwd=_ROOT,
        # The newer Home Assistant has packages of its own.
        env={**os.environ, "PYTHONPATH": ""} if newer else None,
    ).stdout


def _kept() -> Results:
    """What was measured last, by this run or by others."""
    results: Results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    return results


def _table(section: Section, rows: Iterable[Row], results: Results) -> str:
    """A section's table, as far as it was measured, under when and with what."""
    known = [row for row in rows if row.measure in results]
    lines = (
        (row.label, *row.cells(*(results[row.measure][side] for side in _SIDES)))
        for row in known
    )
    when = sorted({results[row.measure]["circumstances"] for row in known})
    return "\n\n".join((f"Measured {'; '.join(when)}:", table(section.head, lines)))


def _tables(results: Results) -> dict[str, str]:
    return {
        name: _table(section, section.rows, results)
        for name, section in SECTIONS.items()
        if any(row.measure in results for row in section.rows)
    }


def pages(results: Results) -> dict[Path, str]:
    """The pages that have places for the tables, with the tables in them."""
    readme = README.read_text()
    before, start, rest = readme.partition("<!-- benchmark -->\n")
    _, end, after = rest.partition("<!-- /benchmark -->")
    rows = [
        replace(row, label=row.headline)
        for section in SECTIONS.values()
        for row in section.rows
        if row.headline
    ]
    headlines = _table(SECTIONS["import"], rows, results)
    return {
        PAGE: filled(PAGE.read_text(), _tables(results)),
        README: f"{before}{start}\n{headlines}\n\n{end}{after}" if end else readme,
    }


def _wanted() -> Mapping[str, Section]:
    parser = argparse.ArgumentParser(description=__doc__)
    names = ",".join(SECTIONS)
    parser.add_argument("--only", default=names, help=f"sections of {names}")
    wanted: list[str] = parser.parse_args().only.split(",")
    if unknown := set(wanted) - SECTIONS.keys():
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    return {name: SECTIONS[name] for name in wanted}


def main() -> None:
    """Measure, print and write what is wanted."""
    wanted = _wanted()
    times: dict[str, int] = {}
    for section in wanted.values():
        for row in section.rows:
            times[row.measure] = max(times.get(row.measure, 1), row.times)
    for measure, count in times.items():
        sides = measured(measure, count)
        # Two runs may be under way, each with tables of its own.
        results = _kept()
        circumstances = _said(measure, "circumstances").strip()
        results[measure] = {"circumstances": circumstances, **sides}
        # What was measured is kept, whatever becomes of the rest.
        RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")
    results = _kept()
    for name, text in _tables(results).items():
        if name in wanted:
            print(f"## {name}\n\n{text}\n")
    for path, text in pages(results).items():
        path.write_text(text)


if __name__ == "__main__":
    main()
