"""Whether what happens can be followed afterwards: logs that can be searched, and traces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.graph.model import Design, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_JSON_FORMAT: Final = (
    '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","time":"$context.requestTime",'
    '"method":"$context.httpMethod","route":"$context.routeKey","status":"$context.status",'
    '"latency":"$context.responseLatency","error":"$context.error.message"}'
)


@rule(
    "R223",
    Severity.ADVICE,
    "Access log that cannot be searched",
    scope=Scope.NODE,
    only=("api_gateway_rest", "api_gateway_http"),
    why="CloudWatch Logs Insights finds the fields of JSON lines by itself. Of other lines it knows the text only.",
    source=aws_docs("Set up CloudWatch logging for APIs", "apigateway/latest/developerguide/set-up-logging.html"),
)
def access_log_without_structure(design: Design, api: Node) -> Iterator[Problem]:
    """The access log has a format, and it is not JSON."""
    del design
    form = api.value("access_log_format")
    if isinstance(form, str) and form.strip() and not form.strip().startswith("{"):
        yield problem(
            api,
            f"The access log of {api.label} is not JSON.",
            set_node(api, "Write JSON lines", access_log_format=_JSON_FORMAT),
            parameter="access_log_format",
        )


@rule(
    "R224",
    Severity.ADVICE,
    "Not traced",
    scope=Scope.NODE,
    only=("appsync", "step_functions_standard", "step_functions_express"),
    why="Without X-Ray a trace ends here, and nobody sees which step behind it was slow or failed.",
    source=aws_docs("Integrating X-Ray with other AWS services", "xray/latest/devguide/xray-services.html"),
)
def not_traced(design: Design, node: Node) -> Iterator[Problem]:
    """Tracing of a state machine or a GraphQL API is off."""
    del design
    if node.value("xray_tracing") is False:
        yield problem(
            node,
            f"{node.label} is not traced.",
            set_node(node, "Switch tracing on", xray_tracing=True),
            parameter="xray_tracing",
        )
