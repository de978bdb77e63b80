"""Trying event patterns and schedules out, before anything is deployed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer.domain.events.dialects import DIALECTS
from designer.domain.events.samples import SAMPLES
from designer.domain.events.schedules import LONGEST_EXPRESSION, Clock
from designer.domain.events.trial import Fault, try_pattern, try_schedule

LONGEST_PATTERN: Final = 20_000
LONGEST_EVENT: Final = 300_000
MOST_TIMES: Final = 20


class FaultSerializer(serializers.Serializer[Any]):
    """An error in one of the texts, with its place and what to write instead."""

    text = serializers.CharField()
    message = serializers.CharField()
    cure = serializers.CharField()
    line = serializers.IntegerField()
    column = serializers.IntegerField()
    path = serializers.CharField()


class MissSerializer(serializers.Serializer[Any]):
    """A field of the event that the pattern does not fit."""

    path = serializers.CharField()
    wanted = serializers.CharField()
    found = serializers.CharField()
    hint = serializers.CharField()
    pattern_line = serializers.IntegerField()
    event_line = serializers.IntegerField(allow_null=True)


class PatternTrialRequestSerializer(serializers.Serializer[Any]):
    """A pattern or filter, and an event to try it on."""

    pattern = serializers.CharField(max_length=LONGEST_PATTERN, trim_whitespace=False)
    event = serializers.CharField(max_length=LONGEST_EVENT, trim_whitespace=False, allow_blank=True, default="")
    dialect = serializers.ChoiceField(choices=list(DIALECTS), default="event_bus")


class PatternTrialSerializer(serializers.Serializer[Any]):
    """Whether the event fits; null when there is no event or one of the texts cannot be read."""

    fits = serializers.BooleanField(allow_null=True)
    misses = MissSerializer(many=True)
    note = serializers.CharField()
    never = serializers.CharField()
    fault = FaultSerializer(allow_null=True)


class ScheduleTrialRequestSerializer(serializers.Serializer[Any]):
    """A schedule expression, and who reads it."""

    expression = serializers.CharField(max_length=LONGEST_EXPRESSION + 44, trim_whitespace=False)
    clock = serializers.ChoiceField(choices=[clock.value for clock in Clock], default=Clock.RULE.value)
    time_zone = serializers.CharField(max_length=50, default="UTC")
    start_date = serializers.CharField(max_length=40, allow_blank=True, default="")
    end_date = serializers.CharField(max_length=40, allow_blank=True, default="")
    count = serializers.IntegerField(min_value=1, max_value=MOST_TIMES, default=5)


class ScheduleTrialSerializer(serializers.Serializer[Any]):
    """The next times, in the schedule's zone."""

    times = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField()
    fault = FaultSerializer(allow_null=True)


class SampleEventSerializer(serializers.Serializer[Any]):
    """A well-known event to begin with."""

    id = serializers.CharField()
    name = serializers.CharField()
    dialects = serializers.ListField(child=serializers.CharField())
    services = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField()


class SampleEventsView(APIView):
    """Sample events."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=SampleEventSerializer(many=True), tags=["events"])
    def get(self, request: Request) -> Response:
        """Events that well-known sources send, the most common first."""
        del request
        return Response(
            [
                {
                    "id": sample.id,
                    "name": sample.name,
                    "dialects": list(sample.dialects),
                    "services": list(sample.services),
                    "text": sample.text,
                }
                for sample in SAMPLES
            ]
        )


class PatternTrialView(APIView):
    """Matches a pattern against an event; nothing is stored."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(request=PatternTrialRequestSerializer, responses=PatternTrialSerializer, tags=["events"])
    def post(self, request: Request) -> Response:
        """Whether the event fits, and why not."""
        given = _valid(PatternTrialRequestSerializer(data=request.data))
        trial = try_pattern(given["pattern"], given["event"], DIALECTS[given["dialect"]])
        verdict = trial.verdict
        return Response(
            {
                "fits": None if verdict is None else verdict.passes,
                "misses": [
                    {
                        "path": miss.path,
                        "wanted": miss.wanted,
                        "found": miss.found,
                        "hint": miss.hint,
                        "pattern_line": miss.pattern_place.line,
                        "event_line": miss.event_place.line if miss.event_place is not None else None,
                    }
                    for miss in (verdict.misses if verdict is not None else ())
                ],
                "note": verdict.note if verdict is not None else "",
                "never": trial.never,
                "fault": _fault(trial.fault),
            }
        )


class ScheduleTrialView(APIView):
    """Lists the next times of a schedule; nothing is stored."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(request=ScheduleTrialRequestSerializer, responses=ScheduleTrialSerializer, tags=["events"])
    def post(self, request: Request) -> Response:
        """The next times, or what is wrong with the expression."""
        given = _valid(ScheduleTrialRequestSerializer(data=request.data))
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        trial = try_schedule(
            given["expression"],
            Clock(given["clock"]),
            now,
            zone_name=given["time_zone"],
            start_date=given["start_date"],
            end_date=given["end_date"],
            count=given["count"],
        )
        times = [fires.isoformat() for fires in trial.times]
        return Response({"times": times, "note": trial.note, "fault": _fault(trial.fault)})


def _valid(serializer: serializers.Serializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _fault(fault: Fault | None) -> dict[str, object] | None:
    if fault is None:
        return None
    error = fault.error
    return {
        "text": fault.text,
        "message": error.message,
        "cure": error.cure,
        "line": error.place.line,
        "column": error.place.column,
        "path": error.place.path,
    }
