// Made by plugins/apiTypes.mjs from openapi.json; do not edit.

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

export type Findings = {
  readonly revision: number;
  readonly findings: readonly (Readonly<Record<string, unknown>>)[];
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

export type Member = {
  readonly id: number;
  readonly user: number;
  readonly name: string;
  readonly role: RoleEnum;
};

export type NewInvitation = {
  readonly id: string;
  readonly role: RoleEnum;
  readonly expires_at: string;
  readonly url: string;
};

export type OperationsRequest = {
  readonly operations: readonly (unknown)[];
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

export type Person = {
  readonly id: number;
  readonly name: string;
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
  readonly summary: Readonly<Record<string, unknown>> | null;
};

export type RunStartRequest = {
  readonly scenario?: unknown | null;
};

export type RunStatusEnum = "queued" | "running" | "finished" | "cancelled" | "failed" | "interrupted";

export type Session = {
  readonly user: OwnPerson;
  readonly workspaces: readonly (OwnWorkspace)[];
};

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
