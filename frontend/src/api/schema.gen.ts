// Made by plugins/apiTypes.mjs from openapi.json; do not edit.

export type Alarm = {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: string;
  readonly threshold: string;
  readonly why: string;
  readonly authority: FactSource;
};

export type ClockEnum = "rule" | "scheduler";

export type DefinitionCheck = {
  readonly problems: readonly (DefinitionProblem)[];
  readonly boxes: readonly (StateBox)[];
  readonly lines: readonly (StateLine)[];
};

export type DefinitionProblem = {
  readonly level: LevelEnum;
  readonly code: string;
  readonly message: string;
  readonly cure: string;
  readonly place: string;
  readonly line: number;
  readonly column: number;
};

export type DefinitionRequest = {
  readonly definition: string;
  readonly express?: boolean;
};

export type Design = {
  readonly id: string;
  readonly name: string;
  readonly workspace: Workspace;
  readonly role: RoleEnum;
  readonly created_at: string;
  readonly updated_at: string;
};

export type DesignCreateRequest = {
  readonly name?: string;
  readonly workspace?: string;
  readonly document?: unknown;
};

export type DialectEnum = "event_bus" | "pipe" | "event_source_mapping" | "sns_attributes" | "sns_body";

export type EdgeFacts = {
  readonly actions: readonly (string)[];
  readonly principal: string;
  readonly failure: readonly (string)[];
  readonly guarantees: readonly (Guarantee)[];
};

export type Experiment = {
  readonly id: string;
  readonly design: string;
  readonly number: number;
  readonly status: ExperimentStatusEnum;
  readonly question: Readonly<Record<string, unknown>>;
  readonly scenario: Readonly<Record<string, unknown>>;
  readonly labels: readonly (string)[];
  readonly seed: number;
  readonly engine_version: string;
  readonly rates_version: string;
  readonly trials_done: number;
  readonly trials_known: number;
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly created_by: Person | null;
  readonly error: string;
  readonly answer: Readonly<Record<string, unknown>> | null;
};

export type ExperimentStartRequest = {
  readonly question: Readonly<Record<string, unknown>>;
  readonly scenario?: unknown | null;
  readonly other_design?: string | null;
};

export type ExperimentStatusEnum = "running" | "finished" | "cancelled" | "failed";

export type FactSource = {
  readonly title: string;
  readonly url: string;
  readonly as_of: string;
  readonly estimate: boolean;
};

export type Facts = NodeFacts | EdgeFacts;

export type Failure = {
  readonly edge: string;
  readonly sentences: readonly (string)[];
};

export type Fault = {
  readonly text: string;
  readonly message: string;
  readonly cure: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
};

export type FaultChoice = {
  readonly nodes: Readonly<Record<string, unknown>>;
  readonly breakers: readonly (string)[];
};

export type Findings = {
  readonly revision: number;
  readonly findings: readonly (Readonly<Record<string, unknown>>)[];
};

export type Guarantee = {
  readonly entry: string;
  readonly delivery: string;
  readonly ordering: string;
  readonly hops: readonly (Hop)[];
};

export type HelpEntry = {
  readonly address: string;
  readonly topic: TopicEnum;
  readonly title: string;
  readonly kind: string;
  readonly words: string;
};

export type Hop = {
  readonly edge: string;
  readonly delivery: string;
  readonly ordering: string;
};

export type ImportReport = {
  readonly format: string;
  readonly nodes: number;
  readonly edges: number;
  readonly unknown: readonly (UnknownResource)[];
  readonly notes: readonly (string)[];
};

export type Imported = {
  readonly document: Readonly<Record<string, unknown>>;
  readonly report: ImportReport;
};

export type Invitation = {
  readonly id: string;
  readonly role: RoleEnum;
  readonly expires_at: string;
};

export type KindEnum = "next" | "choice" | "default" | "catch";

export type LevelEnum = "error" | "warning" | "advice";

export type Member = {
  readonly id: number;
  readonly user: number;
  readonly name: string;
  readonly role: RoleEnum;
};

export type Miss = {
  readonly path: string;
  readonly wanted: string;
  readonly found: string;
  readonly hint: string;
  readonly pattern_line: number;
  readonly event_line: number | null;
};

export type NewInvitation = {
  readonly id: string;
  readonly role: RoleEnum;
  readonly expires_at: string;
  readonly url: string;
};

