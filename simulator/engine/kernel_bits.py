"""The position of the lowest bit that is set: one machine instruction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from llvmlite import ir
from numba import types
from numba.core import config as numba_config
from numba.extending import intrinsic

if TYPE_CHECKING:
    from collections.abc import Callable


def _lowest_bit(_context: object, _word: types.Type) -> tuple[Any, Callable[..., Any]]:
    def generate(_context: object, builder: Any, _signature: object, arguments: Any) -> object:  # noqa: ANN401  (numba's own)
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.int64), generate


def _lowest_bit_in_python(word: int) -> int:
    return (int(word) & -int(word)).bit_length() - 1


lowest_bit: Callable[[int], int]
"""Counts from 0; the word must not be 0. Words are 64 bits, signed."""
if cast("Any", numba_config).DISABLE_JIT:
    lowest_bit = _lowest_bit_in_python
else:
    lowest_bit = cast("Callable[[int], int]", intrinsic(_lowest_bit))
