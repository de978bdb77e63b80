import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DesignFacts } from "@/api/designs";
import { useToasts } from "@/state/toasts";
import {
  copyDesign,
  createDesign,
  deleteDesign,
  foundBy,
  loadDesigns,
  renameDesign,
  useDesignList,
} from "./designList";

function design(id: string, name: string, updated = "2026-11-24T12:00:00Z"): DesignFacts {
  return {
    id,
    name,
    workspace: { id: "w", name: "Checkout team" },
    role: "owner",
    created_at: updated,
    updated_at: updated,
  };
}

let calls: string[];
let sent: unknown[];
let answers: Record<string, () => Response>;
const names = () => useDesignList.getState().designs.map((each) => each.name);

beforeEach(async () => {
  calls = [];
  sent = [];
  answers = { "GET /api/designs/": () => Response.json([design("2", "Shop"), design("1", "Blog", "2026-11-20")]) };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    calls.push(`${init.method} ${path}`);
    if (init.body) sent.push(JSON.parse(init.body as string));
    return answers[`${init.method} ${path}`]?.() ?? new Response(null, { status: 204 });
  });
  useToasts.setState({ toasts: [] });
  await loadDesigns();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the list of designs", () => {
  it("forgets a deleted design at once, and the server after the time to undo it", async () => {
    vi.useFakeTimers();
    deleteDesign(design("2", "Shop"));
    expect(names()).toEqual(["Blog"]);
    await loadDesigns();
    expect(names()).toEqual(["Blog"]);
    expect(calls).not.toContain("DELETE /api/designs/2/");
    await vi.advanceTimersByTimeAsync(7_000);
    expect(calls).toContain("DELETE /api/designs/2/");
  });

  it("brings a deleted design back to its place when that is undone", async () => {
    vi.useFakeTimers();
    deleteDesign(design("2", "Shop"));
    useToasts.getState().toasts[0]?.action?.perform();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(names()).toEqual(["Shop", "Blog"]);
    expect(calls).not.toContain("DELETE /api/designs/2/");
  });

  it("takes a new name back when the server refuses it", async () => {
    answers["PATCH /api/designs/2/"] = () =>
      Response.json({ error: { code: "read_only", message: "You may only look." } }, { status: 403 });
    const renaming = renameDesign(design("2", "Shop"), "Store");
    expect(names()).toEqual(["Store", "Blog"]);
    await renaming;
    expect(names()).toEqual(["Shop", "Blog"]);
    expect(useToasts.getState().toasts[0]?.text).toBe("You may only look.");
  });

  it("opens a design that was created", async () => {
    answers["POST /api/designs/"] = () => Response.json(design("3", "New"), { status: 201 });
    await createDesign("New");
    expect(window.location.pathname).toBe("/designs/3");
    window.history.replaceState(null, "", "/");
  });

  it("copies a design beside itself, or to a workspace of one's own where one may only look", async () => {
    const content = { format: "windtunnel-design", nodes: [] };
    answers["GET /api/designs/2/document/"] = () => Response.json(content);
    answers["POST /api/designs/"] = () => Response.json(design("3", "New"), { status: 201 });
    await copyDesign(design("2", "Shop"));
    await copyDesign({ ...design("2", "x".repeat(200)), role: "viewer" });
    expect(sent).toEqual([
      { name: "Shop copy", workspace: "w", document: content },
      { name: `${"x".repeat(195)} copy`, document: content },
    ]);
    window.history.replaceState(null, "", "/");
  });

  it("is searched by all words, in name and workspace", () => {
    const all = [design("1", "Order pipeline"), design("2", "Orders archive")];
    expect(foundBy(" order  PIPE", all).map((each) => each.id)).toEqual(["1"]);
    expect(foundBy("checkout", all)).toHaveLength(2);
    expect(foundBy("", all)).toBe(all);
  });
});
