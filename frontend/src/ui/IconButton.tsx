import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { classes } from "./classes";
import styles from "./IconButton.module.css";
import { Tooltip } from "./Tooltip";

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children"> {
  /** Accessible name; also shown as the tooltip. */
  label: string;
  /** Shortcut as shown, e.g. `Ctrl Z`. */
  keys?: string;
  pressed?: boolean;
  bordered?: boolean;
  size?: "small" | "normal";
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, keys, pressed, bordered, size, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classes(styles.button, bordered && styles.bordered, size === "small" && styles.small, className)}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  );
}
