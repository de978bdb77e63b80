"""Makes the shipped fonts known to Cairo, which otherwise sees only the fonts of the machine.

Cairo asks fontconfig; fontconfig takes further fonts for the running process alone. Where there is no
fontconfig, text is set in a font of the machine.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Sequence
from functools import cache


@cache
def offer_fonts(files: Sequence[str]) -> bool:
    """Add the font files to those of this process. False when the machine has no fontconfig."""
    name = ctypes.util.find_library("fontconfig") or "libfontconfig.so.1"
    try:
        library = ctypes.CDLL(name)
    except OSError:
        return False
    add = library.FcConfigAppFontAddFile
    add.argtypes = (ctypes.c_void_p, ctypes.c_char_p)
    add.restype = ctypes.c_int
    added = [add(None, file.encode()) for file in files]
    return all(added)
