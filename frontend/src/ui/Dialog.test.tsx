import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { Dialog } from "./Dialog";

function Opener() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Edit
      </button>
      {open && (
        <Dialog open onClose={() => setOpen(false)} title="Editor">
          <button type="button" onClick={() => setOpen(false)}>
            Done
          </button>
        </Dialog>
      )}
    </>
  );
}

test("a dialog that is taken away gives the focus back to what opened it", async () => {
  render(<Opener />);
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  expect(document.activeElement?.textContent).toBe("Done");
  await userEvent.click(screen.getByText("Done"));
  expect(document.activeElement?.textContent).toBe("Edit");
});
