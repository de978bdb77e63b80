"""What holds for every figure of the catalog, on nodes and on edges."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Kind, Limit, Parameter, Section, Service, Shown, Source
from designer.domain.connections.registry import connections
from tests.grouped import grouped

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
ICONS = Path(__file__).resolve().parents[4] / "frontend" / "node_modules" / "aws-icons" / "icons"

UNITS = frozenset(
    {
        "",
        "shards",
        "Gbps",
        "vCPUs",
        "connections",
        "%",
        "changes",
        "indexes",
        "vCPU",
        "periods",
        "metrics",
        "actions",
        "filters",
        "streams",
        "tasks",
        "RPU",
        "KPU",
        "MiB",
        "KiB",
        "APIs",
        "users",
        "providers",
        "min",
        "days",
        "answers",
        "Gbit/s",
        "/s",
        "GB",
        "KB",
        "MB",
        "MB/s",
        "TB",
        "attempts",
        "attributes",
        "bytes",
        "brokers",
        "buckets",
        "buses",
        "characters",
        "environments",
        "events",
        "executions",
        "transitions",
        "files",
        "partitions",
        "patterns",
        "groups",
        "topics",
        "links",
        "keys",
        "plans",
        "h",
        "hops",
        "items",
        "levels",
        "layers",
        "messages",
        "ms",
        "pipes",
        "policies",
        "pollers",
        "readers",
        "receives",
        "records",
        "requests",
        "resolvers",
        "resources",
        "retries",
        "routes",
        "rules",
        "s",
        "schedules",
        "stages",
        "subscriptions",
        "targets",
        "versions",
        "units",
    }
)
ACCOUNT_WIDE = {"other.resource_type", "http_endpoint.location", "opensearch.deployment", "redshift.deployment"}
"""Settings that no single CloudFormation property holds."""

NARROWER_THAN_THE_MODEL = {
    "lambda.memory_mb": "the model's 32,768 MB are for Lambda Managed Instances only",
    "lambda.timeout_s": "the model's 5,400 s are for Lambda Managed Instances only",
    "lambda.ephemeral_storage_mb": "the model's 32,768 MB are for Lambda Managed Instances only",
}
"""Why our maximum is below the one in AWS's service model."""

TOLD_APART_BY_A_PROPERTY = {
    "AWS::ApiGatewayV2::Api",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::Serverless::StateMachine",
    "AWS::StepFunctions::StateMachine",
}
"""Resource types that become one service or another: HTTP or WebSocket, standard or FIFO, standard or express."""

NODE_PARAMETERS = [(f"{s.id}.{p.id}", p) for s in services().values() for p in s.parameters]
EDGE_PARAMETERS = [(f"{row.id}.{p.id}", p) for row in connections().values() for p in row.parameters]
PARAMETERS = NODE_PARAMETERS + EDGE_PARAMETERS
LIMITS = [(f"{s.id}.{limit.id}", limit) for s in services().values() for limit in s.limits]


def _cases(items: list[tuple[str, Parameter]]) -> list[object]:
    return [pytest.param(name, item, id=name) for name, item in items]


def _followable(source: Source) -> bool:
    return bool(source.title) and (source.estimate or source.title == "Windtunnel" or source.url.startswith("https://"))


@grouped((name.partition(".")[0], (name, parameter)) for name, parameter in PARAMETERS)
def test_every_parameter_has_a_label_a_help_text_and_a_source(name: str, parameter: Parameter) -> None:
    assert parameter.label
    assert parameter.help.endswith("."), name
    assert _followable(parameter.source)
    assert parameter.unit in UNITS


@grouped((name.partition(".")[0], (name, parameter)) for name, parameter in PARAMETERS)
def test_the_default_lies_within_the_range(name: str, parameter: Parameter) -> None:
    default = parameter.default
    if parameter.kind is Kind.BOOLEAN:
        assert isinstance(default, bool)
    elif parameter.kind is Kind.CHOICE:
        values = [choice.value for choice in parameter.choices]
        assert default in values
        assert len(values) == len(set(values))
    elif parameter.kind in {Kind.INTEGER, Kind.NUMBER}:
        assert parameter.minimum is not None
        assert parameter.maximum is not None
        assert parameter.minimum < parameter.maximum
        if default is not None:
            assert isinstance(default, int | float)
            assert not isinstance(default, bool)
            assert parameter.minimum <= default <= parameter.maximum, name
            assert parameter.kind is Kind.NUMBER or isinstance(default, int)
    else:
        assert default is None or isinstance(default, str)


@grouped((name.partition(".")[0], (name, parameter)) for name, parameter in PARAMETERS)
def test_settings_are_exported_and_workload_is_not(name: str, parameter: Parameter) -> None:
    if parameter.section is not Section.SETTING:
        assert parameter.cfn_property == ""
    elif not name.startswith(("client.", *ACCOUNT_WIDE)) and parameter.id != "weight":
        assert parameter.cfn_property, name


