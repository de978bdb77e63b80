"""The simulation engine: a design and a scenario in, windows and a summary out."""

from typing import Final

ENGINE_VERSION: Final = "1.1.0"
"""Same design, scenario, seed and engine version: identical results."""
