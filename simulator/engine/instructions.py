"""The instructions of a program, each of them one small station, and the flags of the frame that executes them.

``node``, ``target``, ``otherwise``, ``edge``, ``resource``, ``code``, ``flags``, ``stream`` and ``x`` are the fields of
an instruction (see INSTRUCTION in :mod:`simulator.engine.kernel_rows`).
"""

from __future__ import annotations

from typing import Final

END: Final = 0
"""Leave the node, answer the caller with the frame's status, free the frame."""
ARRIVE: Final = 1
"""Count an arrival at ``node``; ``flags`` bit 1: the frame also counts as in service there.

A fault of the node that refuses the frame sends it to ``otherwise``, or ends it there when that is -1. ``flags`` bit 2:
faults are looked at elsewhere (GATE). Bit 4: all but errors, which FAIL decides.
"""
DEPART: Final = 2
"""Leave the node but go on with the next instruction."""
DELAY: Final = 3
"""Wait a sample of distribution ``resource``."""
WORK: Final = 4
"""Wait a sample of ``resource`` times the records; above ``x`` > 0 s stop there with ``code`` at ``otherwise``."""
BUCKET: Final = 5
"""Take ``x`` tokens per record of bucket ``resource``, or go to ``otherwise`` with ``code``.

``flags`` bit 1: ``x`` tokens in all; bit 2: of the bucket that many places further as the frame's group says (KEY).
"""
ACQUIRE: Final = 6
"""Take a server of pool ``resource``; when refused go to ``otherwise`` with ``code``."""
COLD: Final = 7
"""After a cold start wait placement ``resource`` and initialisation ``code`` (distributions); mark the start."""
RELEASE: Final = 8
"""Give the server back; a time-out ends its environment, and so does the status ``code`` (0: none).

Meters billed time when ``flags`` = 1.
"""
FAIL: Final = 9
"""With probability ``x`` per record fail with ``code`` at ``otherwise``; ``flags`` = 1: only note failed records."""
CALL: Final = 10
"""Call ``target`` over ``edge``, ``x`` times per record, one after the other; an error goes to ``otherwise``.

``flags`` = 1: the error goes to a RETRY that comes back here with the remaining calls.
``flags`` = 2: hand the frame's own batch to the called frame, once. ``flags`` = 3: once, whatever the records.
"""
SEND: Final = 11
"""Start ``x`` frames per record (``flags`` = 1: in all) at ``target`` over ``edge`` and go on."""
ROUTE: Final = 12
"""Go to one of ``code`` choices from ``resource`` by their cumulative weights; ``flags`` = 1: by the frame's group."""
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
"""Add ``x`` per record (``flags`` = 1: in all) to meter ``resource`` of the node."""
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
FORK: Final = 28
"""Run branches side by side and wait for all of them; the next instruction has to be BRANCHES.

Goes on behind BRANCHES when they have worked, to ``otherwise`` with the first failure's status when one has failed.
"""
BRANCHES: Final = 29
"""What FORK runs: ``code`` choices from ``resource``, or, when that is -1, ``x`` times ``target`` (per record).

``flags`` = how many run at the same time (0: all), ``otherwise`` = failures that are tolerated.
"""
ALIVE: Final = 30
"""End the frame here when a FORK around it has failed or been interrupted meanwhile."""
KEY: Final = 31
"""Put a number into the frame's group by key table ``resource``: drawn, or from the key that the request came with."""
LOOK_UP: Final = 32
"""Go to ``target`` when cache ``resource`` holds the frame's group."""
STORE: Final = 33
"""Put the frame's group into cache ``resource`` until its time to live is over."""
COLLECT: Final = 34
"""Wait in batcher ``resource`` until it is full or its time has come; one frame goes on for all (DISPERSE)."""
DISPERSE: Final = 35
"""The frames that were collected end, with the status of this one, which goes on alone."""
COLLECT_TICK: Final = 36
"""The time of batcher ``resource`` has come."""
SCALER_TICK: Final = 37
"""Scaler ``resource`` compares what it watches with its target."""
SERVER_UP: Final = 38
"""A launched server of scaler ``resource`` begins to work."""
BREAKER: Final = 39
"""Go to ``otherwise`` with ``code`` while circuit breaker ``resource`` is open."""
NOTE: Final = 40
"""Tell circuit breaker ``resource`` how the call that it guards has ended."""
USERS: Final = 41
"""Bring the number of users of source ``resource`` to what the profile says."""
USER: Final = 42
"""A user of source ``resource`` sends a request and waits for the answer, or leaves when there are too many."""
GATE: Final = 43
"""Faults of ``node``: bit 1 of ``flags``: down and throttled, bit 2: errors, bit 4: added latency."""
AWAIT_READER: Final = 44
"""Wait until the reader of a shard has the record: until its next poll, every ``x`` s, and then for its answer.

``x`` = 0: it is pushed. ``resource`` is the time that takes, ``code`` the poller whose records stay in order (-1: each
goes its own way), ``flags`` the microseconds by which the polls of this shard are shifted.
"""
METER_TIME: Final = 45
"""Add the time since the work began, in started steps of ``x`` s, at least one, to meter ``resource`` of the node."""
CASE: Final = 46
"""Go to ``target`` when translation ``resource`` makes the status another one, which it does not become."""

IN_NODE: Final = 1
IN_SERVICE: Final = 2
WORKING: Final = 4
"""The frame is asynchronous work of its root."""
ROOT: Final = 8
ANSWERED: Final = 16
COLD_START: Final = 32
PROVISIONED: Final = 64
HOLDS_SERVER: Final = 128
ABANDONED: Final = 256
"""A FORK that has failed; its branches are not waited for."""
JOINS: Final = 512
WAITING: Final = 1024
"""The frame stands in line for a pool; ``child`` is the one before it."""
POISON: Final = 2048
"""The message, or one of the batch, makes its consumer fail."""
TRACED: Final = 4096
