"""This integration beside Home Assistant's own `xbox`, in the same run on the same machine.

Run by `scripts/benchmark-core [--only SECTION,…]`. Each number comes from a process of its own, the
sides take turns. The tables go to the standard output, to docs/benchmarks.md and to the README; what
a run does not measure is kept as it was.
"""

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
import json
from pathlib import Path
import platform
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
    module = "importing" if measure == "import" else "measures"
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", measure, side],
        check=True,
        stdout=subprocess.PIPE,
        timeout=_PATIENCE,
        cwd=_ROOT,
    )
    numbers: Numbers = json.loads(done.stdout)
    print(f"{measure}, {side}: {numbers}", file=sys.stderr)
    return numbers


def _kept() -> Results:
    """What was measured last, by this run or by others."""
    results: Results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    return results


def _circumstances() -> str:
    parts = ("Home Assistant", "homeassistant"), ("python-xbox", "python-xbox")
    versions = ", ".join(f"{name} {version(package)}" for name, package in parts)
    today = datetime.now(UTC).date().isoformat()
    return f"{today}, {versions}, Python {platform.python_version()}"


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
        for measure in section.measures:
            times[measure] = max(times.get(measure, 1), section.times)
    for measure, count in times.items():
        sides = measured(measure, count)
        # Two runs may be under way, each with tables of its own.
        results = _kept()
        results[measure] = {"circumstances": _circumstances(), **sides}
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
