import { useEffect, useState } from "react";
import styles from "./Inspector.module.css";

interface NameInputProps {
  label: string;
  value: string;
  disabled: boolean;
  onChange: (value: string) => void;
}

/** A name that is edited where it stands. */
export function NameInput({ label, value, disabled, onChange }: NameInputProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const keep = () => {
    const next = text.trim();
    if (next && next !== value) onChange(next);
    else setText(value);
  };
  return (
    <input
      className={styles.name}
      aria-label={label}
      value={text}
      disabled={disabled}
      maxLength={200}
      dir="auto"
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Escape") setText(value);
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
