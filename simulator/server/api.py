"""Runs over REST. Members of a workspace may watch its runs; editors and owners may start and stop them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer.domain.graph.scenario import FaultKind, Scenario
from designer.server.access import find_design, person
from designer.server.document_services import document_read
from designer.server.errors import ApiError
from simulator.engine.faults import possible_faults
from simulator.engine.lowering.whole_design import lower
from simulator.engine.refusal import SimulationRefused
from simulator.server.messages import run_to_json
from simulator.server.models import Run, RunStatus
from simulator.server.refusals import RunRefusedError
from simulator.server.selectors import run_windows, runs_of
from simulator.server.services import (
    run_cancel,
    run_delete,
    run_restart,
    run_start,
    runs_mark_interrupted,
)

_STATUS_CODES: Final = {
    "too_many_runs": status.HTTP_429_TOO_MANY_REQUESTS,
    "run_active": status.HTTP_409_CONFLICT,
}


class PersonSerializer(serializers.Serializer[Any]):
    """Who started a run."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class RunSerializer(serializers.Serializer[Any]):
    """A run. ``summary`` is null in lists and until the run has ended."""

    id = serializers.UUIDField()
    design = serializers.UUIDField()
    number = serializers.IntegerField()
    status = serializers.ChoiceField(choices=RunStatus.choices)
    progress = serializers.FloatField(help_text="0 to 1")
    seed = serializers.IntegerField()
    scenario = serializers.DictField()
    engine_version = serializers.CharField()
    catalog_version = serializers.CharField()
    rates_version = serializers.CharField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    created_by = PersonSerializer(allow_null=True)
    error = serializers.CharField(allow_blank=True)
    control = serializers.DictField(help_text="how the run is being played: pace, paused, load, faults")
    summary = serializers.DictField(allow_null=True)


class RunStartSerializer(serializers.Serializer[Any]):
    """What is run: a scenario as in docs/scenario-format.md, or the id of one of the design's own."""

    scenario = serializers.JSONField(required=False, allow_null=True)
    pace = serializers.FloatField(
        required=False, allow_null=True, help_text="simulated seconds per second; null: as fast as possible"
    )


class WindowPageSerializer(serializers.Serializer[Any]):
    """Consecutive windows; ask again with ``after`` = ``last_index`` while there are ``more``."""

    windows = serializers.ListField(child=serializers.DictField())
    last_index = serializers.IntegerField()
    more = serializers.BooleanField()


class DesignRunsView(APIView):
    """The runs of a design."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=RunSerializer(many=True))
    def get(self, request: Request, design_id: uuid.UUID) -> Response:
        """The runs of the design, the newest first, without their summaries."""
        design = find_design(request, design_id)
        runs_mark_interrupted(design_id=design.pk)
        runs = runs_of(person(request)).filter(design=design).defer("document", "summary")
        return Response([run_to_json(run) for run in runs])

    @extend_schema(request=RunStartSerializer, responses={201: RunSerializer})
    def post(self, request: Request, design_id: uuid.UUID) -> Response:
        """Start a run of the design as it is stored now."""
        design = find_design(request, design_id, writing=True)
        content = document_read(design.pk).design
        with refusals_told():
            run = run_start(
                design=design,
                content=content,
                scenario=_given(request, "scenario"),
                pace=_given(request, "pace"),
                user=person(request),
            )
        return Response(run_to_json(run), status.HTTP_201_CREATED)


class FaultChoiceSerializer(serializers.Serializer[Any]):
    """By node, the kinds of faults that can happen to it, and the edges that can have a circuit breaker."""

    nodes = serializers.DictField(child=serializers.ListField(child=serializers.ChoiceField(list(FaultKind))))
    breakers = serializers.ListField(child=serializers.CharField())


class DesignFaultsView(APIView):
    """What can go wrong in a design."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=FaultChoiceSerializer)
    def get(self, request: Request, design_id: uuid.UUID) -> Response:
        """The faults that can happen to the design as it is stored now, and where circuit breakers can be."""
        design = find_design(request, design_id)
        try:
            plan, _ = lower(document_read(design.pk).design, Scenario())
        except SimulationRefused as refused:
            raise ApiError(str(refused), code="refused") from None
        return Response({"nodes": possible_faults(plan), "breakers": sorted(plan.breakable)})


class RunAPIView(APIView):
    """Finds runs that the person may see."""

    permission_classes = (IsAuthenticated,)

    def find(self, request: Request, run_id: uuid.UUID, *, writing: bool = False) -> Run:
        """The run, its status brought up to date. Raises 404, and 403 to a viewer who wants to write."""
        runs_mark_interrupted(run_id=run_id)
        run = runs_of(person(request)).select_related("design").filter(pk=run_id).first()
        if run is None:
            raise NotFound("There is no such run, or you may not see it.")
        if writing:
            find_design(request, run.design_id, writing=True)
        return run


class RunView(RunAPIView):
    """One run."""

    @extend_schema(responses=RunSerializer)
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        """The run with its summary."""
        return Response(run_to_json(self.find(request, run_id), with_summary=True))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, run_id: uuid.UUID) -> Response:
        """Delete the run and its windows; a run under way is given up."""
        run_delete(run=self.find(request, run_id, writing=True))
        return Response(status=status.HTTP_204_NO_CONTENT)


class RunWindowsView(RunAPIView):
    """The windows of a run."""

    @extend_schema(
        responses=WindowPageSerializer,
        parameters=[OpenApiParameter("after", int, description="only windows beyond this index; -1 for all")],
    )
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        """A page of stored windows."""
        run = self.find(request, run_id)
        page = run_windows(run.pk, _after(request))
        return Response({"windows": page.windows, "last_index": page.last_index, "more": page.more})


class RunCancelView(RunAPIView):
    """Stopping a run."""

    @extend_schema(request=None, responses=RunSerializer)
    def post(self, request: Request, run_id: uuid.UUID) -> Response:
        """Ask the run to stop; within a second it is cancelled. An ended run stays as it is."""
        run = run_cancel(run=self.find(request, run_id, writing=True))
        return Response(run_to_json(run))


class RunRestartView(RunAPIView):
    """Repeating a run."""

    @extend_schema(request=None, responses={201: RunSerializer})
    def post(self, request: Request, run_id: uuid.UUID) -> Response:
        """Start a new run of exactly what this one had frozen."""
        run = self.find(request, run_id, writing=True)
        with refusals_told():
            fresh = run_restart(run=run, user=person(request))
        return Response(run_to_json(fresh), status.HTTP_201_CREATED)


def _given(request: Request, field: str) -> object:
    if not isinstance(request.data, dict):
        raise ValidationError("The body must be an object.")
    return request.data.get(field)


def _after(request: Request) -> int:
    given = request.query_params.get("after", "-1")
    if given != "-1" and not (given.isascii() and given.isdigit() and len(given) < 10):
        raise ValidationError({"after": "must be a whole number, or -1 for everything"})
    return int(given)


@contextmanager
def refusals_told() -> Iterator[None]:
    """Answer a refused start with its code and field."""
    try:
        yield
    except RunRefusedError as refused:
        code = _STATUS_CODES.get(refused.code, status.HTTP_400_BAD_REQUEST)
        raise ApiError(str(refused), code=refused.code, path=refused.path, status_code=code) from None
