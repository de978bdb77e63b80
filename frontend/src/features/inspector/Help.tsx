import { BookOpen, CircleHelp, ExternalLink } from "lucide-react";
import { useRef, useState } from "react";
import type { Parameter, Source } from "@/state/catalog";
import { showValue } from "@/state/headline";
import { openHelp } from "@/state/help";
import { IconButton, Popover } from "@/ui";
import styles from "./Help.module.css";
import { limitsText } from "./validate";

/** What a parameter does, its default, limits and what lies beyond them, and where that is written. */
export function Help({ parameter, labelId }: { parameter: Parameter; labelId: string }) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const limits = limitsText(parameter);
  return (
    <>
      <IconButton ref={anchor} size="small" label="Help" aria-describedby={labelId} onClick={() => setOpen(!open)}>
        <CircleHelp size={13} />
      </IconButton>
      <Popover open={open} onClose={() => setOpen(false)} anchor={anchor} label={parameter.label} placement="left">
        <div className={styles.help}>
          <strong>{parameter.label}</strong>
          <p>{parameter.help}</p>
          <dl>
            <dt>Default</dt>
            <dd>{showValue(parameter, parameter.default) || "not set"}</dd>
            {limits && (
              <>
                <dt>Limits</dt>
                <dd>
                  {limits}
                  {parameter.adjustable && "; AWS raises it on request"}
                </dd>
              </>
            )}
            {parameter.beyond && (
              <>
                <dt>Beyond</dt>
                <dd>{parameter.beyond}</dd>
              </>
            )}
          </dl>
          <SourceLine source={parameter.source} />
        </div>
      </Popover>
    </>
  );
}

/** Opens the page about a service or a connection. */
export function HelpButton({ address, about }: { address: string; about: string }) {
  return (
    <IconButton size="small" label={`About ${about}`} keys="F1" onClick={() => openHelp(address)}>
      <BookOpen size={13} />
    </IconButton>
  );
}

export function SourceLine({ source }: { source: Source }) {
  return (
    <p className={styles.source}>
      {source.estimate && "Estimate · "}
      {source.url ? (
        <a href={source.url} target="_blank" rel="noreferrer">
          {source.title} <ExternalLink size={11} aria-label="opens in a new tab" />
        </a>
      ) : (
        source.title
      )}
      {source.as_of && `, ${source.as_of}`}
    </p>
  );
}
