/** The designs that this person may see, and what can be done with them from the list. */
import { create } from "zustand";
import { type DesignFacts, designsApi } from "@/api/designs";
import { navigate } from "@/state/router";
import { showToast } from "@/state/toasts";

interface DesignListState {
  readonly status: "loading" | "ready" | "failed";
  readonly designs: readonly DesignFacts[];
  /** Something new is being made; the page goes to it when it is there. */
  readonly creating: boolean;
}

export const useDesignList = create<DesignListState>()(() => ({ status: "loading", designs: [], creating: false }));

const UNDO_WITHIN_MS = 7_000;
/** Deleted here, not yet on the server. */
const leaving = new Set<string>();

export async function loadDesigns(): Promise<void> {
  try {
    const designs = await designsApi.list();
    useDesignList.setState({ status: "ready", designs: designs.filter((design) => !leaving.has(design.id)) });
  } catch {
    useDesignList.setState({ status: "failed" });
  }
}

/** Creates a design, empty or with content, and opens it; without a workspace the server takes the person's first. */
export async function createDesign(name: string, document?: unknown, workspace?: string): Promise<void> {
  if (useDesignList.getState().creating) return;
  useDesignList.setState({ creating: true });
  try {
    const design = await designsApi.create({
      name,
      ...(document === undefined ? {} : { document }),
      ...(workspace === undefined ? {} : { workspace }),
    });
    navigate(`/designs/${design.id}`);
  } catch (error) {
    fail("The design was not created", error);
  } finally {
    useDesignList.setState({ creating: false });
  }
}

/** Makes a design of a template or a saved design, and opens it. */
export async function createFromFile(file: File): Promise<void> {
  try {
    const { document, report } = await designsApi.import(file);
    await createDesign(file.name.replace(/\.(ya?ml|json|template)$/i, ""), document);
    const plain = report.unknown.length > 0 ? `${report.unknown.length} resources came in as plain nodes.` : "";
    const text = [plain, ...report.notes].filter(Boolean).join("\n");
    showToast({ title: `${file.name}: ${report.nodes} nodes, ${report.edges} edges`, text });
  } catch (error) {
    fail(`${file.name} cannot be read`, error);
  }
}

/** Copies a design beside itself, or, where the person may only look, into a workspace of their own. */
export async function copyDesign(design: DesignFacts): Promise<void> {
  const beside = design.role === "viewer" ? undefined : design.workspace.id;
  try {
    await createDesign(copyName(design.name), await designsApi.document(design.id), beside);
  } catch (error) {
    fail(`${design.name} was not copied`, error);
  }
}

const LONGEST_NAME = 200;

function copyName(name: string): string {
  const ending = " copy";
  return `${name.slice(0, LONGEST_NAME - ending.length)}${ending}`;
}

export async function renameDesign(design: DesignFacts, name: string): Promise<void> {
  replace({ ...design, name });
  try {
    replace(await designsApi.rename(design.id, name));
  } catch (error) {
    replace(design);
    fail(`${design.name} was not renamed`, error);
  }
}

/** Takes a design out of the list at once, and deletes it on the server unless that is undone meanwhile. */
export function deleteDesign(design: DesignFacts): void {
  leaving.add(design.id);
  useDesignList.setState(({ designs }) => ({ designs: designs.filter((each) => each.id !== design.id) }));
  const timer = setTimeout(() => void deleteForGood(design), UNDO_WITHIN_MS);
  const undo = () => {
    clearTimeout(timer);
    bringBack(design);
  };
  showToast({ title: `${design.name} is deleted`, action: { label: "Undo", perform: undo } });
}

async function deleteForGood(design: DesignFacts): Promise<void> {
  try {
    await designsApi.delete(design.id);
    leaving.delete(design.id);
  } catch (error) {
    bringBack(design);
    fail(`${design.name} was not deleted`, error);
  }
}

function bringBack(design: DesignFacts): void {
  leaving.delete(design.id);
  useDesignList.setState(({ designs }) => ({
    designs: [...designs.filter((each) => each.id !== design.id), design].sort((a, b) =>
      a.updated_at < b.updated_at ? 1 : -1,
    ),
  }));
}

function replace(design: DesignFacts): void {
  useDesignList.setState(({ designs }) => ({
    designs: designs.map((each) => (each.id === design.id ? design : each)),
  }));
}

function fail(title: string, error: unknown): void {
  showToast({ title, text: error instanceof Error ? error.message : String(error), tone: "error" });
}

/** The designs whose name or workspace holds all words of the search. */
export function foundBy(search: string, designs: readonly DesignFacts[]): readonly DesignFacts[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return designs;
  return designs.filter((design) => {
    const text = `${design.name} ${design.workspace.name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
