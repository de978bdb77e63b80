"""Resident memory of long exact runs at 1,000 requests/s: bounded by what is in flight, not by what has passed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from typing import Any, Final

from designer.domain.graph.scenario import Scenario, Traffic
from simulator.engine.simulation import Simulation, warm_up
from tests.bench.bench_engine import reference_pipeline

RATE_PER_S: Final = 1000.0
HOUR_S: Final = 3600
DAY_S: Final = 86_400
MOST_MB: Final = 500.0
MOST_GROWTH: Final = 1.05

Figure = dict[str, Any]


def peak_mb(duration_s: float) -> float:
    """Run the reference pipeline for so long in this process; the greatest resident memory of the process so far."""
    warm_up()
    scenario = Scenario(duration_s=duration_s, window_s=60.0, traffic=(Traffic("users", rate_per_s=RATE_PER_S),))
    simulation = Simulation(reference_pipeline(), scenario)
    while not simulation.finished:
        simulation.advance(wall_ms=100)
    simulation.summary()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def peak_mb_of_own_process(duration_s: float) -> float:
    """The same in a fresh process."""
    command = [sys.executable, "-m", "tests.bench.bench_memory", str(duration_s)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def bench_memory() -> list[Figure]:
    """Peaks after an hour and after two; after a day (86.4 million requests) when ``BENCH_WHOLE_DAY`` is set."""
    hour, two = peak_mb_of_own_process(HOUR_S), peak_mb_of_own_process(2 * HOUR_S)
    figures: list[Figure] = [
        {
            "name": "memory: peak after two hours at 1,000 requests/s, times that after one",
            "value": two / hour,
            "unit": "x",
            "target": f"<= {MOST_GROWTH:g}",
            "met": two <= MOST_GROWTH * hour,
        }
    ]
    if os.environ.get("BENCH_WHOLE_DAY"):
        day = peak_mb_of_own_process(DAY_S)
        figures.append(
            {
                "name": "memory: peak of a day at 1,000 requests/s",
                "value": day,
                "unit": "MB",
                "target": f"<= {MOST_MB:g}",
                "met": day <= MOST_MB,
            }
        )
    return figures


if __name__ == "__main__":
    sys.stdout.write(f"{peak_mb(float(sys.argv[1]))}\n")
