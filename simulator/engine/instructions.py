"""The instructions of a program, each of them one small station, and the flags of the frame that executes them.

``node``, ``target``, ``otherwise``, ``edge``, ``resource``, ``code``, ``flags``, ``stream`` and ``x`` are the fields of
an instruction (see INSTRUCTION in :mod:`simulator.engine.kernel_layout`).
"""

from __future__ import annotations

from typing import Final

END: Final = 0
"""Leave the node, answer the caller with the frame's status, free the frame."""
ARRIVE: Final = 1
"""Count an arrival at ``node``; with ``flags`` = 1 the frame also counts as in service there."""
DEPART: Final = 2
"""Leave the node but go on with the next instruction."""
DELAY: Final = 3
"""Wait a sample of distribution ``resource``."""
WORK: Final = 4
"""Wait a sample of ``resource`` times the records; above ``x`` > 0 s stop there with ``code`` at ``otherwise``."""
BUCKET: Final = 5
"""Take ``x`` tokens per record (``flags`` = 1: in all) of bucket ``resource``, or go to ``otherwise`` with ``code``."""
ACQUIRE: Final = 6
"""Take a server of pool ``resource``; when refused go to ``otherwise`` with ``code``."""
COLD: Final = 7
"""After a cold start wait placement ``resource`` and initialisation ``code`` (distributions); mark the start."""
RELEASE: Final = 8
"""Give the server back; the environment dies when the status is ``code``. Meters billed time when ``flags`` = 1."""
FAIL: Final = 9
"""With probability ``x`` per record fail with ``code`` at ``otherwise``; ``flags`` = 1: only note failed records."""
CALL: Final = 10
"""Call ``target`` over ``edge``, ``x`` times per record, one after the other; an error goes to ``otherwise``.

``flags`` = 1: the error goes to a RETRY that comes back here with the remaining calls.
``flags`` = 2: hand the frame's own batch to the called frame, once.
"""
SEND: Final = 11
"""Start ``x`` frames per record at ``target`` over ``edge`` and go on."""
ROUTE: Final = 12
"""Go to one of ``code`` choices from ``resource`` by their cumulative weights."""
CHANCE: Final = 13
"""Go to ``target`` with probability ``x``."""
JUMP: Final = 14
"""Go to ``target``."""
TRANSLATE: Final = 15
"""Replace the status by row ``resource`` of the translation table."""
RETRY: Final = 16
"""Wait and go to ``target`` as retry policy ``resource`` says, or give up and go to ``otherwise``."""
START_TIMER: Final = 17
"""Start the countdown of timer ``resource``."""
STOP_TIMER: Final = 18
"""Stop the countdown."""
ENQUEUE: Final = 19
"""Become a visible message of queue ``resource`` and wait there for a poller."""
SETTLE: Final = 20
"""End of a batch's invocation for poller ``resource``: delete, keep invisible, or retry in order."""
RETURN: Final = 21
"""The visibility timeout of a failed batch is over: its messages become visible again."""
METER: Final = 22
"""Add ``x`` per record to meter ``resource`` of the node."""
SOURCE: Final = 23
"""Start a request and wait for the next arrival of source ``resource``."""
SCHEDULE: Final = 24
"""Start a request at the next listed time of source ``resource``."""
TIMER_TICK: Final = 25
"""The earliest deadline of timer ``resource`` has come."""
WINDOW_TICK: Final = 26
"""The batching window of poller ``resource`` has ended."""
SCALE_TICK: Final = 27
"""Poller ``resource`` reconsiders its concurrency."""

IN_NODE: Final = 1
IN_SERVICE: Final = 2
WORKING: Final = 4
"""The frame is asynchronous work of its root."""
ROOT: Final = 8
ANSWERED: Final = 16
COLD_START: Final = 32
PROVISIONED: Final = 64
HOLDS_SERVER: Final = 128
