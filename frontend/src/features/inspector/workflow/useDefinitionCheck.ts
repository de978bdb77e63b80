import { useEffect, useState } from "react";
import { ApiError } from "@/api/client";
import { type DefinitionCheck, workflowsApi } from "@/api/workflows";

const PAUSE_MS = 250;
const NOTHING: DefinitionCheck = { problems: [], boxes: [], lines: [] };

interface Checked {
  readonly result: DefinitionCheck;
  /** True from a change until its answer is there. */
  readonly pending: boolean;
  /** Why there is no answer. */
  readonly failure: string | null;
}

/** What the server says about a definition, a moment after the last change; the last picture stays meanwhile. */
export function useDefinitionCheck(definition: string, express: boolean): Checked {
  const [checked, setChecked] = useState<Checked>({ result: NOTHING, pending: true, failure: null });
  useEffect(() => {
    let current = true;
    setChecked((before) => ({ ...before, pending: true }));
    const timer = setTimeout(async () => {
      try {
        const answer = await workflowsApi.check(definition, express);
        if (!current) return;
        setChecked((before) => ({
          // A text that cannot be read for a moment keeps the picture that it had.
          result:
            answer.boxes.length > 0 || definition.trim() === ""
              ? answer
              : { ...before.result, ...withoutPicture(answer) },
          pending: false,
          failure: null,
        }));
      } catch (error) {
        if (!current) return;
        const failure = error instanceof ApiError ? error.message : "The definition could not be checked.";
        setChecked((before) => ({ ...before, pending: false, failure }));
      }
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [definition, express]);
  return checked;
}

function withoutPicture({ problems }: DefinitionCheck): Pick<DefinitionCheck, "problems"> {
  return { problems };
}
