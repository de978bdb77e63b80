import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { Article, HelpEntry } from "@/api/help";
import { closeHelp, openHelp, readHelpAddress } from "@/state/help";
import { navigate, readRoute } from "@/state/router";
import HelpPage from "./HelpPage";
import { HelpSheet } from "./HelpSheet";
import { forgetHelpContents, searchHelp } from "./useHelp";

const help = vi.hoisted(() => ({ contents: vi.fn(), article: vi.fn() }));
vi.mock("@/api/help", () => ({ helpApi: help }));

const ENTRIES: HelpEntry[] = [
  { address: "services/lambda", topic: "services", title: "Lambda function", kind: "Compute", words: "code faas" },
  { address: "services/s3", topic: "services", title: "S3 bucket", kind: "Data", words: "objects files" },
  {
    address: "connections/s3.lambda.event_notification",
    topic: "connections",
    title: "S3 bucket → Lambda function: Event notification",
    kind: "Asynchronous call",
    words: "",
  },
  {
    address: "rules/R001",
    topic: "rules",
    title: "R001 No failure destination",
    kind: "Advice",
    words: "lambda events",
  },
];
const LAMBDA: Article = {
  address: "services/lambda",
  topic: "services",
  title: "Lambda function",
  kind: "Compute",
  parts: [
    {
      title: "",
      blocks: [
        {
          block: "paragraph",
          line: [
            { text: "Runs your code. ", link: "", code: false },
            { text: "AWS docs", link: "https://docs.aws.amazon.com/", code: false },
          ],
        },
      ],
    },
    {
      title: "How it is invoked",
      blocks: [
        {
          block: "table",
          head: ["from", "setting"],
          rows: [[[{ text: "S3 bucket", link: "services/s3", code: false }], [{ text: "x", link: "", code: true }]]],
        },
        { block: "bullets", lines: [[{ text: "Environments", link: "", code: false }]] },
        { block: "facts", items: [{ name: "Works", line: [{ text: "yes", link: "", code: false }] }] },
      ],
    },
  ],
};

beforeEach(() => {
  forgetHelpContents();
  help.contents.mockReset().mockResolvedValue(ENTRIES);
  help.article.mockReset().mockResolvedValue(LAMBDA);
});
afterEach(() => window.history.replaceState(null, "", "/"));

test("the words decide which pages are found, titles first", () => {
  const found = (text: string) => searchHelp(ENTRIES, text).map(({ address }) => address);
  expect(found("")).toEqual(["services/lambda", "services/s3"]);
  expect(found("lambda")[0]).toBe("services/lambda");
  expect(found("lambda")).toContain("rules/R001");
  expect(found("s3 notification")).toEqual(["connections/s3.lambda.event_notification"]);
  expect(found("nonsense")).toEqual([]);
});

test("addresses of the page and of the sheet are read as they are written", () => {
  expect(readRoute("/help/services/lambda")).toEqual({ page: "help", address: "services/lambda" });
  expect(readRoute("/help/")).toEqual({ page: "help", address: "" });
  expect(readRoute("/helpless")).toEqual({ page: "missing" });
  expect(readHelpAddress("#help/rules/R001")).toBe("rules/R001");
  expect(readHelpAddress("#help")).toBe("");
  expect(readHelpAddress("#other")).toBeNull();
});

test("the sheet opens at an address beside the design and closes with it", async () => {
  window.history.replaceState(null, "", "/designs/d");
  render(<HelpSheet />);
  expect(screen.queryByTestId("help-sheet")).toBeNull();
  act(() => openHelp("services/lambda"));
  expect(await screen.findByText("Runs your code.", { exact: false })).toBeTruthy();
  expect(window.location.pathname + window.location.hash).toBe("/designs/d#help/services/lambda");
  act(closeHelp);
  expect(screen.queryByTestId("help-sheet")).toBeNull();
  expect(window.location.hash).toBe("");
});

test("a page has its table, list and facts, and a link leads to the next page", async () => {
  const user = userEvent.setup();
  navigate("/help/services/lambda");
  render(<HelpPage address="services/lambda" />);
  expect((await screen.findByRole("columnheader", { name: "setting" })).tagName).toBe("TH");
  expect(screen.getByText("Environments")).toBeTruthy();
  expect(screen.getByText("Works").nextSibling?.textContent).toBe("yes");
  await user.click(screen.getByRole("link", { name: "S3 bucket" }));
  expect(window.location.pathname).toBe("/help/services/s3");
});

test("searching replaces the page by the list, by keyboard alone", async () => {
  const user = userEvent.setup();
  navigate("/help/services/lambda");
  render(<HelpPage address="services/lambda" />);
  await screen.findByTestId("help-article");
  await user.type(screen.getByLabelText("Search services, connections and rules"), "R001");
  await waitFor(() => expect(screen.queryByTestId("help-article")).toBeNull());
  await user.tab();
  await user.tab();
  await user.keyboard("{Enter}");
  expect(window.location.pathname).toBe("/help/rules/R001");
});

test("a page that is not there says so", async () => {
  help.article.mockRejectedValue(new ApiError(404, "not_found", "There is no such page."));
  render(<HelpPage address="services/nothing" />);
  expect(await screen.findByText("There is no such page.")).toBeTruthy();
});

test("what cannot be fetched is not called missing, and does not load for ever", async () => {
  help.article.mockRejectedValue(new ApiError(0, "offline", "The server did not answer."));
  const { unmount } = render(<HelpPage address="services/lambda" />);
  expect(await screen.findByText(/The page cannot be fetched now/)).toBeTruthy();
  unmount();
  help.contents.mockRejectedValue(new ApiError(0, "offline", "The server did not answer."));
  render(<HelpPage address="" />);
  expect(await screen.findByText(/The pages cannot be fetched now/)).toBeTruthy();
});

test("without a search the guides come first, then the services by name", () => {
  const guide: HelpEntry = {
    address: "guides/model",
    topic: "guides",
    title: "What a run models",
    kind: "",
    words: "",
  };
  const [lambda, bucket, connection] = ENTRIES as [HelpEntry, HelpEntry, HelpEntry];
  expect(searchHelp([bucket, connection, lambda, guide], "")).toEqual([guide, lambda, bucket]);
});
