"""Numbers that lowering, kernel and results agree on: statuses, columns of the tallies, limits of the machine.

The kernel never sees a name: :mod:`simulator.engine.lowering` gives numbers to nodes, edges and causes of error.
"""

from __future__ import annotations

from typing import Final

# ---- statuses -----------------------------------------------------------------------------------
STATUSES: Final = (
    "ok",
    "throttled",
    "capacity_exceeded",
    "slow_down",
    "quota_exceeded",
    "function_error",
    "function_timeout",
    "dependency_error",
    "bad_gateway",
    "internal_error",
    "integration_timeout",
    "authorizer_error",
    "client_timeout",
    "expired",
    "dead_lettered",
    "event_age_exceeded",
    "retries_exhausted",
    "recursion_stopped",
    "loop_cut",
    "service_unavailable",
    "bad_request",
    "forbidden",
    "not_found",
    "payload_too_large",
    "execution_failed",
    "execution_timeout",
    "queue_full",
    "wait_timeout",
    "connections_exhausted",
    "dependency_down",
    "injected_error",
    "circuit_open",
    "unauthorized",
)
"""Names of the causes of error by status number; 0 is success."""
OK: Final = 0
THROTTLED: Final = 1
CAPACITY_EXCEEDED: Final = 2
SLOW_DOWN: Final = 3
QUOTA_EXCEEDED: Final = 4
LAST_THROTTLE: Final = 4
"""Statuses 1 to this one mean "too much at once" and are retried with a back-off."""
FUNCTION_ERROR: Final = 5
FUNCTION_TIMEOUT: Final = 6
DEPENDENCY_ERROR: Final = 7
BAD_GATEWAY: Final = 8
INTERNAL_ERROR: Final = 9
INTEGRATION_TIMEOUT: Final = 10
AUTHORIZER_ERROR: Final = 11
CLIENT_TIMEOUT: Final = 12
EXPIRED: Final = 13
DEAD_LETTERED: Final = 14
EVENT_AGE_EXCEEDED: Final = 15
RETRIES_EXHAUSTED: Final = 16
RECURSION_STOPPED: Final = 17
LOOP_CUT: Final = 18
SERVICE_UNAVAILABLE: Final = 19
BAD_REQUEST: Final = 20
FORBIDDEN: Final = 21
NOT_FOUND: Final = 22
PAYLOAD_TOO_LARGE: Final = 23
EXECUTION_FAILED: Final = 24
EXECUTION_TIMEOUT: Final = 25
QUEUE_FULL: Final = 26
WAIT_TIMEOUT: Final = 27
CONNECTIONS_EXHAUSTED: Final = 28
DEPENDENCY_DOWN: Final = 29
INJECTED_ERROR: Final = 30
CIRCUIT_OPEN: Final = 31
UNAUTHORIZED: Final = 32

# ---- columns of the tallies -----------------------------------------------------------------------
ARRIVALS: Final = 0
COMPLETIONS: Final = 1
THROTTLES: Final = 2
COLD_STARTS: Final = 3
RETRIES: Final = 4
DUPLICATES: Final = 5
FILTERED: Final = 6
COUNTS: Final = 7

METER_BILLED_MS: Final = 0
METER_PROVISIONED_MS: Final = 1
METER_INVOCATIONS: Final = 2
METER_RECEIVES: Final = 3
METER_DELETES: Final = 4
METER_EMPTY_S: Final = 5
METER_READS: Final = 6
METER_WRITES: Final = 7
METER_DELETED_OBJECTS: Final = 8
METER_WAITING_EVENTS: Final = 9
METER_SERVER_S: Final = 10
FIRST_OWN_METER: Final = 11
"""Columns from here on belong to each service, which names them (``Plan.meter``)."""
METERS: Final = 32

CONSTANT: Final = 0
EXPONENTIAL: Final = 1
LOGNORMAL: Final = 2
UNIFORM: Final = 3

TIMER_INTERRUPTS: Final = 0
TIMER_SHOWS_MESSAGES: Final = 1

SCALES_SERVERS: Final = 0
SCALES_SHARDS: Final = 1
SCALES_TASKS: Final = 2
SCALES_CAPACITY: Final = 3
SCALES_PEAK: Final = 4
"""Kinds of scalers: servers that are launched, shards of an on-demand stream, tasks of a Flink application.

From SCALES_CAPACITY on they have no servers but throughput: provisioned, or of a table on demand.
"""

GATE_REFUSALS: Final = 1
GATE_ERRORS: Final = 2
GATE_DELAY: Final = 4
GATE_ALL: Final = 7
"""Which faults an ARRIVE or GATE looks at: down and throttled, failing, slow to answer."""

SPAN_STAY: Final = 0
SPAN_COLD_START: Final = 1
SPAN_WAIT: Final = 2
SPAN_BACK_OFF: Final = 3
SPAN_ANSWER: Final = 4
SPANS: Final = 16_384
"""Steps of sampled journeys that one window holds; more are left out."""

SLOTS: Final = 64
"""Age classes in which a queue that nobody reads keeps its messages."""
SUB_BUCKETS: Final = 32
OCTAVES: Final = 40
BUCKETS: Final = SUB_BUCKETS * OCTAVES
LOWEST_EXPONENT: Final = -20
"""The histogram begins at 2 ** -20 s, about 1 microsecond."""

DAYS: Final = 4096
"""Days in the ring of the calendar: 64 words of 64 bits say which have appointments."""
UNLISTED: Final = -2
"""An appointment that is not in the calendar."""
FRAME_BITS: Final = 24
"""A heap key is a sequence number and, in its lowest bits, a frame."""
DEPTH_LIMIT: Final = 200
"""A chain of calls and events longer than this is a loop without an end and is cut."""
RECURSION_LIMIT: Final = 16
"""Invocations in one chain after which Lambda stops a loop (AWS docs: recursive loop detection)."""
