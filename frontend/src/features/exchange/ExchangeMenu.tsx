import { Download, FileUp, LoaderCircle } from "lucide-react";
import { useEffect, useRef } from "react";
import type { ExportFormat } from "@/api/designs";
import { formatPercent } from "@/format";
import { registerCommands } from "@/state/commands";
import { canEdit, useCanEdit, useDesign } from "@/state/designStore";
import { canvasView } from "@/state/viewport";
import { Button, MenuButton, type MenuEntry } from "@/ui";
import styles from "./ExchangeMenu.module.css";
import { exportDesign, type PictureTheme, useExport } from "./exporting";

const FORMATS: readonly { id: ExportFormat; label: string; detail: string }[] = [
  { id: "svg", label: "SVG", detail: "Picture that scales, icons inside" },
  { id: "png", label: "PNG", detail: "Picture for slides and chats" },
  { id: "pdf", label: "PDF", detail: "Picture for print" },
  { id: "json", label: "JSON", detail: "The design itself, to open again" },
];

const THEMES: readonly { id: PictureTheme; label: string }[] = [
  { id: "screen", label: "As on the screen" },
  { id: "light", label: "Light" },
  { id: "dark", label: "Dark" },
];

/** Export and import of the open design. */
export function ExchangeMenu() {
  const editable = useCanEdit();
  const busy = useExport((state) => state.busy);
  const theme = useExport((state) => state.theme);
  const input = useRef<HTMLInputElement>(null);
  const openFile = () => input.current?.click();
  useExchangeCommands(openFile);
  const entries: MenuEntry[] = [
    { id: "export", heading: "Export as" },
    ...FORMATS.map((format) => ({ ...format, disabled: busy !== null, onSelect: () => void exportDesign(format.id) })),
    { id: "colours", heading: "Colours of pictures" },
    ...THEMES.map(({ id, label }) => ({
      id: `theme-${id}`,
      label,
      checked: id === theme,
      onSelect: () => useExport.setState({ theme: id }),
    })),
    { id: "line", separator: true },
    {
      id: "import",
      label: "Import a file…",
      detail: "SAM, CloudFormation or a saved design",
      icon: <FileUp size={15} />,
      disabled: !editable,
      onSelect: openFile,
    },
  ];
  return (
    <>
      <MenuButton label="Export and import" entries={entries}>
        {(button) => (
          <Button {...button} aria-busy={busy !== null} data-testid="export" aria-label="Export and import">
            {busy ? <LoaderCircle size={14} className={styles.turning} /> : <Download size={14} />}
            <span className={styles.text}>{busy ? <Progress /> : "Export"}</span>
          </Button>
        )}
      </MenuButton>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".yaml,.yml,.json,.template"
        aria-label="File to import"
        data-testid="import-file"
        onChange={(event) => {
          for (const file of event.target.files ?? []) canvasView()?.importFile(file);
          event.target.value = "";
        }}
      />
    </>
  );
}

function Progress() {
  const progress = useExport((state) => state.progress);
  return <span role="status">{progress === null ? "Drawing…" : formatPercent(progress)}</span>;
}

function useExchangeCommands(openFile: () => void): void {
  const latest = useRef(openFile);
  latest.current = openFile;
  useEffect(
    () =>
      registerCommands([
        ...FORMATS.map(({ id, label }) => ({
          id: `exchange.${id}`,
          label: `Export as ${label}`,
          group: "Design" as const,
          perform: () => void exportDesign(id),
        })),
        {
          id: "exchange.import",
          label: "Import a file",
          group: "Design",
          enabled: () => canEdit(useDesign.getState()),
          perform: () => latest.current(),
        },
      ]),
    [],
  );
}