def test_what_happens_beyond_a_raisable_limit_is_told() -> None:
    for name, parameter in PARAMETERS:
        if parameter.adjustable:
            assert parameter.beyond, name


@grouped((name.partition(".")[0], (name, limit)) for name, limit in LIMITS)
def test_every_limit_has_a_value_a_unit_and_a_source(name: str, limit: Limit) -> None:
    assert limit.value > 0
    assert limit.unit in UNITS
    assert _followable(limit.source)
    assert not limit.source.estimate, f"{name}: a limit is published or it is none"


@pytest.mark.parametrize("service", services().values(), ids=lambda service: service.id)
def test_every_service_is_complete(service: Service) -> None:
    assert service.name
    assert service.label
    assert service.summary.endswith(".")
    assert _followable(service.source)
    assert service.keywords
    assert service.model.modelled or service.model.not_modelled
    ids = [parameter.id for parameter in service.parameters]
    assert len(ids) == len(set(ids))
    assert len({limit.id for limit in service.limits}) == len(service.limits)


def test_template_types_belong_to_one_service_each_unless_a_property_tells_them_apart() -> None:
    types = Counter(name for service in services().values() for name in service.cfn_types)
    assert {name for name, count in types.items() if count > 1} <= TOLD_APART_BY_A_PROPERTY


def test_icons_are_distinct_and_in_the_icon_package() -> None:
    icons = [service.icon for service in services().values() if service.icon]
    assert len(icons) == len(set(icons))
    if not ICONS.is_dir():
        pytest.skip("the frontend's packages are not installed")
    for icon in icons:
        assert (ICONS / f"{icon}.svg").is_file(), icon


@cache
def _model(service: str) -> dict[str, dict[str, object]]:
    model: dict[str, dict[str, dict[str, object]]] = Loader().load_service_model(service, "service-2")
    return model["shapes"]


def _shape(reference: str) -> dict[str, object]:
    service, _, path = reference.partition(":")
    shape, member = path.split(".")
    members = _model(service)[shape]["members"]
    assert isinstance(members, dict)
    return _model(service)[members[member]["shape"]]


CHECKED = [(name, parameter) for name, parameter in PARAMETERS if parameter.botocore]


@pytest.mark.parametrize(("name", "parameter"), _cases(CHECKED))
def test_the_range_is_the_one_in_the_service_model(name: str, parameter: Parameter) -> None:
    shape = _shape(parameter.botocore)
    if "min" in shape:
        assert parameter.minimum == shape["min"]
    if "max" in shape:
        maximum, stated = parameter.maximum, shape["max"]
        assert isinstance(stated, int)
        assert maximum is not None
        assert maximum < stated if name in NARROWER_THAN_THE_MODEL else maximum == stated


def test_the_service_model_checks_most_ranges_of_lambda_and_its_mappings() -> None:
    assert len({parameter.botocore for _, parameter in CHECKED}) >= 15


def test_choices_are_those_of_the_service_model() -> None:
    cases: tuple[tuple[str, str, str, str, set[str]], ...] = (
        ("dynamodb", "stream_view_type", "dynamodb", "StreamViewType", {"none"}),
        ("api_gateway_rest", "cache_size_gb", "apigateway", "CacheClusterSize", set()),
        ("lambda", "architecture", "lambda", "Architecture", set()),
    )
    for service, parameter, model, shape, ours_only in cases:
        values = {choice.value for choice in services()[service].parameter(parameter).choices}
        assert values - ours_only == set(_model(model)[shape]["enum"]), parameter  # type: ignore[call-overload]


def test_no_text_of_the_catalog_names_a_source_that_nobody_can_open() -> None:
    text = json.dumps([repr(service) for service in services().values()] + [repr(r) for r in connections().values()])
    for word in ("/work", "shared/", "note id", "[seen]", "[checked]", "recall"):
        assert word not in text


def test_a_setting_that_depends_on_another_names_one_of_its_own_thing_and_a_value_that_it_can_have() -> None:
    things = [service.parameters for service in services().values()]
    things += [row.parameters for row in connections().values()]
    for parameters in things:
        own = {parameter.id: parameter for parameter in parameters}
        for parameter in parameters:
            if parameter.shown_when is None:
                continue
            other = own[parameter.shown_when.parameter]
            assert set(parameter.shown_when.values) <= {choice.value for choice in other.choices}, parameter.id
            assert other.shown_when is None, f"{parameter.id} depends on {other.id}, which may itself be hidden"


@pytest.mark.parametrize("case", json.loads((FIXTURES / "shown_when.json").read_text()), ids=lambda case: case["name"])
def test_python_and_the_browser_agree_when_a_setting_applies(case: dict[str, Any]) -> None:
    shown = Shown(case["parameter"], tuple(case["values"]))
    assert shown.holds(case["value"]) is case["applies"]
