"""What the texts on the model of several services say alike about sizes."""

from __future__ import annotations

from typing import Final

TOO_LARGE: Final = (
    "The largest payload: what a client, a scenario or a connection says to be larger is refused, as a whole, with a "
    "cause of its own."
)
