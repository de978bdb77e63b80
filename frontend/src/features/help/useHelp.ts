import { useEffect, useState } from "react";
import { ApiError } from "@/api/client";
import { type Article, type HelpEntry, helpApi } from "@/api/help";

let contents: Promise<HelpEntry[]> | null = null;

/** The list of all pages, fetched once for as long as the app is open; null until it is there. */
export function useHelpContents(): { entries: readonly HelpEntry[] | null; failed: boolean } {
  const [entries, setEntries] = useState<readonly HelpEntry[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    contents ??= helpApi.contents();
    contents
      .then((found) => {
        if (!gone) setEntries(found);
      })
      .catch(() => {
        contents = null;
        if (!gone) setFailed(true);
      });
    return () => {
      gone = true;
    };
  }, []);
  return { entries, failed };
}

/** Forgets the list, so that the next reader fetches it again. */
export function forgetHelpContents(): void {
  contents = null;
}

export type ArticleAnswer =
  | { readonly status: "loading" }
  | { readonly status: "missing" }
  | { readonly status: "failed" }
  | { readonly status: "known"; readonly article: Article };

/** One page, by its address. */
export function useArticle(address: string): ArticleAnswer {
  const [answer, setAnswer] = useState<ArticleAnswer & { for?: string }>({ status: "loading" });
  useEffect(() => {
    if (!address) return;
    const controller = new AbortController();
    helpApi
      .article(address, controller.signal)
      .then((article) => setAnswer({ status: "known", article, for: address }))
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        const missing = error instanceof ApiError && error.status === 404;
        setAnswer({ status: missing ? "missing" : "failed", for: address });
      });
    return () => controller.abort();
  }, [address]);
  return answer.for === address ? answer : { status: "loading" };
}

const NATURAL = new Intl.Collator("en", { numeric: true });

/** The guides, then the services by name: what there is to read without a search. */
function toBrowse(entries: readonly HelpEntry[]): HelpEntry[] {
  const services = entries.filter(({ topic }) => topic === "services");
  return [
    ...entries.filter(({ topic }) => topic === "guides"),
    ...services.sort((a, b) => NATURAL.compare(a.title, b.title)),
  ];
}

/** The pages that have every word, those with the words in their title first. */
export function searchHelp(entries: readonly HelpEntry[], text: string): HelpEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return toBrowse(entries);
  const scored = entries.flatMap((entry) => {
    const title = entry.title.toLowerCase();
    const all = `${title} ${entry.kind} ${entry.words}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) return [];
    const inTitle = words.filter((word) => title.includes(word)).length;
    const starts = words.some((word) => title.startsWith(word)) ? 1 : 0;
    return [{ entry, score: inTitle * 4 + starts * 2 + (entry.topic === "services" ? 1 : 0) }];
  });
  return scored
    .sort((a, b) => b.score - a.score || NATURAL.compare(a.entry.title, b.entry.title))
    .map(({ entry }) => entry);
}
