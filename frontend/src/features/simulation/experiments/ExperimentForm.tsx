import { useId, useState } from "react";
import type { Experiment, Metric, Objective, Question } from "@/api/experiments";
import { useCatalog } from "@/state/catalogStore";
import { useCanEdit, useDesign } from "@/state/designStore";
import { startExperiment, useExperiments } from "@/state/experimentStore";
import { Button, Field, Select, TextInput } from "@/ui";
import { useChosenScenario } from "../useScenario";
import { DesignPicker } from "./DesignPicker";
import styles from "./Experiments.module.css";
import { KINDS, readValues } from "./experimentWords";
import { SettingPicker, useSettings } from "./SettingPicker";

type Kind = Experiment["question"]["kind"];

interface Draft {
  readonly kind: Kind;
  readonly replications: string;
  /** `subject:id:parameter`; empty until one is chosen. */
  readonly setting: string;
  readonly values: string;
  readonly entry: string;
  readonly latency: "caller" | "journey";
  readonly metric: Metric;
  readonly atMostMs: string;
  readonly errorsPercent: string;
  readonly other: string;
}

const START: Draft = {
  kind: "breaking_point",
  replications: "3",
  setting: "",
  values: "",
  entry: "",
  latency: "caller",
  metric: "p99",
  atMostMs: "800",
  errorsPercent: "0.1",
  other: "",
};

/** What is to be found out: one of five questions, with what it needs. */
export function ExperimentForm() {
  const id = useId();
  const [draft, setDraft] = useState(START);
  const editable = useCanEdit();
  const { starting, refusal } = useExperiments();
  const { scenario } = useChosenScenario();
  const read = useQuestion(draft);
  const change = (part: Partial<Draft>) => setDraft((was) => ({ ...was, ...part }));
  const explanation = KINDS.find((kind) => kind.id === draft.kind)?.explanation;
  return (
    <form
      className={styles.form}
      data-testid="experiment-form"
      onSubmit={(event) => {
        event.preventDefault();
        if ("question" in read) void startExperiment(read.question, scenario, draft.other || undefined);
      }}
    >
      <section className={styles.part} aria-label="Question">
        <Field htmlFor={`${id}-kind`} label="Question" hint={explanation} stacked>
          <Select
            id={`${id}-kind`}
            value={draft.kind}
            onChange={(event) => change({ kind: event.target.value as Kind })}
          >
            {KINDS.map((kind) => (
              <option key={kind.id} value={kind.id}>
                {kind.label}
              </option>
            ))}
          </Select>
        </Field>
        {draft.kind !== "period" && (
          <Field
            htmlFor={`${id}-replications`}
            label="Runs of each"
            hint="With different seeds; more runs make the intervals narrower."
          >
            <TextInput
              id={`${id}-replications`}
              numeric
              inputMode="numeric"
              value={draft.replications}
              onChange={(event) => change({ replications: event.target.value })}
            />
          </Field>
        )}
      </section>
      {(draft.kind === "sweep" || draft.kind === "right_size") && (
        <SettingPicker
          setting={draft.setting}
          values={draft.values}
          onChange={(setting, values) => change({ setting, values })}
        />
      )}
      {draft.kind === "compare" && <DesignPicker value={draft.other} onChange={(other) => change({ other })} />}
      {(draft.kind === "breaking_point" || draft.kind === "right_size") && (
        <ObjectiveFields id={id} draft={draft} onChange={change} />
      )}
      <section className={styles.start}>
        <Button type="submit" variant="primary" disabled={!editable || starting || "problem" in read}>
          {starting ? "Starting…" : "Start"}
        </Button>
        <p className={styles.note}>
          Under the scenario <bdi>{scenario.name ?? scenario.id}</bdi>.
        </p>
        {"problem" in read && read.problem && <p className={styles.note}>{read.problem}</p>}
        {refusal && (
          <p className={styles.problem} role="alert">
            {refusal}
          </p>
        )}
      </section>
    </form>
  );
}

