import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import { classes } from "./classes";
import styles from "./Field.module.css";

interface FieldProps {
  /** Id of the control. */
  htmlFor: string;
  label: ReactNode;
  /** Things beside the label: help, a tag. */
  aside?: ReactNode;
  error?: string | undefined;
  hint?: ReactNode;
  /** Label above the control instead of beside it. */
  stacked?: boolean;
  /** Beside the label, but as wide as it needs: for choices with long names. */
  wide?: boolean;
  children: ReactNode;
}

/** A labelled control with its error or hint below; for `aria-describedby` there are `<htmlFor>-label` and `-note`. */
export function Field({ htmlFor, label, aside, error, hint, stacked, wide, children }: FieldProps) {
  return (
    <div className={classes(styles.field, stacked && styles.stacked, wide && styles.wide)}>
      <div className={styles.head}>
        <label id={`${htmlFor}-label`} htmlFor={htmlFor}>
          {label}
        </label>
        {aside}
      </div>
      <div className={styles.control}>{children}</div>
      {(error || hint) && (
        <p id={`${htmlFor}-note`} className={error ? styles.error : styles.hint} role={error ? "alert" : undefined}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

export interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** Unit or range shown inside, at the right. */
  suffix?: ReactNode;
  prefixIcon?: ReactNode;
  invalid?: boolean;
  numeric?: boolean;
  ref?: Ref<HTMLInputElement>;
}

export function TextInput({ suffix, prefixIcon, invalid, numeric, className, ...rest }: TextInputProps) {
  return (
    <span className={classes(styles.box, invalid && styles.invalid, className)}>
      {prefixIcon && <span className={styles.prefix}>{prefixIcon}</span>}
      <input
        className={classes(styles.input, numeric && styles.numeric)}
        aria-invalid={invalid || undefined}
        autoComplete="off"
        spellCheck={false}
        {...rest}
      />
      {suffix && <span className={styles.suffix}>{suffix}</span>}
    </span>
  );
}

export function Select({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return <select className={classes(styles.select, className)} {...rest} />;
}

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  invalid?: boolean;
  mono?: boolean;
  ref?: Ref<HTMLTextAreaElement>;
}

export function TextArea({ invalid, mono, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      className={classes(styles.area, mono && styles.mono, invalid && styles.invalid, className)}
      aria-invalid={invalid || undefined}
      spellCheck={false}
      {...rest}
    />
  );
}

interface SwitchProps {
  id?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  label?: string;
  disabled?: boolean;
}

export function Switch({ id, checked, onChange, label, disabled }: SwitchProps) {
  return (
    <button
      id={id}
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      disabled={disabled}
      className={styles.switch}
      onClick={() => onChange(!checked)}
    >
      <span />
    </button>
  );
}
