import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Traffic } from "@/api/scenario";
import type { Connection } from "@/state/catalog";
import { useCatalog } from "@/state/catalogStore";
import { CLOSED, useDesign } from "@/state/designStore";
import type { DesignEdge } from "@/state/graph";
import { RequestFields } from "./RequestFields";

const traffic: Traffic = { entry: "shop", pattern: "poisson", rate_per_s: 10 };
const edge = (id: string, connection = "request", weight?: number) =>
  ({ id, source: "shop", target: id, connection, parameters: weight === undefined ? {} : { weight } }) as DesignEdge;

function open(shown: Traffic, edges: readonly DesignEdge[], disabled = false) {
  const request = { id: "request", parameters: [{ id: "weight" }] } as unknown as Connection;
  const login = { id: "login", parameters: [] } as unknown as Connection;
  useCatalog.setState({ connections: new Map([request, login].map((each) => [each.id, each])) });
  useDesign.setState({ ...CLOSED, edges: new Map(edges.map((each) => [each.id, each])) });
  const onChange = vi.fn();
  render(<RequestFields id="t" traffic={shown} disabled={disabled} onChange={onChange} />);
  return onChange;
}

test("an entry has its own request size and popularity of keys", async () => {
  const onChange = open(traffic, []);
  await userEvent.click(screen.getByLabelText("Own request size"));
  expect(onChange).toHaveBeenLastCalledWith({ ...traffic, payload_kb: 4 }, false);
  await userEvent.click(screen.getByLabelText("About different keys"));
  expect(onChange).toHaveBeenLastCalledWith({ ...traffic, keys: 1000, zipf: 1 }, false);
});

test("an exponent out of range is said at its field and not kept", async () => {
  const onChange = open({ ...traffic, keys: 50, zipf: 1 }, []);
  await userEvent.clear(screen.getByLabelText("Zipf exponent"));
  await userEvent.type(screen.getByLabelText("Zipf exponent"), "11{Enter}");
  expect(screen.getByRole("alert").textContent).toBe("From 0 to 10.");
  expect(onChange).not.toHaveBeenCalled();
});

test("the mix begins with the connections' own shares, in percent and with their sum", async () => {
  const onChange = open(traffic, [edge("read", "request", 3), edge("write"), edge("pool", "login")]);
  expect(screen.getByText("75 % of the requests")).toBeTruthy();
  expect(screen.getByText("Shares add up to 4")).toBeTruthy();
  expect(screen.queryByLabelText("Share to pool")).toBeNull();
  await userEvent.clear(screen.getByLabelText("Share to read"));
  await userEvent.type(screen.getByLabelText("Share to read"), "9{Enter}");
  expect(onChange).toHaveBeenLastCalledWith({ ...traffic, mix: { read: 9 } }, false);
});

test("a mix of nothing is refused at its fields, and can be taken back", async () => {
  const onChange = open({ ...traffic, mix: { read: 0, write: 0 } }, [edge("read"), edge("write")]);
  expect(screen.getAllByText("One share at least must be above 0.")).toHaveLength(2);
  await userEvent.click(screen.getByRole("button", { name: "Use their own" }));
  expect(onChange).toHaveBeenLastCalledWith(traffic, false);
});

test("the share of a connection that is gone is told, and left out by the next change", async () => {
  const onChange = open({ ...traffic, mix: { gone: 5, read: 1 } }, [edge("read"), edge("write")]);
  expect(screen.getByText(/connection that is no longer in the design/)).toBeTruthy();
  await userEvent.type(screen.getByLabelText("Share to write"), "{ArrowUp}");
  expect(onChange).toHaveBeenLastCalledWith({ ...traffic, mix: { read: 1, write: 2 } }, true);
});

test("so is the share of a connection that begins elsewhere now", async () => {
  const elsewhere = { ...edge("moved"), source: "elsewhere" };
  const onChange = open({ ...traffic, mix: { moved: 5 } }, [edge("read"), edge("write"), elsewhere]);
  await userEvent.type(screen.getByLabelText("Share to write"), "{ArrowUp}");
  expect(onChange).toHaveBeenLastCalledWith({ ...traffic, mix: { write: 2 } }, true);
});

test("a viewer sees every figure and can change none", () => {
  open({ ...traffic, payload_kb: 2, keys: 9, zipf: 1 }, [edge("read"), edge("write")], true);
  for (const field of [...screen.getAllByRole("textbox"), ...screen.getAllByRole("switch")]) {
    expect((field as HTMLInputElement).disabled).toBe(true);
  }
});
