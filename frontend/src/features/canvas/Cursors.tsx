import { useStore, ViewportPortal } from "@xyflow/react";
import { usePeers } from "@/state/presence";
import styles from "./Cursors.module.css";

/** The pointers of the other people on the design, the same size at every zoom. */
export function Cursors() {
  const peers = usePeers((state) => state.peers);
  const zoom = useStore((state) => state.transform[2]);
  return (
    <ViewportPortal>
      {peers.map(
        (peer) =>
          peer.cursor && (
            <div
              key={peer.clientId}
              className={styles.cursor}
              style={{ transform: `translate(${peer.cursor.x}px, ${peer.cursor.y}px) scale(${1 / zoom})` }}
              aria-hidden
              data-testid="peer-cursor"
            >
              <svg width={18} height={18} viewBox="0 0 18 18" aria-hidden>
                <path d="M2 1.5L15 8L9.2 9.6L6.5 15.5Z" fill={peer.color} stroke="#fff" strokeLinejoin="round" />
              </svg>
              <span style={{ background: peer.color }}>{peer.name}</span>
            </div>
          ),
      )}
    </ViewportPortal>
  );
}
