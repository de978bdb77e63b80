"""How the kernel reaches its arrays: a table of their addresses, and one typed view per array.

A function that took the forty arrays themselves would have hundreds of machine arguments, which makes numba
slow to compile and calls slow to make. With the table's own address every kernel function has one argument for all
of them, in a register. Reference counting is off (nothing is allocated), so a view costs one load. The caller keeps
the arrays alive.

With ``NUMBA_DISABLE_JIT=1`` the table is the :class:`State` itself and a view is a look-up, so that coverage
tools see the kernel's lines.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import config as numba_config
from numba.extending import intrinsic
from numba.np.arrayobj import populate_array

from simulator.engine import kernel_layout as lay
from simulator.engine import kernel_rows as rows
from simulator.engine import stations as st

_ANY_LENGTH: Final = 0
"""Views carry no length. Indices are never negative when used; with 0 numba's code for negative ones folds away."""

_settings: Any = numba_config
_populate_array: Any = populate_array
_Function = TypeVar("_Function", bound=Callable[..., Any])
Row = np.void
"""One record of an array, by reference."""
Table = int | lay.State
"""The address of the addresses of a state's arrays, or the state itself when nothing is compiled."""


def _cache_folder() -> str:
    """A folder for compiled code that changes with the kernel's sources.

    Numba looks only at the file of the function itself when it decides whether cached code is current, but
    compiled code contains that of the other kernel modules. ``NUMBA_CACHE_DIR`` is honoured.
    """
    here = Path(__file__).parent
    fingerprint = hashlib.blake2b(numba.__version__.encode(), digest_size=8)
    for path in (*sorted(here.glob("kernel*.py")), here / "instructions.py", here / "stations.py"):
        fingerprint.update(path.read_bytes())
    base = Path(_settings.CACHE_DIR) if _settings.CACHE_DIR else here / "__pycache__"
    folder = base / f"kernel-{fingerprint.hexdigest()}"
    try:
        if base.parent == here:
            for outdated in set(base.glob("kernel-*")) - {folder}:
                shutil.rmtree(outdated, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return ""
    return str(folder) if os.access(folder, os.W_OK) else ""


_CACHE_FOLDER: Final = _cache_folder()


def is_compiled() -> bool:
    """Whether the compiled loop is in the cache, so that loading it takes a moment instead of many seconds."""
    return bool(_CACHE_FOLDER) and any(Path(_CACHE_FOLDER).rglob("kernel.advance-*.nbi"))


def compiled(*, inline: bool = False, nogil: bool = False) -> Callable[[_Function], _Function]:
    """Decorate a kernel function: cached, without reference counting; ``inline`` copies it into its callers."""

    def decorate(function: _Function) -> _Function:
        general = _settings.CACHE_DIR
        _settings.CACHE_DIR = _CACHE_FOLDER
        options: dict[str, Any] = {"cache": bool(_CACHE_FOLDER), "nogil": nogil, "forceinline": inline}
        options |= {"_nrt": False, "error_model": "numpy"}
        try:
            return cast("_Function", numba.njit(**options)(function))
        finally:
            _settings.CACHE_DIR = general

    return decorate


def _view(name: str, dtype: np.dtype[Any], columns: int = 0) -> Callable[[Table], Any]:
    """A function that gives the array of this name, one-dimensional or with a fixed number of columns."""
    position = lay.State._fields.index(name)
    if _settings.DISABLE_JIT:
        return lambda s: cast("lay.State", s)[position]
    shape = (_ANY_LENGTH, columns) if columns else (_ANY_LENGTH,)
    strides = (dtype.itemsize * columns, dtype.itemsize) if columns else (dtype.itemsize,)
    view_type = types.Array(numba.from_dtype(dtype), len(shape), "C")

    def view(_context: object, s: types.Type) -> tuple[Any, Callable[..., Any]]:
        def generate(context: Any, builder: Any, _signature: object, arguments: Any) -> object:  # noqa: ANN401  (numba's own)
            size = ir.IntType(64)
            addresses = builder.inttoptr(arguments[0], size.as_pointer())
            address = builder.load(builder.gep(addresses, [ir.Constant(size, position)]))
            # The table does not change while the kernel runs: LLVM may keep what it has loaded.
            address.set_metadata("invariant.load", builder.module.add_metadata([]))
            array = context.make_array(view_type)(context, builder)
            _populate_array(
                array,
                data=builder.inttoptr(address, array.data.type),
                shape=[ir.Constant(size, length) for length in shape],
                strides=[ir.Constant(size, stride) for stride in strides],
                itemsize=ir.Constant(size, dtype.itemsize),
                meminfo=None,
            )
            return array._getvalue()  # noqa: SLF001  (numba's way to read a struct proxy)

        return view_type(s), generate

    return cast("Callable[[Table], Any]", intrinsic(view))


_STATUSES: Final = len(st.STATUSES)

clock_of: Final = _view("clock", lay.CLOCK)
frames_of: Final = _view("frames", rows.FRAME)
heap_of: Final = _view("heap", rows.HEAP_ENTRY)
appointments_of: Final = _view("appointments", rows.APPOINTMENT)
days_of: Final = _view("days", rows.DAY)
occupied_of: Final = _view("occupied", np.dtype(np.int64))
program_of: Final = _view("program", rows.INSTRUCTION)
distributions_of: Final = _view("distributions", rows.DISTRIBUTION)
buckets_of: Final = _view("buckets", rows.TOKEN_BUCKET)
limits_of: Final = _view("limits", rows.LIMIT)
pools_of: Final = _view("pools", rows.POOL)
queues_of: Final = _view("queues", rows.QUEUE)
slots_of: Final = _view("slots", np.dtype(np.int64), st.SLOTS)
slot_starts_of: Final = _view("slot_starts", np.dtype(np.float64), st.SLOTS)
pollers_of: Final = _view("pollers", rows.POLLER)
timers_of: Final = _view("timers", rows.TIMER)
policies_of: Final = _view("policies", rows.RETRY_POLICY)
choices_of: Final = _view("choices", rows.CHOICE)
translations_of: Final = _view("translations", np.dtype(np.int64), _STATUSES)
sources_of: Final = _view("sources", lay.SOURCE_ROW)
segments_of: Final = _view("segments", lay.SEGMENT)
times_of: Final = _view("times", np.dtype(np.float64))
random_of: Final = _view("random", np.dtype(np.uint64), 4)
gauges_of: Final = _view("gauges", lay.GAUGE)
counts_of: Final = _view("counts", np.dtype(np.int64), st.COUNTS)
errors_of: Final = _view("errors", np.dtype(np.int64), _STATUSES)
lost_of: Final = _view("lost", np.dtype(np.int64), _STATUSES)
edges_of: Final = _view("edges", np.dtype(np.int64), 2)
entries_of: Final = _view("entries", np.dtype(np.int64), 2)
entry_errors_of: Final = _view("entry_errors", np.dtype(np.int64), _STATUSES)
histograms_of: Final = _view("histograms", np.dtype(np.int64), st.BUCKETS)
histogram_sums_of: Final = _view("histogram_sums", np.dtype(np.float64), 2)
meters_of: Final = _view("meters", np.dtype(np.float64), st.METERS)
faults_of: Final = _view("faults", lay.FAULT)
keys_of: Final = _view("keys", lay.KEYS)
groups_of: Final = _view("groups", lay.GROUP)
caches_of: Final = _view("caches", lay.CACHE)
expiries_of: Final = _view("expiries", np.dtype(np.float64))
batchers_of: Final = _view("batchers", lay.BATCHER)
scalers_of: Final = _view("scalers", lay.SCALER)
breakers_of: Final = _view("breakers", lay.BREAKER)
spans_of: Final = _view("spans", lay.SPAN)


def table(state: lay.State) -> Table:
    """What the kernel takes: the table of addresses lies in the state itself. Valid as long as the state lives."""
    if _settings.DISABLE_JIT:
        return state
    state.addresses[:] = [array.ctypes.data for array in state]
    return int(state.addresses.ctypes.data)
