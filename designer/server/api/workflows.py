"""Checking the definition of a state machine while it is written."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer.domain.workflows.analysis import MAXIMUM_BYTES, analyse
from designer.domain.workflows.drawing import draw
from designer.domain.workflows.problem import Level
from designer.domain.workflows.source import read_source
from designer.domain.workflows.starters import STARTERS

MOST_PROBLEMS: Final = 200


class DefinitionSerializer(serializers.Serializer[Any]):
    """A definition and the kind of workflow that it is for."""

    definition = serializers.CharField(max_length=MAXIMUM_BYTES + 1, trim_whitespace=False, allow_blank=True)
    express = serializers.BooleanField(default=False)


class DefinitionProblemSerializer(serializers.Serializer[Any]):
    """Something wrong, with its place and what to write instead."""

    level = serializers.ChoiceField(choices=[level.value for level in Level])
    code = serializers.CharField()
    message = serializers.CharField()
    cure = serializers.CharField()
    place = serializers.CharField()
    line = serializers.IntegerField()
    column = serializers.IntegerField()


class StateBoxSerializer(serializers.Serializer[Any]):
    """A state in the picture."""

    id = serializers.CharField()
    name = serializers.CharField()
    type = serializers.CharField()
    detail = serializers.CharField()
    inside = serializers.CharField()
    lane = serializers.IntegerField()
    line = serializers.IntegerField()
    begins = serializers.BooleanField()
    ends = serializers.BooleanField()


class StateLineSerializer(serializers.Serializer[Any]):
    """A transition in the picture."""

    origin = serializers.CharField()
    target = serializers.CharField()
    kind = serializers.ChoiceField(choices=["next", "choice", "default", "catch"])
    text = serializers.CharField()


class DefinitionCheckSerializer(serializers.Serializer[Any]):
    """What is wrong in a definition, and its picture as far as it can be read."""

    problems = DefinitionProblemSerializer(many=True)
    boxes = StateBoxSerializer(many=True)
    lines = StateLineSerializer(many=True)


class StarterDefinitionSerializer(serializers.Serializer[Any]):
    """A definition to begin with."""

    id = serializers.CharField()
    name = serializers.CharField()
    explanation = serializers.CharField()
    definition = serializers.CharField()


class DefinitionCheckView(APIView):
    """Checks a definition; nothing is stored."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(request=DefinitionSerializer, responses=DefinitionCheckSerializer, tags=["workflows"])
    def post(self, request: Request) -> Response:
        """Its problems in the order of the text, and its states and transitions."""
        given = DefinitionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        text, express = given.validated_data["definition"], given.validated_data["express"]
        if not text.strip():
            return Response({"problems": [], "boxes": [], "lines": []})
        analysis = analyse(text, express=express)
        problems = [
            {
                "level": problem.level.value,
                "code": problem.code,
                "message": problem.message,
                "cure": problem.cure,
                "place": problem.place,
                "line": problem.line,
                "column": problem.column,
            }
            for problem in analysis.problems[:MOST_PROBLEMS]
        ]
        if analysis.machine is None:
            return Response({"problems": problems, "boxes": [], "lines": []})
        picture = draw(analysis.machine, read_source(text))
        boxes, lines = [asdict(box) for box in picture.boxes], [asdict(line) for line in picture.lines]
        return Response({"problems": problems, "boxes": boxes, "lines": lines})


class StarterDefinitionsView(APIView):
    """The definitions to begin with."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=StarterDefinitionSerializer(many=True), tags=["workflows"])
    def get(self, request: Request) -> Response:
        """All of them, simple ones first."""
        del request
        return Response([asdict(starter) for starter in STARTERS])
