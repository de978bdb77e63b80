/** Help pages, as `GET /api/help/` sends them. */
import { api } from "./client";

export type Topic = "services" | "connections" | "rules" | "guides";

export interface HelpEntry {
  readonly address: string;
  readonly topic: Topic;
  readonly title: string;
  readonly kind: string;
  readonly words: string;
}

export interface Span {
  readonly text: string;
  /** Address of another page, a web address, or empty. */
  readonly link: string;
  readonly code: boolean;
}

export type Line = readonly Span[];

export type Block =
  | { readonly block: "paragraph"; readonly line: Line }
  | { readonly block: "bullets"; readonly lines: readonly Line[] }
  | { readonly block: "facts"; readonly items: readonly { readonly name: string; readonly line: Line }[] }
  | { readonly block: "table"; readonly head: readonly string[]; readonly rows: readonly (readonly Line[])[] }
  | { readonly block: "code"; readonly text: string };

export interface Article {
  readonly address: string;
  readonly topic: Topic;
  readonly title: string;
  readonly kind: string;
  readonly parts: readonly { readonly title: string; readonly blocks: readonly Block[] }[];
}

export const helpApi = {
  contents: () => api.get<HelpEntry[]>("/api/help/"),
  article: (address: string, signal?: AbortSignal) =>
    api.get<Article>(`/api/help/${address.split("/").map(encodeURIComponent).join("/")}/`, signal),
};
