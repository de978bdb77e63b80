import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Tabs } from "./Tabs";

test("tabs of which none is selected are reached with Tab and moved along with the arrows", async () => {
  const onSelect = vi.fn();
  const tabs = ["run", "cost", "runs"].map((id) => ({ id, label: id }));
  render(<Tabs label="Drawer" tabs={tabs} selected="" onSelect={onSelect} />);
  await userEvent.tab();
  expect(document.activeElement?.textContent).toBe("run");
  await userEvent.keyboard("{ArrowRight}");
  expect(onSelect).toHaveBeenCalledWith("cost");
  expect(screen.getAllByRole("tab").filter((tab) => tab.tabIndex === 0)).toHaveLength(1);
});
