"""Designs over REST: what they do, and who may do it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from designer.domain.graph.document import design_from_json, design_to_json
from designer.server.models import Design, Membership, Workspace
from designer.server.services import design_create
from tests.designer.server.conftest import Team, small_design

SignIn = Callable[[User], Client]
JSON = "application/json"


def test_a_new_design_holds_the_document_that_came_with_it(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.editor)
    document = design_to_json(small_design("Imported"))
    made = client.post("/api/designs/", {"document": document, "workspace": str(team.workspace.pk)}, JSON)
    assert made.status_code == 201
    assert made.json()["name"] == "Imported"
    assert client.get(f"/api/designs/{made.json()['id']}/document/").json() == document


def test_a_new_design_without_anything_is_an_empty_one(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.editor)
    made = client.post("/api/designs/", {"name": "Fresh"}, JSON).json()
    document = client.get(f"/api/designs/{made['id']}/document/").json()
    assert document["name"] == "Fresh"
    assert document["nodes"] == []
    assert made["workspace"] == {"id": str(team.workspace.pk), "name": "Team"}
    assert made["role"] == "editor"


def test_renaming_changes_the_list_and_the_document(team: Team, design: Design, signed_in: SignIn) -> None:
    client = signed_in(team.editor)
    answer = client.patch(f"/api/designs/{design.pk}/", {"name": "New name"}, JSON)
    assert answer.json()["name"] == "New name"
    assert client.get("/api/designs/").json()[0]["name"] == "New name"
    assert client.get(f"/api/designs/{design.pk}/document/").json()["name"] == "New name"


def test_operations_are_applied_together(team: Team, design: Design, signed_in: SignIn) -> None:
    client = signed_in(team.editor)
    operations = [
        {"op": "set_node_parameter", "node_id": "worker", "parameter": "memory_mb", "value": 1024},
        {"op": "remove_node", "node_id": "queue"},
    ]
    answer = client.post(f"/api/designs/{design.pk}/operations/", {"operations": operations}, JSON)
    assert answer.status_code == 200
    document = client.get(f"/api/designs/{design.pk}/document/").json()
    assert answer.json() == document
    assert [node["id"] for node in document["nodes"]] == ["worker"]
    assert document["nodes"][0]["parameters"] == {"memory_mb": 1024, "timeout_s": 30}
    assert document["edges"] == []


def test_operations_of_which_one_does_not_fit_change_nothing(team: Team, design: Design, signed_in: SignIn) -> None:
    client = signed_in(team.editor)
    before = client.get(f"/api/designs/{design.pk}/document/").json()
    operations = [{"op": "remove_node", "node_id": "queue"}, {"op": "remove_node", "node_id": "nowhere"}]
    answer = client.post(f"/api/designs/{design.pk}/operations/", {"operations": operations}, JSON)
    assert answer.status_code == 409
    assert "nowhere" in answer.json()["error"]["message"]
    assert client.get(f"/api/designs/{design.pk}/document/").json() == before


def test_replacing_the_document_keeps_what_it_gives_exactly(team: Team, design: Design, signed_in: SignIn) -> None:
    client = signed_in(team.editor)
    document = {
        "format": "windtunnel-design",
        "version": 1,
        "name": "Whole",
        "nodes": [
            {
                "id": "f",
                "service": "lambda",
                "label": "f",
                "x": 1.5,
                "y": -2,
                "parameters": {"memory_mb": 512, "error_percent": 0.5, "in_vpc": True, "runtime": "python3.13"},
                "group": "vpc",
                "resource": {"type": "AWS::Lambda::Function", "properties": {"Tags": [{"a": 1}, None, 2.5]}},
            }
        ],
        "edges": [],
        "groups": [{"id": "vpc", "kind": "vpc", "label": "VPC", "x": 0, "y": 0, "width": 320, "height": 200}],
        "notes": [{"id": "n", "text": "hello", "x": 0, "y": 0, "width": 200, "height": 96}],
        "scenarios": [],
    }
    assert client.put(f"/api/designs/{design.pk}/document/", document, JSON).json() == document
    assert client.get(f"/api/designs/{design.pk}/document/").json() == document


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({}, "format"),
        ({"format": "windtunnel-design", "version": 99}, "version"),
        ({"format": "windtunnel-design", "version": 1, "nodes": [{"id": "a b"}]}, "nodes[0].id"),
        (
            {
                "format": "windtunnel-design",
                "version": 1,
                "nodes": [{"id": "a", "service": "lambda"}],
                "edges": [{"id": "e", "source": "a", "target": "b"}],
            },
            "edges[0].target",
        ),
        ([], ""),
    ],
)
def test_a_bad_document_is_refused_with_its_place(
    team: Team, design: Design, signed_in: SignIn, document: object, path: str
) -> None:
    answer = signed_in(team.editor).put(f"/api/designs/{design.pk}/document/", document, JSON)
    assert answer.status_code == 400
    assert answer.json()["error"]["path"] == path
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("body", ["{", "", "[" * 200_000, '{"operations": NaN}', '{"operations": 7}', "\xff"])
def test_a_body_that_is_no_json_of_ours_is_refused(team: Team, design: Design, signed_in: SignIn, body: str) -> None:
    client = signed_in(team.editor)
    answer = client.post(f"/api/designs/{design.pk}/operations/", body.encode("latin-1"), content_type=JSON)
    assert answer.status_code == 400
    assert set(answer.json()["error"]) == {"code", "message", "path"}


def test_findings_name_their_rule_subject_and_revision(team: Team, signed_in: SignIn) -> None:
    content = small_design(visibility_timeout_s=10)
    design = design_create(workspace=team.workspace, user=team.owner, content=content)
    found = signed_in(team.viewer).get(f"/api/designs/{design.pk}/findings/").json()
    assert found["revision"] == 1
    assert any(f["severity"] == "error" and "visibility" in f["subject"]["parameter"] for f in found["findings"])


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
@pytest.mark.parametrize("path", ["", "document/", "findings/", "operations/", "export/json/", "runs/"])
def test_what_is_not_yours_is_not_there(
    team: Team, foreign_design: Design, signed_in: SignIn, path: str, method: str
) -> None:
    client = signed_in(team.owner)
    foreign = getattr(client, method)(f"/api/designs/{foreign_design.pk}/{path}")
    missing = getattr(client, method)(f"/api/designs/{uuid.uuid4()}/{path}")
    assert foreign.status_code == missing.status_code
    assert foreign.status_code in (404, 405)
    assert foreign.json() == missing.json()
    assert Design.objects.filter(pk=foreign_design.pk).exists()


def test_writing_to_what_is_not_yours_is_refused_as_if_it_were_not_there(
    team: Team, foreign_design: Design, signed_in: SignIn
) -> None:
    client = signed_in(team.owner)
    base = f"/api/designs/{foreign_design.pk}/"
    document = design_to_json(small_design("Stolen"))
    assert client.put(base + "document/", document, JSON).status_code == 404
    assert client.post(base + "operations/", {"operations": []}, JSON).status_code == 404
    assert client.post(base + "runs/", {}, JSON).status_code == 404
    new = {"name": "Smuggled", "workspace": str(team.elsewhere.pk)}
    assert client.post("/api/designs/", new, JSON).status_code == 404
    foreign_design.refresh_from_db()
    assert (foreign_design.name, foreign_design.revision) == ("Secret", 1)


def test_a_viewer_reads_everything_and_writes_nothing(team: Team, design: Design, signed_in: SignIn) -> None:
    client = signed_in(team.viewer)
    base = f"/api/designs/{design.pk}/"
    for path in ("", "document/", "findings/", "export/json/"):
        assert client.get(base + path).status_code == 200
    refused = [
        client.put(base + "document/", design_to_json(small_design("Mine")), JSON),
        client.post(base + "operations/", {"operations": []}, JSON),
        client.patch(base, {"name": "Mine"}, JSON),
        client.delete(base),
        client.post("/api/designs/", {"name": "Mine", "workspace": str(team.workspace.pk)}, JSON),
    ]
    assert [answer.status_code for answer in refused] == [403] * 5
    assert {answer.json()["error"]["code"] for answer in refused} == {"read_only"}
    design.refresh_from_db()
    assert (design.name, design.revision) == ("Orders", 1)


def test_the_list_holds_your_own_designs_alone(
    team: Team, design: Design, foreign_design: Design, signed_in: SignIn
) -> None:
    assert [item["id"] for item in signed_in(team.viewer).get("/api/designs/").json()] == [str(design.pk)]
    assert [item["id"] for item in signed_in(team.stranger).get("/api/designs/").json()] == [str(foreign_design.pk)]


def test_a_member_of_two_workspaces_has_the_right_role_in_each(
    team: Team, design: Design, foreign_design: Design, signed_in: SignIn
) -> None:
    Membership.objects.create(workspace=team.elsewhere, user=team.editor, role="viewer")
    listed = {item["id"]: item["role"] for item in signed_in(team.editor).get("/api/designs/").json()}
    assert listed == {str(design.pk): "editor", str(foreign_design.pk): "viewer"}
    assert signed_in(team.editor).delete(f"/api/designs/{foreign_design.pk}/").status_code == 403


@pytest.mark.parametrize("count", [1, 8])
def test_lists_take_the_same_number_of_queries_whatever_their_length(team: Team, signed_in: SignIn, count: int) -> None:
    for number in range(count):
        design_create(workspace=team.workspace, user=team.owner, content=small_design(f"Design {number}"))
        workspace = Workspace.objects.create(name=f"Workspace {number}")
        Membership.objects.create(workspace=workspace, user=team.owner, role="viewer")
    client = signed_in(team.owner)
    expected = {"/api/designs/": 3, "/api/session/": 3, f"/api/workspaces/{team.workspace.pk}/members/": 4}
    for path, most in expected.items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200
        assert len(queries) <= most, [query["sql"] for query in queries]


def test_an_export_is_a_file_with_a_safe_name(team: Team, signed_in: SignIn) -> None:
    content = small_design('../../etc/"pass\r\nwd\u202e".exe')
    design = design_create(workspace=team.workspace, user=team.owner, content=content)
    answer = signed_in(team.viewer).get(f"/api/designs/{design.pk}/export/json/")
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert not set(disposition) & {"/", "\\", "\r", "\n", "\u202e"}
    assert disposition.rstrip('"').endswith(".json")
    assert design_from_json(json.loads(answer.content)).nodes == content.nodes
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_an_unknown_format_or_theme_is_refused(team: Team, design: Design, signed_in: SignIn) -> None:
    client = signed_in(team.viewer)
    unknown = client.get(f"/api/designs/{design.pk}/export/visio/")
    assert unknown.status_code == 404
    assert "json" in unknown.json()["error"]["message"]
    assert client.get(f"/api/designs/{design.pk}/export/json/?theme=pink").status_code == 400
