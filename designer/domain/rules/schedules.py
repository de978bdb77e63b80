"""Reads the schedule expressions of EventBridge rules far enough to say whether AWS takes them."""

from __future__ import annotations

import re
from typing import Final

_RATE = re.compile(r"rate\((\d+) (minutes?|hours?|days?)\)")
_CRON = re.compile(r"cron\((.*)\)")
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")

_FIELDS: Final = (
    ("minutes", 0, 59, ()),
    ("hours", 0, 23, ()),
    ("day of month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day of week", 1, 7, _DAYS),
    ("year", 1970, 2199, ()),
)


def schedule_error(expression: str) -> str:
    """What is wrong with the expression, as the rest of a sentence; empty when AWS takes it."""
    rate = _RATE.fullmatch(expression.strip())
    if rate is not None:
        return _rate_error(int(rate[1]), rate[2])
    cron = _CRON.fullmatch(expression.strip())
    if cron is not None:
        return _cron_error(cron[1].split())
    return "is neither rate(5 minutes) nor cron(0 12 * * ? *)"


def _rate_error(value: int, unit: str) -> str:
    if value < 1:
        return "has to be at least 1 minute"
    if (value == 1) == unit.endswith("s"):
        return f"needs {unit.rstrip('s') if value == 1 else unit + 's'} after {value}"
    return ""


def _cron_error(fields: list[str]) -> str:
    if len(fields) != 6:
        return f"has {len(fields)} fields; cron takes 6: minutes, hours, day of month, month, day of week, year"
    if (fields[2] == "?") == (fields[4] == "?"):
        return "has to have ? in either day of month or day of week"
    for text, (name, least, most, words) in zip(fields, _FIELDS, strict=True):
        if not all(_is_part(part, least, most, words, name) for part in text.upper().split(",")):
            return f"has {text!r} as {name}"
    return ""


def _is_part(part: str, least: int, most: int, words: tuple[str, ...], name: str) -> bool:
    if part == "?":
        return name in ("day of month", "day of week")
    if name == "day of month" and (part in ("L", "LW") or re.fullmatch(r"([1-9]|[12]\d|3[01])W", part)):
        return True
    if name == "day of week" and re.fullmatch(rf"([1-7]|{'|'.join(_DAYS)})?L|([1-7]|{'|'.join(_DAYS)})#[1-5]", part):
        return True
    span, _, step = part.partition("/")
    if "/" in part and not (step.isdigit() and int(step) >= 1):
        return False
    if span == "*":
        return True
    ends = span.split("-")
    return len(ends) <= 2 and all(_is_value(end, least, most, words) for end in ends)


def _is_value(text: str, least: int, most: int, words: tuple[str, ...]) -> bool:
    return text in words or (text.isdigit() and least <= int(text) <= most)
