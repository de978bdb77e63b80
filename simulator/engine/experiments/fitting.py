"""Whether an experiment fits the design it is asked about."""

from __future__ import annotations

from designer.domain.catalog.registry import find_parameter
from designer.domain.catalog.spec import Parameter
from designer.domain.connections.registry import find_edge_parameter
from designer.domain.graph.model import Design
from designer.domain.graph.scenario import Scenario
from designer.domain.rules.values import outside_range, unknown_choice, wrong_kind
from simulator.engine.experiments.question import Question, QuestionError
from simulator.engine.lowering.traffic import traffic_of


def check_question(question: Question, design: Design, scenario: Scenario) -> None:
    """Refuse what names nothing in the design. Raises :class:`QuestionError` with the field at fault."""
    entries = sorted({traffic.entry for traffic in traffic_of(design, scenario)})
    if question.kind in ("breaking_point", "right_size") and question.objective.entry not in ("", *entries):
        raise QuestionError("objective.entry", f"is not where traffic begins; that is {', '.join(entries)}")
    if question.kind not in ("sweep", "right_size"):
        return
    parameter = _parameter(question, design)
    for index, value in enumerate(question.values):
        if value is None:
            continue
        wrong = wrong_kind(parameter, value)
        if wrong:
            raise QuestionError(f"values[{index}]", f"is {value!r}; {parameter.label} has to be {wrong}")
        problem = outside_range(parameter, value) or unknown_choice(parameter, value)
        if problem:
            raise QuestionError(f"values[{index}]", f"is {value}; {problem}")


def _parameter(question: Question, design: Design) -> Parameter:
    if question.subject == "edge":
        edge = design.edges.get(question.id)
        found = None if edge is None else find_edge_parameter(edge.connection, question.parameter)
    else:
        node = design.nodes.get(question.id)
        found = None if node is None else find_parameter(node.service, question.parameter)
    if question.id not in (design.edges if question.subject == "edge" else design.nodes):
        raise QuestionError("id", f"names no {question.subject} of the design")
    if found is None:
        raise QuestionError("parameter", f"is no setting of this {question.subject}")
    return found
