"""Sampled journeys of requests, with every step, for a waterfall."""

from __future__ import annotations

from typing import Any, Final, Literal, TypedDict

import numpy as np

from simulator.engine import stations as st
from simulator.engine.kernel_layout import State
from simulator.engine.lowering.plan import Plan

SAMPLES_PER_WINDOW: Final = 4
"""About so many requests of a window are followed."""
FIRST_SAMPLES_EVERY: Final = 64
"""Until the first window has shown how many requests there are."""
KEPT: Final = 40
KEPT_LIVE: Final = 12
"""So many are shown while the run goes on."""
SPANS_KEPT: Final = 150
_HELD: Final = 400
_SLOW_SHARE: Final = 0.5

SpanKind = Literal["stay", "cold_start", "wait", "back_off"]
_KINDS: Final[dict[int, SpanKind]] = {
    st.SPAN_STAY: "stay",
    st.SPAN_COLD_START: "cold_start",
    st.SPAN_WAIT: "wait",
    st.SPAN_BACK_OFF: "back_off",
}


class Span(TypedDict):
    """One step. Times are milliseconds from the start of the request; ``depth`` counts the calls above it."""

    node: str
    kind: SpanKind
    start_ms: float
    end_ms: float
    status: str
    attempt: int
    depth: int


class Trace(TypedDict):
    """One request. ``caller_ms`` is until the answer, ``journey_ms`` until its last step ended."""

    id: int
    entry: str
    start_s: float
    status: str
    caller_ms: float
    journey_ms: float
    spans: list[Span]


class Tracebook:
    """Collects the steps window by window and keeps the most telling requests."""

    def __init__(self, plan: Plan, state: State) -> None:
        """From now on requests are followed, beginning with the next."""
        self._plan = plan
        state.clock["sample_every"], state.clock["until_sample"] = FIRST_SAMPLES_EVERY, 1
        self._spans: dict[int, list[tuple[Any, ...]]] = {}
        self._answers: dict[int, tuple[float, float, int]] = {}

    def take(self, state: State, requests: int) -> None:
        """Take the steps of a window out of the kernel, and choose how many requests of the next are followed."""
        clock = state.clock
        for row in state.spans[: int(clock["spans"][0])].tolist():
            trace, start, end, node, _, kind, status, attempt, depth = row
            if kind == st.SPAN_ANSWER:
                self._answers[trace] = (start, end, status)
            else:
                steps = self._spans.setdefault(trace, [])
                if len(steps) < SPANS_KEPT:
                    steps.append((start, end, node, kind, status, attempt, depth))
        clock["spans"] = 0
        every = max(requests // SAMPLES_PER_WINDOW, 1)
        clock["sample_every"] = every
        clock["until_sample"] = min(int(clock["until_sample"][0]), every)
        if len(self._answers) > _HELD:
            self._forget(_HELD // 2)

    def _forget(self, most: int) -> None:
        kept = set(self._chosen(most))
        self._answers = {trace: answer for trace, answer in self._answers.items() if trace in kept}
        newest = max(self._spans, default=0)
        self._spans = {t: steps for t, steps in self._spans.items() if t in kept or t > newest - _HELD}

    def _chosen(self, most: int) -> list[int]:
        """Failed ones and the slowest first, then an even choice of the others; ascending in time."""

        def duration(trace: int) -> float:
            start, end, _ = self._answers[trace]
            return end - start

        by_need = sorted(self._answers, key=lambda t: (self._answers[t][2] == st.OK, -duration(t), t))
        first = by_need[: int(most * _SLOW_SHARE)]
        rest = sorted(set(self._answers) - set(first))
        places = np.linspace(0, len(rest) - 1, most - len(first)).astype(int) if rest else ()
        return sorted({*first, *(rest[int(place)] for place in places)})

    def traces(self) -> list[Trace]:
        """The requests that are kept, in order of their start."""
        return [self._trace(number) for number in self._chosen(KEPT)]

    def newest(self) -> list[Trace]:
        """The last requests of those followed that have been answered, in order of their start."""
        return [self._trace(number) for number in sorted(self._answers)[-KEPT_LIVE:]]

    def _trace(self, number: int) -> Trace:
        begin, end, status = self._answers[number]
        steps = sorted(self._spans.get(number, []), key=lambda step: (step[0], step[6], -step[1]))
        spans: list[Span] = [
            {
                "node": self._plan.node_ids[node % len(self._plan.node_ids)],
                "kind": _KINDS[kind],
                "start_ms": round(1000.0 * (start - begin), 3),
                "end_ms": round(1000.0 * (stop - begin), 3),
                "status": st.STATUSES[state],
                "attempt": attempt,
                "depth": depth,
            }
            for start, stop, node, kind, state, attempt, depth in steps
            if node >= 0
        ]
        caller_ms = round(1000.0 * (end - begin), 3)
        return {
            "id": number,
            "entry": spans[0]["node"] if spans else "",
            "start_s": round(begin, 6),
            "status": st.STATUSES[status],
            "caller_ms": caller_ms,
            "journey_ms": max([caller_ms, *(span["end_ms"] for span in spans)]),
            "spans": spans,
        }
