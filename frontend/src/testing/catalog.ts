/** A small catalog for tests of components. */
import type { Catalog, Connection, Parameter, Service, Source } from "@/state/catalog";

const source: Source = {
  title: "AWS docs: Quotas",
  url: "https://docs.aws.amazon.com/",
  as_of: "2026-11",
  estimate: false,
};

export function parameter(change: Partial<Parameter>): Parameter {
  return {
    id: "timeout_s",
    label: "Timeout",
    kind: "integer",
    default: 3,
    help: "How long one event may take.",
    source,
    unit: "s",
    minimum: 1,
    maximum: 900,
    choices: [],
    section: "setting",
    adjustable: false,
    beyond: "The environment is stopped.",
    headline: true,
    shown_when: null,
    ...change,
  };
}

export function service(change: Partial<Service>): Service {
  return {
    id: "lambda",
    name: "Lambda function",
    label: "function",
    category: "Compute",
    summary: "Runs your code per event.",
    icon: "",
    source,
    parameters: [],
    limits: [],
    model: { modelled: [], estimated: [], not_modelled: [] },
    keywords: [],
    entry_point: false,
    frame: null,
    ...change,
  };
}

export function connection(change: Partial<Connection>): Connection {
  return {
    id: "sqs_standard.lambda.event_source_mapping",
    source: "sqs_standard",
    target: "lambda",
    mode: "event_source_mapping",
    flow: "poll",
    verdict: "valid",
    label: "Event source mapping",
    explanation: "Lambda fetches messages in batches.",
    conditions: "",
    authority: source,
    preferred: true,
    drawable: true,
    alternative: "",
    bridge: null,
    poller: "Lambda",
    retries: "The batch becomes visible again.",
    delivery: "At least once",
    ordering: "",
    permission_side: "execution_role",
    permission: "sqs:ReceiveMessage",
    requirements: [],
    parameters: [],
    usable: true,
    style: "polled",
    ...change,
  };
}

export const CATALOG: Catalog = {
  version: "test",
  categories: ["Compute", "Integration", "Data"],
  services: [
    service({
      parameters: [
        parameter({}),
        parameter({ id: "memory_mb", label: "Memory", default: 128, unit: "MB", minimum: 128, maximum: 10_240 }),
        parameter({
          id: "xray_tracing",
          label: "X-Ray tracing",
          kind: "boolean",
          default: false,
          unit: "",
          headline: false,
        }),
        parameter({
          id: "architecture",
          label: "Architecture",
          kind: "choice",
          default: "x86_64",
          unit: "",
          choices: [
            { value: "x86_64", label: "x86_64" },
            { value: "arm64", label: "arm64 (Graviton)" },
          ],
        }),
        parameter({
          id: "cpu_ms",
          label: "CPU time",
          kind: "number",
          default: 20,
          unit: "ms",
          minimum: 0,
          maximum: null,
          section: "workload",
          source: { ...source, estimate: true },
        }),
        parameter({ id: "tags", label: "Tags", kind: "json", default: null, unit: "", headline: false }),
      ],
      keywords: ["function", "serverless"],
    }),
    service({
      id: "sqs_standard",
      name: "SQS standard queue",
      label: "queue",
      category: "Integration",
      keywords: ["queue", "dlq"],
    }),
    service({ id: "dynamodb", name: "DynamoDB table", label: "table", category: "Data", keywords: ["nosql"] }),
  ],
  connections: [
    connection({}),
    connection({
      id: "lambda.sqs_standard.send_message",
      source: "lambda",
      target: "sqs_standard",
      mode: "asynchronous",
      flow: "async",
      label: "SendMessage",
      style: "asynchronous",
      parameters: [
        parameter({
          id: "calls_per_request",
          label: "Calls per event",
          default: 1,
          unit: "",
          minimum: 0,
          maximum: 100,
        }),
      ],
    }),
    connection({
      id: "lambda.sqs_standard.on_failure",
      source: "lambda",
      target: "sqs_standard",
      mode: "failure",
      flow: "async",
      label: "On-failure destination",
      preferred: false,
      style: "failure",
    }),
  ],
  modes: [
    {
      id: "asynchronous",
      label: "Asynchronous call",
      styles: {
        sync: "synchronous",
        async: "asynchronous",
        poll: "polled",
        job: "synchronous",
        callback: "synchronous",
      },
    },
  ],
  flows: [
    { id: "sync", label: "The caller waits" },
    { id: "async", label: "Handed over" },
    { id: "poll", label: "The reader fetches" },
  ],
  styles: [],
  verdicts: [{ id: "valid", label: "Works" }],
  permission_sides: [{ id: "execution_role", label: "Execution role" }],
};
