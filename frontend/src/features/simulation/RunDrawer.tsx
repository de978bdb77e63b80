import { BookOpen, ChevronDown, ChevronUp } from "lucide-react";
import { useEffect } from "react";
import { openHelp } from "@/state/help";
import { useRuns } from "@/state/runStore";
import { setUi, useUi } from "@/state/uiStore";
import { classes, IconButton, Tabs, tabPanelProps } from "@/ui";
import { CostTab } from "./CostTab";
import { type DrawerTab, openDrawer, useDrawer } from "./drawerStore";
import { ExperimentsTab } from "./experiments";
import { RequestsTab } from "./RequestsTab";
import { ResizeHandle } from "./ResizeHandle";
import styles from "./RunDrawer.module.css";
import { RunStatusBar } from "./RunStatusBar";
import { RunsTab } from "./RunsTab";
import { RunTab } from "./RunTab";
import { ScenarioTab } from "./ScenarioTab";

const NAME = "run-drawer";

/** The drawer below the canvas: the run being shown, its cost, the scenario, and earlier runs. */
export function RunDrawer() {
  const open = useUi((state) => state.drawerOpen);
  const height = useUi((state) => state.drawerHeight);
  const tab = useDrawer((state) => state.tab);
  const number = useRuns((state) => state.shown?.number);
  const starting = useRuns((state) => state.starting);
  useEffect(() => {
    if (starting) useDrawer.setState({ tab: "run" });
  }, [starting]);
  const tabs = [
    { id: "run", label: number === undefined ? "Run" : `Run ${number}` },
    { id: "requests", label: "Requests" },
    { id: "cost", label: "Cost" },
    { id: "scenario", label: "Scenario" },
    { id: "experiments", label: "Experiments" },
    { id: "runs", label: "Runs" },
  ];
  return (
    <section className={styles.drawer} aria-label="Run" style={open ? { height } : undefined} data-testid="run-drawer">
      {open && <ResizeHandle />}
      <header className={styles.head}>
        <Tabs
          name={NAME}
          label="Run drawer"
          tabs={tabs}
          selected={open ? tab : ""}
          onSelect={(id) => openDrawer(id as DrawerTab)}
        />
        <RunStatusBar />
        {open && (
          <IconButton
            label={tab === "experiments" ? "How experiments answer" : "How it is modelled, and what is not"}
            size="small"
            onClick={() => openHelp(tab === "experiments" ? "guides/experiments" : "guides/model")}
          >
            <BookOpen size={16} />
          </IconButton>
        )}
        <IconButton
          label={open ? "Hide the drawer" : "Show the drawer"}
          keys="Ctrl J"
          size="small"
          aria-expanded={open}
          onClick={() => setUi({ drawerOpen: !open })}
        >
          {open ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
        </IconButton>
      </header>
      {open && (
        <div className={classes(styles.body, tab === "run" && styles.run)} {...tabPanelProps(NAME, tab)}>
          {tab === "run" && <RunTab />}
          {tab === "requests" && <RequestsTab />}
          {tab === "cost" && <CostTab />}
          {tab === "scenario" && <ScenarioTab />}
          {tab === "experiments" && <ExperimentsTab />}
          {tab === "runs" && <RunsTab />}
        </div>
      )}
    </section>
  );
}
