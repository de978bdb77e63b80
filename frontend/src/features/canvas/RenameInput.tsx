import { useEffect, useRef } from "react";
import { editByOperations } from "@/state/editing";
import styles from "./NodeCard.module.css";

interface RenameInputProps {
  nodeId: string;
  label: string;
  onDone: () => void;
}

/** Types a node's label in place: Enter or leaving keeps it, Escape does not. */
export function RenameInput({ nodeId, label, onDone }: RenameInputProps) {
  const ref = useRef<HTMLInputElement>(null);
  const dropped = useRef(false);
  useEffect(() => ref.current?.select(), []);
  const keep = () => {
    const next = ref.current?.value.trim() ?? "";
    if (!dropped.current && next && next !== label) {
      editByOperations([{ op: "relabel_node", node_id: nodeId, label: next }]);
    }
    onDone();
  };
  return (
    <input
      ref={ref}
      className={`${styles.rename} nodrag nopan`}
      aria-label="Name"
      defaultValue={label}
      maxLength={200}
      dir="auto"
      onBlur={keep}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") dropped.current = true;
        if (event.key === "Enter" || event.key === "Escape") ref.current?.blur();
      }}
    />
  );
}
