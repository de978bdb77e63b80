"""What buses, rules and buckets share: how long a delivery takes."""

from __future__ import annotations

from simulator.engine.lowering.plan import Plan


def delivery_latency(plan: Plan) -> int:
    """From the bus to a target: the measured time from PutEvents to a function, less what is modelled elsewhere."""
    return plan.remaining_latency(
        "eventbridge.to_target", "eventbridge.put_events", "lambda.async_queue", "lambda.invoke_overhead"
    )
