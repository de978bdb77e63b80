import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import { type DragEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Service } from "@/state/catalog";
import { useCatalog } from "@/state/catalogStore";
import { registerCommands } from "@/state/commands";
import { useCanEdit } from "@/state/designStore";
import { SERVICE_DRAG } from "@/state/serviceDrag";
import { setUi, useUi } from "@/state/uiStore";
import { canvasView } from "@/state/viewport";
import { classes, IconButton, ServiceIcon, TextInput, Tooltip } from "@/ui";
import styles from "./Palette.module.css";
import { groupByCategory, groupFound, searchServices } from "./search";

const NARROW = "(max-width: 1199px)";

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => window.matchMedia(NARROW).matches);
  useEffect(() => {
    const query = window.matchMedia(NARROW);
    const follow = () => setNarrow(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  return narrow;
}

/** All services, by category and by search: dragged onto the canvas, or added by click or Enter. */
export function Palette() {
  const services = useCatalog((state) => state.services);
  const categories = useCatalog((state) => state.categories);
  const wanted = useUi((state) => state.paletteOpen);
  const narrow = useNarrow();
  const editable = useCanEdit();
  const [search, setSearch] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [peek, setPeek] = useState(false);
  const open = narrow ? peek : wanted;

  useEffect(
    () =>
      registerCommands([
        {
          id: "create.search",
          label: "Search services",
          group: "Create",
          keys: ["/"],
          perform: () => {
            setUi({ paletteOpen: true });
            setPeek(true);
            requestAnimationFrame(() => input.current?.select());
          },
        },
      ]),
    [],
  );

  const groups = useMemo(() => {
    const all = [...services.values()];
    return search.trim() ? groupFound(searchServices(all, search), categories) : groupByCategory(all, categories);
  }, [services, categories, search]);
  const first = groups[0]?.services[0];

  const onSearchKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      setSearch("");
      setPeek(false);
      input.current?.blur();
    }
    if (event.key === "ArrowDown") list.current?.querySelector("button")?.focus();
    if (event.key === "Enter" && search && first) {
      canvasView()?.addService(first.id);
      setSearch("");
    }
  };
  const onListKey = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (at + step < 0) input.current?.focus();
    else buttons[at + step]?.focus();
  };

  return (
    <nav className={classes(styles.palette, !open && styles.closed)} aria-label="Services">
      <div className={styles.head}>
        {open && (
          <TextInput
            ref={input}
            aria-label="Search services"
            placeholder="Search services"
            prefixIcon={<Search size={14} />}
            suffix={<kbd>/</kbd>}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={onSearchKey}
          />
        )}
        {(narrow || !open) && (
          <IconButton
            label={open ? "Show icons only" : "Show names"}
            onClick={() => (narrow ? setPeek(!peek) : setUi({ paletteOpen: true }))}
          >
            {open ? <PanelLeftClose size={16} /> : <PanelLeftOpen size={16} />}
          </IconButton>
        )}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the buttons inside */}
      <div ref={list} className={styles.list} onKeyDown={onListKey}>
        {groups.map((group) => (
          <section key={group.category}>
            {open && <h2>{group.category}</h2>}
            <ul>
              {group.services.map((service) => (
                <li key={service.id}>
                  <Entry service={service} compact={!open} disabled={!editable} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && (
          <p className={styles.none}>
            No service is called “{search}”. Take “Other resource” for what is not in the list.
          </p>
        )}
      </div>
      {open && !narrow && (
        <div className={styles.foot}>
          <IconButton label="Show icons only" onClick={() => setUi({ paletteOpen: false })}>
            <PanelLeftClose size={16} />
          </IconButton>
        </div>
      )}
    </nav>
  );
}

function Entry({ service, compact, disabled }: { service: Service; compact: boolean; disabled: boolean }) {
  return (
    <Tooltip text={compact ? service.name : service.summary} placement="right">
      <button
        type="button"
        className={styles.entry}
        disabled={disabled}
        draggable={!disabled}
        data-testid={`palette-${service.id}`}
        aria-label={`Add ${service.name}`}
        onClick={() => canvasView()?.addService(service.id)}
        onDragStart={(event: DragEvent) => {
          event.dataTransfer.setData(SERVICE_DRAG, service.id);
          event.dataTransfer.effectAllowed = "copy";
        }}
      >
        <ServiceIcon icon={service.icon} entryPoint={service.entry_point && !service.icon} size={24} />
        {!compact && <span>{service.name}</span>}
      </button>
    </Tooltip>
  );
}
