import { CloudOff, Eye } from "lucide-react";
import { useDesign } from "@/state/designStore";
import styles from "./Banners.module.css";

/** What holds for the whole design right now and should not be missed. */
export function Banners() {
  const ready = useDesign((state) => state.status === "ready");
  const offline = useDesign((state) => state.save === "offline");
  const viewer = useDesign((state) => state.role === "viewer" && state.workspace !== null);
  if (!ready) return null;
  if (offline) {
    return (
      <p className={styles.offline} role="status">
        <CloudOff size={14} aria-hidden /> The server cannot be reached. Go on working: changes are kept in this window
        and sent when the connection is back.
      </p>
    );
  }
  if (!viewer) return null;
  return (
    <p className={styles.viewer} role="status">
      <Eye size={14} aria-hidden /> You can look around and watch runs; changing the design takes the editor role.
    </p>
  );
}
