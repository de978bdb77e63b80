import { api } from "./client";

export type Role = "owner" | "editor" | "viewer";

export interface DesignFacts {
  readonly id: string;
  readonly name: string;
  readonly workspace: { readonly id: string; readonly name: string };
  readonly role: Role;
  readonly created_at: string;
  readonly updated_at: string;
}

/** What the server made of a file; the browser puts the document onto the canvas. */
export interface Imported {
  readonly document: unknown;
  readonly report: {
    readonly format: string;
    readonly nodes: number;
    readonly edges: number;
    readonly unknown: readonly { readonly id: string; readonly type: string }[];
    readonly notes: readonly string[];
  };
}

export type ExportFormat = "svg" | "png" | "pdf" | "json";

export const designsApi = {
  list: (signal?: AbortSignal) => api.get<DesignFacts[]>("/api/designs/", signal),
  create: (design: { name: string; workspace?: string; document?: unknown }) =>
    api.post<DesignFacts>("/api/designs/", design),
  rename: (designId: string, name: string) => api.patch<DesignFacts>(`/api/designs/${designId}/`, { name }),
  delete: (designId: string) => api.delete(`/api/designs/${designId}/`),
  document: (designId: string, signal?: AbortSignal) => api.get<unknown>(`/api/designs/${designId}/document/`, signal),
  import: (file: File) => api.upload<Imported>("/api/import/", file),
  export: (
    designId: string,
    format: ExportFormat,
    theme: "light" | "dark",
    onProgress?: (received: number, total: number | null) => void,
    signal?: AbortSignal,
  ) => api.download(`/api/designs/${designId}/export/${format}/?theme=${theme}`, onProgress, signal),
};
