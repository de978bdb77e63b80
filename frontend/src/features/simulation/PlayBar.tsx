import { Pause, Play, StepForward, Zap } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { HIGHEST_LOAD, PACES } from "@/api/control";
import { isActive, type Run } from "@/api/runs";
import { FAULTS, faultAmount } from "@/api/scenario";
import { useCanEdit, useDesign } from "@/state/designStore";
import { commandRun } from "@/state/runSession";
import { useRuns } from "@/state/runStore";
import { Button, classes, IconButton, Popover, Select } from "@/ui";
import { BreakSomething } from "./BreakSomething";
import { useDrawer } from "./drawerStore";
import styles from "./PlayBar.module.css";

/** How the run is played: its speed, a pause, the load, and what is broken; before a run, the speed of the next. */
export function PlayBar() {
  const run = useRuns((state) => state.shown);
  const editable = useCanEdit();
  if (!editable) return null;
  const live = run !== null && isActive(run) ? run : null;
  return (
    <div className={styles.bar} data-testid="play-bar">
      {live && <Transport run={live} />}
      <Speed run={live} />
      {live ? (
        <>
          <Load run={live} />
          <BreakButton />
          <Broken run={live} />
        </>
      ) : (
        <span className={styles.note}>Choose a speed to change load and break things while it runs.</span>
      )}
    </div>
  );
}

function Transport({ run }: { run: Run }) {
  const { paused } = run.control;
  return (
    <span className={styles.transport}>
      <IconButton
        label={paused ? "Go on" : "Pause"}
        size="small"
        onClick={() => commandRun({ kind: paused ? "play" : "pause" })}
      >
        {paused ? <Play size={14} fill="currentColor" /> : <Pause size={14} fill="currentColor" />}
      </IconButton>
      <IconButton label="One window further" size="small" onClick={() => commandRun({ kind: "step" })}>
        <StepForward size={14} />
      </IconButton>
    </span>
  );
}

const paceName = (pace: number | null): string => (pace === null ? "As fast as possible" : `${pace}× real time`);

function Speed({ run }: { run: Run | null }) {
  const id = useId();
  const next = useDrawer((state) => state.pace);
  const pace = run ? run.control.pace : next;
  const listed = PACES.includes(pace) ? PACES : [pace, ...PACES];
  return (
    <span className={styles.speed}>
      <label htmlFor={id}>Speed</label>
      <Select
        id={id}
        value={pace === null ? "fast" : String(pace)}
        onChange={(event) => {
          const chosen = event.target.value === "fast" ? null : Number(event.target.value);
          useDrawer.setState({ pace: chosen });
          if (run) commandRun({ kind: "pace", pace: chosen });
        }}
      >
        {listed.map((each) => (
          <option key={each ?? "fast"} value={each === null ? "fast" : String(each)}>
            {paceName(each)}
          </option>
        ))}
      </Select>
    </span>
  );
}

/** The slider is even in powers of two around 1: a quarter, a half, once, twice, four times. */
const SETTLED_AFTER_MS = 1_500;
const LOWEST_STEP = -3;
const HIGHEST_STEP = Math.log2(HIGHEST_LOAD);

function Load({ run }: { run: Run }) {
  const id = useId();
  const { load } = run.control;
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? load;
  const told = useRef(load);
  const tell = (factor: number) => {
    if (factor === told.current) return;
    told.current = factor;
    setDragged(factor);
    commandRun({ kind: "load", factor });
  };
  // The server's word counts again once it has had time to answer the last step.
  useEffect(() => {
    if (dragged === null || dragged !== told.current) return;
    const timer = setTimeout(() => {
      told.current = load;
      setDragged(null);
    }, SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [dragged, load]);
  return (
    <span className={styles.load}>
      <label htmlFor={id}>Load</label>
      <input
        id={id}
        type="range"
        min={LOWEST_STEP}
        max={HIGHEST_STEP}
        step={0.125}
        value={shown > 0 ? Math.max(LOWEST_STEP, Math.log2(shown)) : LOWEST_STEP}
        aria-valuetext={`${shown} times`}
        onChange={(event) => setDragged(factorAt(Number(event.target.value)))}
        onPointerUp={() => tell(shown)}
        onKeyUp={() => tell(shown)}
        onBlur={() => tell(shown)}
      />
      <button type="button" className={styles.factor} title="Back to the scenario's load" onClick={() => tell(1)}>
        ×{shown}
      </button>
    </span>
  );
}

function factorAt(step: number): number {
  if (step <= LOWEST_STEP) return 0;
  const factor = 2 ** step;
  const round = Math.abs(step) < 0.06 ? 1 : factor;
  return Number(round.toPrecision(2));
}

function BreakButton() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button ref={button} size="small" icon={<Zap size={13} />} aria-expanded={open} onClick={() => setOpen(!open)}>
        Break something
      </Button>
      <Popover
        open={open}
        onClose={() => setOpen(false)}
        anchor={button}
        placement="bottom-start"
        label="Break something"
      >
        <BreakSomething onDone={() => setOpen(false)} />
      </Popover>
    </>
  );
}

/** What is broken by hand at the moment; a press mends it. */
function Broken({ run }: { run: Run }) {
  const nodes = useDesign((state) => state.nodes);
  return (
    <ul className={styles.broken} aria-label="Broken now">
      {run.control.faults
        .filter(({ fault }) => !FAULTS[fault.kind].atOnce)
        .map(({ id, fault }) => (
          <li key={id}>
            <button
              type="button"
              className={classes(styles.chip)}
              title="Mend it"
              onClick={() => commandRun({ kind: "lift", id })}
            >
              <bdi>{nodes.get(fault.node)?.label ?? fault.node}</bdi>: {FAULTS[fault.kind].label.toLowerCase()}{" "}
              {faultAmount(fault)} ✕
            </button>
          </li>
        ))}
    </ul>
  );
}
