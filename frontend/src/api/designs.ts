import { api } from "./client";
import type { Design, DesignCreateRequest, Imported, RoleEnum } from "./schema.gen";

/** A design without its content. */
export type DesignFacts = Design;
export type Role = RoleEnum;

export type ExportFormat = "svg" | "png" | "pdf" | "json";

export const designsApi = {
  list: (signal?: AbortSignal) => api.get<DesignFacts[]>("/api/designs/", signal),
  create: (design: DesignCreateRequest) => api.post<DesignFacts>("/api/designs/", design),
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
