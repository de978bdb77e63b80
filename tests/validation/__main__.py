"""Measures every comparison anew and writes the table into ``docs/model.md``: ``make validate``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.validation import measurements, theory

PAGE = Path(__file__).resolve().parents[2] / "docs" / "model.md"
BEGIN, END = "<!-- validation: begin -->", "<!-- validation: end -->"


def main() -> int:
    """Print the table and put it between the marks; exit code 1 when a comparison misses its limit."""
    lines = ["| Against | Quantity | Expected | Measured | Error | Allowed |", "|---|---|---|---|---|---|"]
    good = True
    for case in theory.cases():
        expected, measured = case.measure()
        error = abs(measured / expected - 1.0)
        good &= error <= case.limit
        lines.append(
            f"| {case.against} | {case.quantity} | {expected:.4g} | {measured:.4g} | {100 * error:.2f} % | "
            f"{100 * case.limit:g} % |"
        )
    for case in measurements.cases():
        expected, measured = case.measure()
        good &= measured - expected <= case.limit
        lines.append(
            f"| {case.against} | {case.quantity} | | | {100 * (measured - expected):.1f} % | {100 * case.limit:g} % |"
        )
    table = "\n".join(lines)
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")
    sys.stdout.write(f"{table}\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
