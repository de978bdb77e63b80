import { useEffect, useMemo, useRef, useState } from "react";
import { type StarterDefinition, workflowsApi } from "@/api/workflows";
import { formatCount } from "@/format";
import { Button, Dialog, Select } from "@/ui";
import { CodeEditor, type EditorHandle } from "./CodeEditor";
import styles from "./DefinitionDialog.module.css";
import { ProblemList } from "./ProblemList";
import { StateGraph } from "./StateGraph";
import { useDefinitionCheck } from "./useDefinitionCheck";

/** The longest text that a design keeps as one setting, in characters. */
const LONGEST = 100_000;

interface DefinitionDialogProps {
  title: string;
  definition: string;
  express: boolean;
  readOnly: boolean;
  onKeep: (definition: string | null) => void;
  onClose: () => void;
}

/** The definition as text, what is wrong in it, and its states as a picture, all three in step. */
export default function DefinitionDialog({
  title,
  definition,
  express,
  readOnly,
  onKeep,
  onClose,
}: DefinitionDialogProps) {
  const [text, setText] = useState(definition);
  const [leaving, setLeaving] = useState(false);
  const editor = useRef<EditorHandle | null>(null);
  const { result, pending, failure } = useDefinitionCheck(text, express);
  const isChanged = text !== definition;
  const wrong = useMemo(() => statesWithErrors(result.boxes, result.problems), [result]);
  const keep = () => {
    onKeep(text.trim() === "" ? null : text);
    onClose();
  };
  const leave = () => (isChanged && !readOnly && !leaving ? setLeaving(true) : onClose());
  return (
    <Dialog
      open
      large
      title={title}
      onClose={leave}
      footer={
        leaving ? (
          <>
            <span className={styles.question} role="alert">
              Your changes are not kept yet.
            </span>
            <Button onClick={() => setLeaving(false)}>Go on editing</Button>
            <Button onClick={onClose}>Discard them</Button>
            <Button variant="primary" onClick={keep}>
              Keep them
            </Button>
          </>
        ) : (
          <>
            <Button onClick={leave}>{readOnly ? "Close" : "Cancel"}</Button>
            {text.length > LONGEST && (
              <span className={styles.question} role="alert">
                A design keeps up to {formatCount(LONGEST)} characters.
              </span>
            )}
            {!readOnly && (
              <Button variant="primary" disabled={!isChanged || text.length > LONGEST} onClick={keep}>
                Keep
              </Button>
            )}
          </>
        )
      }
    >
      <div className={styles.layout}>
        <div className={styles.text}>
          {!readOnly && (
            <div className={styles.tools}>
              <Starters onChoose={setText} isEmpty={text.trim() === ""} />
              <Button size="small" onClick={() => setText(tidied(text))} disabled={tidied(text) === text}>
                Tidy the text
              </Button>
            </div>
          )}
          <CodeEditor
            text={text}
            label="Definition in Amazon States Language"
            readOnly={readOnly}
            problems={result.problems}
            onChange={setText}
            onReady={(handle) => {
              editor.current = handle;
            }}
          />
        </div>
        <div className={styles.side}>
          <StateGraph
            boxes={result.boxes}
            lines={result.lines}
            wrong={wrong}
            onChoose={(line) => editor.current?.show(line)}
          />
          <ProblemList
            problems={result.problems}
            pending={pending}
            failure={failure}
            isEmpty={text.trim() === ""}
            onChoose={({ line, column }) => editor.current?.show(line, column)}
          />
        </div>
      </div>
    </Dialog>
  );
}

function Starters({ onChoose, isEmpty }: { onChoose: (definition: string) => void; isEmpty: boolean }) {
  const [starters, setStarters] = useState<readonly StarterDefinition[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    workflowsApi.starters(abort.signal).then(setStarters, () => setStarters([]));
    return () => abort.abort();
  }, []);
  return (
    <Select
      aria-label={isEmpty ? "Begin with" : "Replace by"}
      value=""
      onChange={({ target }) => {
        const starter = starters.find(({ id }) => id === target.value);
        if (starter) onChoose(starter.definition);
      }}
    >
      <option value="">{isEmpty ? "Begin with …" : "Replace by …"}</option>
      {starters.map(({ id, name, explanation }) => (
        <option key={id} value={id}>{`${name}: ${explanation}`}</option>
      ))}
    </Select>
  );
}

/** The same JSON in two-space indentation; the text itself when it cannot be read. */
function tidied(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function statesWithErrors(
  boxes: readonly { id: string }[],
  problems: readonly { level: string; place: string }[],
): ReadonlySet<string> {
  const places = problems.filter(({ level }) => level === "error").map(({ place }) => place);
  const ids = boxes.map(({ id }) => id).sort((a, b) => b.length - a.length);
  return new Set(places.flatMap((place) => ids.find((id) => place === id || place.startsWith(`${id}.`)) ?? []));
}
