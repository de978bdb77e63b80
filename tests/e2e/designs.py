"""Small designs that the browser tests open."""

from __future__ import annotations


def node(node_id: str, service: str, x: int, y: int, **parameters: object) -> dict[str, object]:
    """One node of a design document."""
    return {"id": node_id, "service": service, "label": node_id, "x": x, "y": y, "parameters": parameters}


def edge(source: str, target: str, connection: str, **parameters: object) -> dict[str, object]:
    """One edge of a design document."""
    return {
        "id": f"{source}-{target}",
        "source": source,
        "target": target,
        "connection": connection,
        "parameters": parameters,
    }


def design(*parts: dict[str, object], **scenario: object) -> dict[str, object]:
    """A design document of nodes and edges, with one scenario."""
    return {
        "format": "windtunnel-design",
        "version": 1,
        "name": "Trial",
        "nodes": [part for part in parts if "service" in part],
        "edges": [part for part in parts if "connection" in part],
        "scenarios": [{"id": "default", "name": "Default", "duration_s": 120, "seed": 7, **scenario}],
    }


def web_api(**scenario: object) -> dict[str, object]:
    """A client that calls a function behind an API, which writes to a table."""
    return design(
        node("shoppers", "client", 0, 0, rate_per_s=80),
        node("api", "api_gateway_http", 240, 0),
        node("orders", "lambda", 480, 0, memory_mb=512, timeout_s=10),
        node("table", "dynamodb", 720, 0),
        edge("shoppers", "api", "client.api_gateway_http.https"),
        edge("api", "orders", "api_gateway_http.lambda.proxy"),
        edge("orders", "table", "lambda.dynamodb.api"),
        **scenario,
    )


def queue_consumer() -> dict[str, object]:
    """A queue whose visibility timeout is too short for the function that reads it."""
    return design(
        node("jobs", "sqs_standard", 0, 0, visibility_timeout_s=60),
        node("work", "lambda", 300, 0, timeout_s=30),
        edge("jobs", "work", "sqs_standard.lambda.event_source_mapping"),
    )
