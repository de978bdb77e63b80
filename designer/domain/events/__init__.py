"""Event patterns that are really matched against events, and schedules that really know their next times."""