interface ObjectiveProps {
  id: string;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

function ObjectiveFields({ id, draft, onChange }: ObjectiveProps) {
  const { traffic } = useChosenScenario();
  const nodes = useDesign((state) => state.nodes);
  return (
    <section className={styles.part} aria-label="Objective">
      <Field htmlFor={`${id}-entry`} label="Measured at" wide>
        <Select id={`${id}-entry`} value={draft.entry} onChange={(event) => onChange({ entry: event.target.value })}>
          <option value="">Each entry point</option>
          {traffic.map((each) => (
            <option key={each.entry} value={each.entry}>
              {nodes.get(each.entry)?.label ?? each.entry}
            </option>
          ))}
        </Select>
      </Field>
      <Field htmlFor={`${id}-latency`} label="Latency" wide>
        <Select
          id={`${id}-latency`}
          value={`${draft.latency}:${draft.metric}`}
          onChange={(event) => {
            const [latency, metric] = event.target.value.split(":") as ["caller" | "journey", Metric];
            onChange({ latency, metric });
          }}
        >
          <option value="caller:p50">Median of the caller</option>
          <option value="caller:p95">p95 of the caller</option>
          <option value="caller:p99">p99 of the caller</option>
          <option value="journey:p50">Median until all is done</option>
          <option value="journey:p99">p99 until all is done</option>
        </Select>
      </Field>
      <Field htmlFor={`${id}-ms`} label="At most" hint="Empty: any latency will do.">
        <TextInput
          id={`${id}-ms`}
          numeric
          suffix="ms"
          value={draft.atMostMs}
          onChange={(event) => onChange({ atMostMs: event.target.value })}
        />
      </Field>
      <Field htmlFor={`${id}-errors`} label="Errors at most">
        <TextInput
          id={`${id}-errors`}
          numeric
          suffix="%"
          value={draft.errorsPercent}
          onChange={(event) => onChange({ errorsPercent: event.target.value })}
        />
      </Field>
    </section>
  );
}

type Read = { readonly question: Question } | { readonly problem: string };

function useQuestion(draft: Draft): Read {
  const settings = useSettings();
  const isCatalogReady = useCatalog((state) => state.status === "ready");
  const replications = Number(draft.replications);
  if (!isCatalogReady) return { problem: "" };
  if (!Number.isInteger(replications) || replications < 1 || replications > 100) {
    return { problem: "Runs of each: a whole number from 1 to 100." };
  }
  const base = { kind: draft.kind, replications };
  if (draft.kind === "period") return { question: { ...base, replications: 1 } };
  if (draft.kind === "replications") return { question: base };
  if (draft.kind === "compare") return draft.other ? { question: base } : { problem: "Choose the other design." };
  const objective = readObjective(draft);
  if ("problem" in objective) return objective;
  if (draft.kind === "breaking_point") return { question: { ...base, ...objective } };
  const chosen = settings.find((setting) => setting.key === draft.setting);
  if (!chosen) return { problem: "Choose the setting to vary." };
  const values = readValues(chosen.parameter, draft.values);
  if ("problem" in values) return values;
  if (values.values.length * replications > 400)
    return { problem: "400 runs are the most: fewer values or runs of each." };
  const varied = { ...base, subject: chosen.subject, id: chosen.id, parameter: chosen.parameter.id, ...values };
  return { question: draft.kind === "right_size" ? { ...varied, ...objective } : varied };
}

function readObjective(draft: Draft): { readonly objective: Objective } | { readonly problem: string } {
  const limit = readNumber(draft.atMostMs);
  const errors = readNumber(draft.errorsPercent);
  if (limit === undefined || errors === undefined || (errors !== null && errors > 100)) {
    return { problem: "The limits have to be numbers, the errors from 0 to 100 %." };
  }
  if (limit === null && errors === null) return { problem: "Give a limit for the latency or for the errors." };
  const { entry, latency, metric } = draft;
  return {
    objective: {
      entry,
      latency,
      metric,
      at_most_ms: limit,
      errors_at_most: errors === null ? null : errors / 100,
    },
  };
}

/** The number, null when the field is empty, undefined when it holds no number from 0 on. */
function readNumber(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const value = Number(text.replace(",", "."));
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
