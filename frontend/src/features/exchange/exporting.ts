import { create } from "zustand";
import { designsApi, type ExportFormat } from "@/api/designs";
import { useDesign } from "@/state/designStore";
import { whenStored } from "@/state/stored";
import { showToast } from "@/state/toasts";
import { resolvedTheme, useUi } from "@/state/uiStore";

/** Colours of an exported picture: those on the screen, or always the same. */
export type PictureTheme = "screen" | "light" | "dark";

interface ExportState {
  readonly theme: PictureTheme;
  /** The format being fetched, or null. */
  readonly busy: ExportFormat | null;
  /** 0 to 1; null while the size is not known. */
  readonly progress: number | null;
}

export const useExport = create<ExportState>()(() => ({ theme: "screen", busy: null, progress: null }));

/** Fetches the open design in a format and hands it to the browser as a download. */
export async function exportDesign(format: ExportFormat): Promise<void> {
  const { designId, name } = useDesign.getState();
  if (!designId || useExport.getState().busy) return;
  useExport.setState({ busy: format, progress: null });
  try {
    await whenStored();
    const file = await designsApi.export(designId, format, pictureTheme(), (received, total) =>
      useExport.setState({ progress: total === null ? null : received / total }),
    );
    saveAs(file.blob, file.name || `${name || "design"}.${format}`);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const action = { label: "Try again", perform: () => void exportDesign(format) };
    showToast({ title: `The design was not exported as ${format.toUpperCase()}`, text, tone: "error", action });
  } finally {
    useExport.setState({ busy: null, progress: null });
  }
}

function pictureTheme(): "light" | "dark" {
  const { theme } = useExport.getState();
  return theme === "screen" ? resolvedTheme(useUi.getState().theme) : theme;
}

function saveAs(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
