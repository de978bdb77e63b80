/** Whether what a connection requires of its ends holds: the same decision as the server's `rules/requirements.py`. */
import type { Connection, Parameter, Requirement, Service } from "@/state/catalog";
import { parameterValue } from "@/state/catalogStore";
import type { Group, Parameters, Value } from "@/state/graph";
import { showValue } from "@/state/headline";
import type { Operation } from "@/state/operations";

const VPC_FRAMES: ReadonlySet<string> = new Set(["vpc", "subnet", "public_subnet", "private_subnet"]);

/** One end of an arrow, as requirements look at it. */
export interface RequiredOf {
  readonly id: string;
  readonly service: Pick<Service, "parameters"> | undefined;
  readonly parameters: Parameters;
  readonly inVpcFrame: boolean;
}

/** Whether the value satisfies the requirement. A value that is no number satisfies no bound. */
export function holds(requirement: Pick<Requirement, "comparison" | "values">, value: Value): boolean {
  const { comparison, values } = requirement;
  const [bound] = values;
  switch (comparison) {
    case "one_of":
      return values.includes(value);
    case "none_of":
      return !values.includes(value);
    case "at_least":
      return typeof value === "number" && typeof bound === "number" && value >= bound;
    case "at_most":
      return typeof value === "number" && typeof bound === "number" && value <= bound;
    case "is_set":
      return value !== null && value !== "";
  }
}

/** The requirements of a row that do not hold for a new edge between the two ends. */
export function unmetRequirements(row: Connection, source: RequiredOf, target: RequiredOf): Requirement[] {
  return row.requirements.filter((requirement) => !holds(requirement, requiredValue(row, requirement, source, target)));
}

function requiredValue(row: Connection, requirement: Requirement, source: RequiredOf, target: RequiredOf): Value {
  if (requirement.end === "edge") return defaultOf(row.parameters, requirement.parameter, {});
  const node = requirement.end === "source" ? source : target;
  const own = defaultOf(node.service?.parameters ?? [], requirement.parameter, node.parameters);
  return requirement.parameter === "in_vpc" ? own === true || node.inVpcFrame : own;
}

function defaultOf(known: Connection["parameters"], id: string, own: Parameters): Value {
  const parameter = known.find((other) => other.id === id);
  return parameter ? parameterValue(parameter, own) : (own[id] ?? null);
}

/** True when the frame, or one around it, is a VPC or one of its subnets. */
export function liesInVpc(frame: string | undefined, groups: ReadonlyMap<string, Group>): boolean {
  const seen = new Set<string>();
  for (let id = frame; id !== undefined && !seen.has(id); id = groups.get(id)?.parent) {
    seen.add(id);
    if (VPC_FRAMES.has(groups.get(id)?.kind ?? "")) return true;
  }
  return false;
}

/** What makes the requirements hold that have one good value: applied together with the edge. */
export function fixesOf(unmet: readonly Requirement[], edgeId: string, source: string, target: string): Operation[] {
  return unmet
    .filter(({ fix }) => fix !== null)
    .map(({ end, parameter, fix: value }) =>
      end === "edge"
        ? { op: "set_edge_parameter", edge_id: edgeId, parameter, value }
        : { op: "set_node_parameter", node_id: end === "source" ? source : target, parameter, value },
    );
}

/** What meeting the requirement sets, in words. */
export function settingWords(
  { parameter: id, fix }: Requirement,
  known: readonly Parameter[],
  nodeLabel: string | undefined,
): string {
  const parameter = known.find((other) => other.id === id);
  const name = `“${parameter?.label ?? id}”`;
  const change =
    typeof fix === "boolean"
      ? `switched ${fix ? "on" : "off"}`
      : `set to ${parameter ? showValue(parameter, fix) : fix}`;
  return `${name} ${change}${nodeLabel ? ` at ${nodeLabel}` : ""}`;
}
