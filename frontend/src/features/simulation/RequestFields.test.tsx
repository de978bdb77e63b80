import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Traffic } from "@/api/scenario";
import { CLOSED, useDesign } from "@/state/designStore";
import type { DesignEdge } from "@/state/graph";
import { RequestFields } from "./RequestFields";

const traffic: Traffic = { entry: "shop", pattern: "poisson", rate_per_s: 10 };
const edge = (id: string) => ({ id, source: "shop", target: id, parameters: {} }) as unknown as DesignEdge;

test("an entry has its own mix, request size and popularity of keys", async () => {
  useDesign.setState({ ...CLOSED, edges: new Map(["read", "write"].map((id) => [id, edge(id)])) });
  const onChange = vi.fn();
  render(<RequestFields id="t" traffic={traffic} disabled={false} onChange={onChange} />);
  await userEvent.clear(screen.getByLabelText("Share to read"));
  await userEvent.type(screen.getByLabelText("Share to read"), "9{Enter}");
  expect(onChange).toHaveBeenLastCalledWith({ ...traffic, mix: { read: 9 } }, false);
  await userEvent.click(screen.getByLabelText("Own request size"));
  expect(onChange).toHaveBeenLastCalledWith({ ...traffic, payload_kb: 4 }, false);
  await userEvent.click(screen.getByLabelText("About different keys"));
  expect(onChange).toHaveBeenLastCalledWith({ ...traffic, keys: 1000, zipf: 1 }, false);
});
