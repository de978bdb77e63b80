import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type LiveSocket, openLiveSocket } from "./liveSocket";

class FakeSocket {
  static made: FakeSocket[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  closed = false;
  constructor(readonly address: string) {
    FakeSocket.made.push(this);
  }
  close() {
    this.closed = true;
    this.onclose?.({ code: 1000 });
  }
}

const newest = () => FakeSocket.made.at(-1) as FakeSocket;
let socket: LiveSocket | undefined;

beforeEach(() => {
  FakeSocket.made = [];
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
});
afterEach(() => {
  socket?.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a live socket", () => {
  it("opens on the page's own server and passes messages on", () => {
    const got: unknown[] = [];
    socket = openLiveSocket("/ws/runs/7/", { onMessage: (message) => got.push(message) });
    expect(newest().address).toBe(`ws://${window.location.host}/ws/runs/7/`);
    newest().onmessage?.({ data: '{"type":"status"}' });
    expect(got).toEqual([{ type: "status" }]);
  });

  it("drops what is no JSON or no message of its kind", () => {
    const got: unknown[] = [];
    socket = openLiveSocket<number>("/ws/", {
      read: (value) => (typeof value === "number" ? value : null),
      onMessage: (message) => got.push(message),
    });
    for (const data of ["{", '"text"', "5"]) newest().onmessage?.({ data });
    expect(got).toEqual([5]);
  });

  it("comes back after a loss, asks for the path anew and says that something was missed", () => {
    let after = -1;
    const opened: boolean[] = [];
    let lost = 0;
    socket = openLiveSocket(() => `/ws/runs/7/?after=${after}`, {
      onMessage: () => {},
      onOpen: (again) => opened.push(again),
      onLost: () => {
        lost += 1;
      },
    });
    newest().onopen?.();
    after = 41;
    newest().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(400);
    newest().onopen?.();
    expect(FakeSocket.made).toHaveLength(2);
    expect(newest().address).toMatch(/after=41$/);
    expect(opened).toEqual([false, true]);
    expect(lost).toBe(1);
  });

  it("waits longer after each failure, but never more than six seconds", () => {
    socket = openLiveSocket("/ws/", { onMessage: () => {} });
    for (let failure = 0; failure < 10; failure += 1) {
      newest().onclose?.({ code: 1006 });
      vi.advanceTimersByTime(failure < 3 ? 2_500 : 6_000);
      expect(FakeSocket.made).toHaveLength(failure + 2);
    }
    newest().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(3_900);
    expect(FakeSocket.made).toHaveLength(11);
  });

  it("tries at once when the browser is online again", () => {
    socket = openLiveSocket("/ws/", { onMessage: () => {} });
    for (let failure = 0; failure < 6; failure += 1) {
      newest().onclose?.({ code: 1006 });
      vi.advanceTimersByTime(6_000);
    }
    newest().onclose?.({ code: 1006 });
    const before = FakeSocket.made.length;
    window.dispatchEvent(new Event("online"));
    expect(FakeSocket.made).toHaveLength(before + 1);
  });

  it.each([4401, 4404])("gives up when the server refuses with %s", (code) => {
    const refused: number[] = [];
    socket = openLiveSocket("/ws/", { onMessage: () => {}, onRefused: (given) => refused.push(given) });
    newest().onclose?.({ code });
    vi.advanceTimersByTime(60_000);
    expect(refused).toEqual([code]);
    expect(FakeSocket.made).toHaveLength(1);
  });

  it("stays closed when it is closed", () => {
    socket = openLiveSocket("/ws/", { onMessage: () => {} });
    socket.close();
    vi.advanceTimersByTime(60_000);
    expect(newest().closed).toBe(true);
    expect(FakeSocket.made).toHaveLength(1);
  });
});
