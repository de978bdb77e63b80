"""Experiments over REST. Members of a workspace may read them; editors and owners may start and stop them."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer.domain.graph.model import Design as DesignValue
from designer.server.access import find_design, person
from designer.server.document_services import document_read
from designer.server.models import Design
from designer.server.selectors import designs_of
from simulator.server.api import PersonSerializer, refusals_told
from simulator.server.experiments import describe, experiment_cancel, experiment_start
from simulator.server.models import Experiment, ExperimentStatus
from simulator.server.services import scenario_given


class ExperimentSerializer(serializers.Serializer[Any]):
    """An experiment. ``answer`` is null in lists and until the first trials have ended."""

    id = serializers.UUIDField()
    design = serializers.UUIDField()
    number = serializers.IntegerField()
    status = serializers.ChoiceField(choices=ExperimentStatus.choices)
    question = serializers.DictField()
    scenario = serializers.DictField()
    labels = serializers.ListField(child=serializers.CharField())
    seed = serializers.IntegerField()
    engine_version = serializers.CharField()
    rates_version = serializers.CharField()
    trials_done = serializers.IntegerField()
    trials_known = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    created_by = PersonSerializer(allow_null=True)
    error = serializers.CharField(allow_blank=True)
    answer = serializers.DictField(allow_null=True)


class ExperimentStartSerializer(serializers.Serializer[Any]):
    """What is asked (docs/experiments.md), under which scenario, and for a comparison with which other design."""

    question = serializers.DictField()
    scenario = serializers.JSONField(required=False, allow_null=True)
    other_design = serializers.UUIDField(required=False, allow_null=True)


class DesignExperimentsView(APIView):
    """The experiments of a design."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=ExperimentSerializer(many=True))
    def get(self, request: Request, design_id: uuid.UUID) -> Response:
        """The experiments of the design, the newest first, without their answers."""
        design = find_design(request, design_id)
        return Response([describe(experiment) for experiment in _visible(request).filter(design=design)])

    @extend_schema(request=ExperimentStartSerializer, responses={201: ExperimentSerializer})
    def post(self, request: Request, design_id: uuid.UUID) -> Response:
        """Start an experiment on the design as it is stored now."""
        design = find_design(request, design_id, writing=True)
        asked = ExperimentStartSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        contents = [_content(design)]
        other = asked.validated_data.get("other_design")
        if (asked.validated_data["question"].get("kind") == "compare") != (other is not None):
            raise ValidationError({"other_design": "name the other design for a comparison, and only for one"})
        if other is not None:
            contents.append(_content(find_design(request, other)))
        with refusals_told():
            experiment = experiment_start(
                design=design,
                contents=contents,
                scenario=scenario_given(contents[0][1], asked.validated_data.get("scenario")),
                question=asked.validated_data["question"],
                user=person(request),
            )
        return Response(describe(experiment), status.HTTP_201_CREATED)


class ExperimentAPIView(APIView):
    """Finds experiments that the person may see."""

    permission_classes = (IsAuthenticated,)

    def find(self, request: Request, experiment_id: uuid.UUID, *, writing: bool = False) -> Experiment:
        """The experiment. Raises 404, and 403 to a viewer who wants to write."""
        experiment = _visible(request).filter(pk=experiment_id).first()
        if experiment is None:
            raise NotFound("There is no such experiment, or you may not see it.")
        if writing:
            find_design(request, experiment.design_id, writing=True)
        return experiment


class ExperimentView(ExperimentAPIView):
    """One experiment."""

    @extend_schema(responses=ExperimentSerializer)
    def get(self, request: Request, experiment_id: uuid.UUID) -> Response:
        """The experiment with its answer so far."""
        return Response(describe(self.find(request, experiment_id), with_answer=True))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, experiment_id: uuid.UUID) -> Response:
        """Delete the experiment and its trials; those under way are given up."""
        self.find(request, experiment_id, writing=True).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class ExperimentCancelView(ExperimentAPIView):
    """Stopping an experiment."""

    @extend_schema(request=None, responses=ExperimentSerializer)
    def post(self, request: Request, experiment_id: uuid.UUID) -> Response:
        """Stop the experiment and keep what it knows. An ended one stays as it is."""
        experiment = experiment_cancel(experiment=self.find(request, experiment_id, writing=True))
        return Response(describe(experiment, with_answer=True))


def _visible(request: Request) -> QuerySet[Experiment]:
    mine = Experiment.objects.filter(design__in=designs_of(person(request)))
    return mine.select_related("created_by").defer("documents")


def _content(design: Design) -> tuple[str, DesignValue]:
    return design.name, document_read(design.pk).design
