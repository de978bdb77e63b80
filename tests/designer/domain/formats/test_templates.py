"""The importer on real templates from public samples, which are reference data beside the project."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from designer.domain.connections.registry import UNKNOWN_CONNECTION
from designer.domain.formats.registry import import_file
from designer.domain.rules.check import check
from designer.domain.rules.rule import Severity

LISTED = (
    "asynchronous-messaging-workshop-code-lab-3.yaml",
    "s3-to-lambda-patterns-docrepository.yaml",
    "s3-to-lambda-patterns-eventbridge-4-multi-multi.yaml",
    "serverless-patterns-apigw-cors-proxy.yaml",
    "serverless-patterns-apigw-ddb-openapi-crud.yaml",
    "serverless-patterns-apigw-dynamodb-lambda-scheduler-ses-auto-deletion-sam.yaml",
    "serverless-patterns-apigw-lambda-authorizer.yaml",
    "serverless-patterns-apigw-rest-api-dynamodb.yml",
    "serverless-patterns-apigw-rest-api-eventbridge-sqs-sam.yml",
    "serverless-patterns-apigw-sqs-lambda-ddb.yaml",
    "serverless-patterns-lambda-destinations-sam.yaml",
    "serverless-patterns-lambda-esm-sqs-filters-sam.yaml",
    "serverless-patterns-lambda-eventbridge-sns-sam.yaml",
    "serverless-patterns-lambda-lambda.yaml",
    "serverless-patterns-s3-eventbridge-sns-sam.yaml",
    "serverless-patterns-s3-sns-sqs-lambda-sam-java.yml",
    "serverless-test-samples-python-test-samples-apigw-sqs-lambda-sqs.yaml",
)
"""Templates whose edges stay within the services of the catalog."""

Edges = set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def expected(shared_folder: Path) -> dict[str, Edges]:
    """Source, target and flow of every edge that a template holds, by file name."""
    entries = json.loads((shared_folder / "templates" / "expected-edges.json").read_text())
    return {
        entry["file"]: {(edge["source"], edge["target"], edge["flow"]) for edge in entry["edges"]} for entry in entries
    }


def imported_edges(path: Path) -> Edges:
    edges = import_file(path.name, path.read_bytes()).design.edges.values()
    return {(edge.source, edge.target, edge.flow.value) for edge in edges}


@pytest.mark.parametrize("name", LISTED)
def test_a_template_of_known_services_gives_exactly_its_edges(
    name: str, expected: dict[str, Edges], shared_folder: Path
) -> None:
    assert imported_edges(shared_folder / "templates" / name) == expected[name]


@pytest.mark.parametrize("name", LISTED)
def test_every_edge_between_known_services_has_its_row_of_the_connection_table(name: str, shared_folder: Path) -> None:
    path = shared_folder / "templates" / name
    design = import_file(path.name, path.read_bytes()).design
    known = [
        edge
        for edge in design.edges.values()
        if "other" not in (design.nodes[edge.source].service, design.nodes[edge.target].service)
    ]
    assert known
    assert [edge.id for edge in known if edge.connection == UNKNOWN_CONNECTION] == []
    for edge in known:
        assert edge.row is not None
        assert (edge.mode, edge.flow) == (edge.row.mode, edge.row.flow)


def test_every_template_is_read_and_most_are_exact(
    expected: dict[str, Edges], shared_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exact = [name for name, edges in expected.items() if imported_edges(shared_folder / "templates" / name) == edges]
    with capsys.disabled():
        sys.stdout.write(f"\ntemplates exact: {len(exact)} of {len(expected)}\n")
    assert len(expected) == 36
    assert len(exact) >= 33


def test_templates_that_are_deployed_by_people_have_no_error_findings(
    expected: dict[str, Edges], shared_folder: Path
) -> None:
    for name in expected:
        path = shared_folder / "templates" / name
        findings = check(import_file(name, path.read_bytes()).design)
        assert [finding.id for finding in findings if finding.severity is Severity.ERROR] == [], name


def test_types_that_the_catalog_does_not_know_become_plain_nodes_and_are_listed(shared_folder: Path) -> None:
    path = shared_folder / "templates" / "serverless-coffee-00-baseCore.yaml"
    imported = import_file(path.name, path.read_bytes())
    node = imported.design.nodes["ServerlesspressoRealtime"]
    assert (node.service, node.parameters) == ("other", {"resource_type": "AWS::IoT::Thing"})
    assert {(unknown.id, unknown.type) for unknown in imported.report.unknown} == {
        ("ServerlesspressoRealtime", "AWS::IoT::Thing"),
    }


def test_an_iot_rule_becomes_a_node_with_its_statement(shared_folder: Path) -> None:
    path = shared_folder / "templates" / "serverless-patterns-iot-dynamodb.yaml"
    design = import_file(path.name, path.read_bytes()).design
    rule = design.nodes["IoTToDDBRule"]
    assert rule.service == "iot_rule"
    assert str(rule.value("sql")).startswith("SELECT")
    assert [edge.connection for edge in design.outgoing("IoTToDDBRule")] == ["iot_rule.dynamodb.target"]


def test_an_included_definition_is_told_and_replaced_by_what_the_role_allows(shared_folder: Path) -> None:
    path = shared_folder / "templates" / "serverless-patterns-apigw-ddb-openapi-crud.yaml"
    imported = import_file(path.name, path.read_bytes())
    assert any("./api.yaml" in note for note in imported.report.notes)
    assert {edge.parameters["action"] for edge in imported.design.outgoing("CrudAPI")} >= {"GetItem", "Scan"}
