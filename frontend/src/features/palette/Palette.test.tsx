import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setCatalog } from "@/state/catalogStore";
import { CLOSED, useDesign } from "@/state/designStore";
import { setUi } from "@/state/uiStore";
import { setCanvasView } from "@/state/viewport";
import { CATALOG, service } from "@/testing/catalog";
import { Palette } from "./Palette";
import { groupFound, searchServices } from "./search";

const view = { addService: vi.fn(), centreOn: vi.fn(), importFile: vi.fn(), fit: vi.fn() };

beforeEach(() => {
  view.addService.mockReset();
  setCatalog(CATALOG);
  setCanvasView(view);
  setUi({ paletteOpen: true });
  useDesign.setState({ ...CLOSED, status: "ready", role: "editor" });
});
afterEach(() => {
  setCanvasView(null);
  useDesign.setState(CLOSED);
});

const names = () => screen.getAllByRole("button", { name: /^Add / }).map((button) => button.getAttribute("aria-label"));

test("services stand under their categories, in the catalog's order", () => {
  render(<Palette />);
  expect(screen.getAllByRole("heading").map((heading) => heading.textContent)).toEqual([
    "Compute",
    "Integration",
    "Data",
  ]);
  expect(names()).toEqual(["Add Lambda function", "Add SQS standard queue", "Add DynamoDB table"]);
});

test("the search finds by name and by keyword, and Enter adds the first", async () => {
  render(<Palette />);
  await userEvent.type(screen.getByLabelText("Search services"), "dlq");
  expect(names()).toEqual(["Add SQS standard queue"]);
  await userEvent.keyboard("{Enter}");
  expect(view.addService).toHaveBeenCalledWith("sqs_standard");
});

test("a search without a match says what to do", async () => {
  render(<Palette />);
  await userEvent.type(screen.getByLabelText("Search services"), "mainframe");
  expect(screen.getByText(/No service is called/)).toBeTruthy();
});

test("arrow keys lead from the search through the list, Enter adds", async () => {
  render(<Palette />);
  await userEvent.click(screen.getByLabelText("Search services"));
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  expect(view.addService).toHaveBeenCalledWith("sqs_standard");
});

test("folded in, the icons keep their names for those who cannot see them", () => {
  setUi({ paletteOpen: false });
  render(<Palette />);
  expect(screen.queryByLabelText("Search services")).toBeNull();
  expect(names()).toHaveLength(3);
});

test("a viewer cannot add", () => {
  useDesign.setState({ role: "viewer" });
  render(<Palette />);
  expect(screen.getByLabelText("Add Lambda function")).toHaveProperty("disabled", true);
});

test("every word has to match, the best match comes first", () => {
  const { services } = CATALOG;
  expect(searchServices(services, "standard queue").map((service) => service.id)).toEqual(["sqs_standard"]);
  expect(searchServices(services, "standard table")).toEqual([]);
  expect(searchServices(services, "function")[0]?.id).toBe("lambda");
  expect(groupFound(searchServices(services, "table"), CATALOG.categories)[0]?.category).toBe("Data");
});

test("a service that is called exactly so comes before all that only mention it", () => {
  const mention = (name: string) => service({ id: name, name, category: "Network", keywords: ["vpc"] });
  const vpc = service({ id: "vpc", name: "VPC", category: "Containers" });
  const all = [mention("Internet gateway"), mention("NAT gateway"), mention("VPC endpoint"), vpc];
  const found = searchServices(all, "vpc");
  expect(found.map((one) => one.name)).toEqual(["VPC", "VPC endpoint", "Internet gateway", "NAT gateway"]);
  expect(groupFound(found, ["Network", "Containers"])[0]?.category).toBe("Containers");
});
