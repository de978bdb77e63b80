"""ECS on Fargate: a service's tasks behind a load balancer or at a queue, and single tasks started for a job."""

from __future__ import annotations

from typing import Final

from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import CALL, EVENT, HAND_OVER
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.servers import CONSUME, Fleet, emit_work, lower_fleet, start_time
from simulator.engine.lowering.tables import Label

SERVICE = "ecs_fargate"
ENTRIES = (CALL, HAND_OVER, EVENT, CONSUME)
REFUSED = "the places where requests wait"
AFTER_QUEUES = True

_STARTS_A_TASK: Final = (".run_task", ".run_task_callback", ".sdk_action")


def entry_for(edge: Edge) -> str | None:
    """RunTask answers at once unless the caller waits for the job; everything else is a request to the service."""
    if edge.connection.endswith(".run_task_job"):
        return EVENT
    return HAND_OVER if edge.connection.endswith(_STARTS_A_TASK) else None


def lower(plan: Plan, node: Node) -> None:
    """The service's fleet, and tasks of their own for RunTask."""
    lower_fleet(plan, node, fleet_of(plan, node))
    tables, number = plan.tables, plan.number(node)
    plan.place(node, HAND_OVER)
    tables.emit(op.SEND, node=number, target=plan.entry(node.id, EVENT), x=1.0)
    tables.emit(op.END)
    done = Label("done")
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=done)
    seconds = node.number("start_time_s") + node.number("duration_ms") / 1000.0
    tables.emit(op.METER, node=number, resource=plan.meter(node, "single task seconds"), x=seconds)
    tables.emit(op.DELAY, resource=start_time(plan, node), stream=plan.stream(node, "single tasks"))
    emit_work(plan, node, done, per_record=False)
    tables.place(done)
    tables.emit(op.END)


def fleet_of(plan: Plan, node: Node) -> Fleet:
    """Sizes and scaling of the service."""
    scaling = str(node.value("scaling"))
    servers = max(int(node.number("desired_count", 2.0)), 0)
    least, most = int(node.number("min_tasks", 2.0)), int(node.number("max_tasks", 10.0))
    if scaling != "none":
        servers = min(max(servers, least), max(most, least))
    backlog = scaling == "backlog"
    target = node.number("backlog_per_task", 100.0) if backlog else node.number("target_utilisation_percent") / 100
    return Fleet(
        servers=servers,
        least=max(least, 0),
        most=most,
        workers=max(int(node.number("concurrency", 8.0)), 1),
        scaling=scaling,
        target=target,
        out_s=plan.limit("ec2_autoscaling_group", "tracking_alarm_out"),
        in_s=plan.limit("ec2_autoscaling_group", "tracking_alarm_in"),
    )
