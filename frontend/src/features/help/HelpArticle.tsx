import { ExternalLink } from "lucide-react";
import type { MouseEvent } from "react";
import type { Article, Block, Line, Span } from "@/api/help";
import styles from "./Help.module.css";

interface HelpArticleProps {
  article: Article;
  /** Goes to another page; the address stays a link that can be opened in a tab of its own. */
  onOpen: (address: string) => void;
}

/** One help page: text, lists, facts and tables. */
export function HelpArticle({ article, onOpen }: HelpArticleProps) {
  return (
    <article className={styles.article} data-testid="help-article">
      <p className={styles.kind}>{article.kind}</p>
      <h2>{article.title}</h2>
      {article.parts.map((part) => (
        <section key={part.title}>
          {part.title && <h3>{part.title}</h3>}
          {part.blocks.map((block, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a page never change
            <BlockView key={index} block={block} onOpen={onOpen} />
          ))}
        </section>
      ))}
    </article>
  );
}

interface BlockProps {
  block: Block;
  onOpen: (address: string) => void;
}

function BlockView({ block, onOpen }: BlockProps) {
  switch (block.block) {
    case "paragraph":
      return (
        <p>
          <LineView line={block.line} onOpen={onOpen} />
        </p>
      );
    case "bullets":
      return (
        <ul>
          {block.lines.map((line) => (
            <li key={textOf(line)}>
              <LineView line={line} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      );
    case "facts":
      return (
        <dl>
          {block.items.map(({ name, line }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <LineView line={line} onOpen={onOpen} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case "table":
      return <TableView head={block.head} rows={block.rows} onOpen={onOpen} />;
    case "code":
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
  }
}

interface TableProps {
  head: readonly string[];
  rows: readonly (readonly Line[])[];
  onOpen: (address: string) => void;
}

function TableView({ head, rows, onOpen }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <div className={styles.scroller} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.map(textOf).join("|")}>
              {row.map((cell, index) => (
                <td key={head[index]}>
                  <LineView line={cell} onOpen={onOpen} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LineView({ line, onOpen }: { line: Line; onOpen: (address: string) => void }) {
  return line.map((span, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never change
    <SpanView key={index} span={span} onOpen={onOpen} />
  ));
}

function SpanView({ span, onOpen }: { span: Span; onOpen: (address: string) => void }) {
  if (span.link.startsWith("https://")) {
    return (
      <a href={span.link} target="_blank" rel="noreferrer">
        {span.text} <ExternalLink size={11} aria-label="opens in a new tab" />
      </a>
    );
  }
  if (span.link) {
    const open = (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      onOpen(span.link);
    };
    return (
      <a href={`/help/${encodeURI(span.link)}`} onClick={open}>
        {span.text}
      </a>
    );
  }
  return span.code ? <code>{span.text}</code> : span.text;
}

function textOf(line: Line): string {
  return line.map(({ text }) => text).join("");
}
