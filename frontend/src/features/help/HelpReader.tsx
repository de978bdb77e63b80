import { ArrowLeft, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { HelpEntry, Topic } from "@/api/help";
import { Button, TextInput } from "@/ui";
import styles from "./Help.module.css";
import { HelpArticle } from "./HelpArticle";
import { searchHelp, useArticle, useHelpContents } from "./useHelp";

const MOST_SHOWN = 80;
const TOPICS: Record<Topic, string> = {
  services: "Service",
  connections: "Connection",
  rules: "Rule",
  guides: "Guide",
};

interface HelpReaderProps {
  /** Address of the page; empty for the list. */
  address: string;
  onOpen: (address: string) => void;
}

/** The list of pages with its search, or one page. */
export function HelpReader({ address, onOpen }: HelpReaderProps) {
  const [text, setText] = useState("");
  const listed = address === "" || text !== "";
  const open = (next: string) => {
    setText("");
    onOpen(next);
  };
  return (
    <>
      <div className={styles.search}>
        <TextInput
          type="search"
          prefixIcon={<Search size={14} />}
          aria-label="Search services, connections and rules"
          placeholder="Search services, connections and rules"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {address !== "" && (
          <Button variant="ghost" size="small" onClick={() => open("")}>
            <ArrowLeft size={13} /> All pages
          </Button>
        )}
      </div>
      {listed ? <Contents text={text} onOpen={open} /> : <Page address={address} onOpen={open} />}
    </>
  );
}

function Contents({ text, onOpen }: { text: string; onOpen: (address: string) => void }) {
  const { entries, failed } = useHelpContents();
  if (failed) return <p className={styles.nothing}>The pages cannot be fetched now. Try again in a moment.</p>;
  if (!entries) return <p className={styles.nothing}>Loading the pages.</p>;
  const found = searchHelp(entries, text);
  const rest = found.length - MOST_SHOWN;
  return (
    <>
      {text === "" && (
        <p className={styles.nothing}>The guides and the services. Search for connections and rules as well.</p>
      )}
      <ul className={styles.contents}>
        {found.slice(0, MOST_SHOWN).map((entry) => (
          <li key={entry.address}>
            <Entry entry={entry} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {rest > 0 && <p className={styles.nothing}>{rest} more: type another word.</p>}
      {found.length === 0 && <p className={styles.nothing}>No page has these words.</p>}
    </>
  );
}

function Entry({ entry, onOpen }: { entry: HelpEntry; onOpen: (address: string) => void }) {
  return (
    <button type="button" onClick={() => onOpen(entry.address)}>
      <span>{entry.title}</span>
      <small>
        {TOPICS[entry.topic]} · {entry.kind}
      </small>
    </button>
  );
}

function Page({ address, onOpen }: { address: string; onOpen: (address: string) => void }) {
  const answer = useArticle(address);
  const ref = useRef<HTMLDivElement>(null);
  const shown = answer.status === "known" ? answer.article.address : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page begins at its top
  useEffect(() => {
    ref.current?.scrollIntoView?.({ block: "start" });
  }, [shown]);
  if (answer.status === "loading") return <p className={styles.nothing}>Loading the page.</p>;
  if (answer.status === "missing") return <p className={styles.nothing}>There is no such page.</p>;
  if (answer.status === "failed") {
    return <p className={styles.nothing}>The page cannot be fetched now. Try again in a moment.</p>;
  }
  return (
    <div ref={ref} className={styles.top}>
      <HelpArticle article={answer.article} onOpen={onOpen} />
    </div>
  );
}
