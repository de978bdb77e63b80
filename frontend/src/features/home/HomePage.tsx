import { FileUp, Plus, Search } from "lucide-react";
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { loadCatalog } from "@/state/catalogStore";
import type { DesignDocument } from "@/state/graph";
import { useCanCreate, useSession } from "@/state/sessionStore";
import { loadStarters } from "@/state/starters";
import { Button, TextInput } from "@/ui";
import mark from "@/ui/mark.svg";
import { AccountMenu } from "./AccountMenu";
import { DesignCard } from "./DesignCard";
import { DesignPreview } from "./DesignPreview";
import { createDesign, createFromFile, foundBy, loadDesigns, useDesignList } from "./designList";
import styles from "./HomePage.module.css";

const SEARCH_FROM = 5;
const ONLY_LOOKING = "You can look at designs and watch runs. Making designs takes the editor role in a workspace.";

/** All designs of this person, and ways to begin another. */
export function HomePage({ actions }: { actions?: ReactNode }) {
  const status = useDesignList((state) => state.status);
  const isEmpty = useDesignList((state) => state.designs.length === 0);
  const canCreate = useCanCreate();
  useEffect(() => {
    document.title = "Designs · Windtunnel";
    void loadCatalog();
    void loadDesigns();
  }, []);
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    if (canCreate) void createFromFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file anywhere is a short cut for the button
    <div className={styles.page} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <header className={styles.bar}>
        <img src={mark} alt="" width={22} height={22} />
        <strong>Windtunnel</strong>
        <span className={styles.space} />
        {actions}
        <AccountMenu />
      </header>
      <main className={styles.main}>
        {status === "ready" && isEmpty && <Welcome />}
        {status === "failed" && <Failed />}
        {(status === "loading" || !isEmpty) && status !== "failed" && <Designs />}
        {canCreate ? <Starters /> : <p className={styles.none}>{ONLY_LOOKING}</p>}
      </main>
    </div>
  );
}

function Welcome() {
  const name = useSession((state) => state.user?.name);
  return (
    <section className={styles.welcome} data-testid="first-visit">
      <h1>{name ? `Welcome, ${name}` : "Welcome"}</h1>
      <p>
        Draw an AWS serverless architecture, see at once what AWS would refuse, run traffic through it and watch
        latency, errors and cost before anything is built.
      </p>
      <div className={styles.actions}>
        <CreateButtons />
      </div>
    </section>
  );
}

function Failed() {
  return (
    <section className={styles.welcome} role="alert">
      <h1>The designs could not be read</h1>
      <p>The server did not answer. Your designs are not lost.</p>
      <Button onClick={() => void loadDesigns()}>Try again</Button>
    </section>
  );
}

function CreateButtons() {
  if (!useCanCreate()) return null;
  return (
    <>
      <OpenFileButton />
      <NewButton />
    </>
  );
}

function NewButton() {
  const creating = useDesignList((state) => state.creating);
  return (
    <Button
      variant="primary"
      icon={<Plus size={15} />}
      disabled={creating}
      onClick={() => void createDesign("Untitled")}
      data-testid="new-design"
    >
      New design
    </Button>
  );
}

function OpenFileButton() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={<FileUp size={15} />} onClick={() => input.current?.click()}>
        Open a file
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".yaml,.yml,.json,.template"
        aria-label="Template or design file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void createFromFile(file);
        }}
      />
    </>
  );
}

function Designs() {
  const status = useDesignList((state) => state.status);
  const designs = useDesignList((state) => state.designs);
  const [search, setSearch] = useState("");
  const found = foundBy(search, designs);
  const workspaces = new Set(designs.map((design) => design.workspace.id)).size;
  return (
    <section aria-label="Designs">
      <div className={styles.head}>
        <h1>Designs</h1>
        {designs.length >= SEARCH_FROM && (
          <TextInput
            className={styles.search}
            type="search"
            placeholder="Search"
            aria-label="Search designs"
            prefixIcon={<Search size={14} />}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        )}
        <span className={styles.space} />
        <CreateButtons />
      </div>
      <ul className={styles.grid} aria-busy={status === "loading"}>
        {status === "loading" &&
          designs.length === 0 &&
          [1, 2, 3].map((key) => <li key={key} className={styles.ghost} aria-hidden />)}
        {found.map((design) => (
          <DesignCard key={design.id} design={design} showWorkspace={workspaces > 1} />
        ))}
      </ul>
      {status === "ready" && found.length === 0 && (
        <p className={styles.none}>
          No design is called “{search}”.{" "}
          <Button variant="link" onClick={() => setSearch("")}>
            Show all
          </Button>
        </p>
      )}
    </section>
  );
}

function Starters() {
  const [starters, setStarters] = useState<readonly DesignDocument[]>([]);
  const creating = useDesignList((state) => state.creating);
  useEffect(() => {
    // Without them the page still works.
    loadStarters().then(setStarters, () => {});
  }, []);
  if (starters.length === 0) return null;
  return (
    <section aria-label="Starters" className={styles.starters}>
      <h2>Begin from a starter</h2>
      <ul className={styles.grid}>
        {starters.map((starter) => (
          <li key={starter.name} className={styles.card}>
            <button
              type="button"
              className={styles.starter}
              disabled={creating}
              onClick={() => void createDesign(starter.name, starter)}
            >
              <span className={styles.preview}>
                <DesignPreview document={starter} />
              </span>
              <span className={styles.starterName}>{starter.name}</span>
              <span className={styles.facts}>{starter.nodes.length} nodes, ready to run</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
