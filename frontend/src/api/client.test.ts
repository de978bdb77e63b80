import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from "./client";

const answer = (body: BodyInit | null, init?: ResponseInit) => {
  const fetched = vi.fn<typeof fetch>(async () => new Response(body, init));
  vi.stubGlobal("fetch", fetched);
  return fetched;
};

afterEach(() => vi.unstubAllGlobals());

describe("the REST client", () => {
  it("sends the CSRF token with writes only", async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the token comes as a cookie
    document.cookie = "csrftoken=abc";
    const fetched = answer("{}");
    await api.get("/api/designs/");
    await api.post("/api/designs/", { name: "Shop" });
    const headers = fetched.mock.calls.map(([, init]) => init?.headers as Record<string, string>);
    expect(headers[0]).not.toHaveProperty("X-CSRFToken");
    expect(headers[1]).toMatchObject({ "X-CSRFToken": "abc", "Content-Type": "application/json" });
    expect(fetched.mock.calls[1]?.[1]?.body).toBe('{"name":"Shop"}');
  });

  it("gives an error's code, message and place", async () => {
    answer('{"error":{"code":"bad_scenario","message":"Too many requests.","path":"scenario"}}', { status: 400 });
    const error = await api.post("/api/").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, code: "bad_scenario", message: "Too many requests.", path: "scenario" });
  });

  it("makes an error of a page that is no JSON, and of no answer at all", async () => {
    answer("<h1>Bad gateway</h1>", { status: 502, statusText: "Bad Gateway" });
    await expect(api.get("/api/")).rejects.toMatchObject({
      status: 502,
      message: "The server answered 502 Bad Gateway.",
    });
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("network")));
    await expect(api.get("/api/")).rejects.toMatchObject({ status: 0, code: "offline" });
  });

  it("returns nothing for 204", async () => {
    answer(null, { status: 204 });
    expect(await api.delete("/api/runs/1/")).toBeUndefined();
  });

  it("downloads a file with its name and tells how far it is", async () => {
    answer("<svg/>", {
      headers: {
        "Content-Type": "image/svg+xml",
        "Content-Length": "6",
        "Content-Disposition": "attachment; filename*=UTF-8''Caf%C3%A9.svg",
      },
    });
    const steps: [number, number | null][] = [];
    const file = await api.download("/api/", (received, total) => steps.push([received, total]));
    expect(file.name).toBe("Café.svg");
    expect(file.blob.size).toBe(6);
    expect(steps.at(-1)).toEqual([6, 6]);
  });
});
