import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CLOSED, useDesign } from "@/state/designStore";
import { useToasts } from "@/state/toasts";
import { exportDesign, useExport } from "./exporting";

let asked: string[];
let saved: string[];
let respond: () => Response;

beforeEach(() => {
  asked = [];
  saved = [];
  respond = () => new Response("<svg/>", { headers: { "Content-Disposition": 'attachment; filename="Shop.svg"' } });
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return respond();
  });
  URL.createObjectURL = () => "blob:design";
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function click(this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  useDesign.setState({ ...CLOSED, designId: "d1", status: "ready", name: "Shop" });
  useExport.setState({ theme: "screen", busy: null, progress: null });
  useToasts.setState({ toasts: [] });
});
afterEach(() => vi.unstubAllGlobals());

describe("exporting the design", () => {
  it("downloads it under the server's name, in the colours asked for", async () => {
    useExport.setState({ theme: "dark" });
    await exportDesign("svg");
    expect(asked).toEqual(["/api/designs/d1/export/svg/?theme=dark"]);
    expect(saved).toEqual(["Shop.svg"]);
  });

  it("says what went wrong and offers to try again", async () => {
    respond = () =>
      Response.json({ error: { code: "drawing", message: "The drawing is too large." } }, { status: 422 });
    await exportDesign("png");
    expect(useExport.getState().busy).toBeNull();
    expect(useToasts.getState().toasts[0]).toMatchObject({ text: "The drawing is too large.", tone: "error" });
    expect(saved).toEqual([]);
    respond = () => new Response("png");
    useToasts.getState().toasts[0]?.action?.perform();
    await vi.waitFor(() => expect(saved).toEqual(["Shop.png"]));
  });

  it("does one thing at a time", async () => {
    const first = exportDesign("svg");
    await exportDesign("pdf");
    await first;
    expect(asked).toHaveLength(1);
  });
});
