import { useEffect, useState } from "react";
import { ApiError } from "./client";

const PAUSE_MS = 300;

/** The server's answer to a question that changes while a person types; asked after a pause, late answers dropped. */
export function useAnswer<Q, A>(question: Q | null, ask: (question: Q) => Promise<A>) {
  const [answer, setAnswer] = useState<A | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const key = question === null ? null : JSON.stringify(question);
  useEffect(() => {
    if (key === null) {
      setAnswer(null);
      setProblem(null);
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(async () => {
      try {
        const found = await ask(JSON.parse(key) as Q);
        if (!isCurrent) return;
        setAnswer(found);
        setProblem(null);
      } catch (error) {
        if (!isCurrent) return;
        setAnswer(null);
        setProblem(error instanceof ApiError ? error.message : "The server did not answer.");
      }
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key, ask]);
  return { answer, problem };
}