export type NodeFacts = {
  readonly role_policy: Readonly<Record<string, unknown>> | null;
  readonly role_trust: Readonly<Record<string, unknown>> | null;
  readonly resource_policy: Readonly<Record<string, unknown>> | null;
  readonly alarms: readonly (Alarm)[];
  readonly failures: readonly (Failure)[];
  readonly guarantees: readonly (Guarantee)[];
};

export type OperationsRequest = {
  readonly operations: readonly (unknown)[];
};

export type OverridesRequest = {
  readonly prices?: Readonly<Record<string, unknown>>;
  readonly quotas?: Readonly<Record<string, unknown>>;
};

export type OwnPerson = {
  readonly id: number;
  readonly name: string;
};

export type OwnWorkspace = {
  readonly id: string;
  readonly name: string;
  readonly role: RoleEnum;
};

export type PatchedDesignRenameRequest = {
  readonly name?: string;
};

export type PatchedRoleRequest = {
  readonly role?: RoleEnum;
};

export type PatternTrial = {
  readonly fits: boolean | null;
  readonly misses: readonly (Miss)[];
  readonly note: string;
  readonly never: string;
  readonly fault: Fault | null;
};

export type PatternTrialRequestRequest = {
  readonly pattern: string;
  readonly event?: string;
  readonly dialect?: DialectEnum;
};

export type Person = {
  readonly id: number;
  readonly name: string;
};

export type PriceTier = {
  readonly up_to: number | null;
  readonly price_usd: number;
};

export type Prices = {
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly region: string;
  readonly rates: readonly (PublishedRate)[];
  readonly quotas: readonly (PublishedQuota)[];
  readonly changed_at: string | null;
  readonly changed_by: string | null;
};

export type PublishedQuota = {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly published_by: string;
};

export type PublishedRate = {
  readonly id: string;
  readonly service: string;
  readonly item: string;
  readonly unit: string;
  readonly tiers: readonly (PriceTier)[];
  readonly published_by: string;
  readonly url: string;
  readonly as_of: string;
};

export type RoleEnum = "viewer" | "editor" | "owner";

export type RoleRequest = {
  readonly role: RoleEnum;
};

export type Run = {
  readonly id: string;
  readonly design: string;
  readonly number: number;
  readonly status: RunStatusEnum;
  readonly progress: number;
  readonly seed: number;
  readonly scenario: Readonly<Record<string, unknown>>;
  readonly engine_version: string;
  readonly catalog_version: string;
  readonly rates_version: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly created_by: Person | null;
  readonly error: string;
  readonly control: Readonly<Record<string, unknown>>;
  readonly summary: Readonly<Record<string, unknown>> | null;
};

export type RunStartRequest = {
  readonly scenario?: unknown | null;
  readonly pace?: number | null;
};

export type RunStatusEnum = "queued" | "running" | "finished" | "cancelled" | "failed" | "interrupted";

export type SampleEvent = {
  readonly id: string;
  readonly name: string;
  readonly dialects: readonly (string)[];
  readonly services: readonly (string)[];
  readonly text: string;
};

export type ScheduleTrial = {
  readonly times: readonly (string)[];
  readonly note: string;
  readonly fault: Fault | null;
};

export type ScheduleTrialRequestRequest = {
  readonly expression: string;
  readonly clock?: ClockEnum;
  readonly time_zone?: string;
  readonly start_date?: string;
  readonly end_date?: string;
  readonly count?: number;
};

export type Session = {
  readonly user: OwnPerson;
  readonly workspaces: readonly (OwnWorkspace)[];
};

export type StarterDefinition = {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  readonly definition: string;
};

export type StateBox = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly detail: string;
  readonly inside: string;
  readonly lane: number;
  readonly line: number;
  readonly begins: boolean;
  readonly ends: boolean;
};

export type StateLine = {
  readonly origin: string;
  readonly target: string;
  readonly kind: KindEnum;
  readonly text: string;
};

export type TopicEnum = "services" | "connections" | "rules";

export type UnknownResource = {
  readonly id: string;
  readonly type: string;
};

export type UploadRequest = {
  readonly file: Blob;
};

export type WindowPage = {
  readonly windows: readonly (Readonly<Record<string, unknown>>)[];
  readonly last_index: number;
  readonly more: boolean;
};

export type Workspace = {
  readonly id: string;
  readonly name: string;
};
