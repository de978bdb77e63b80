import { X } from "lucide-react";
import { closeToast, useToasts } from "@/state/toasts";
import { Button, classes, IconButton } from "@/ui";
import styles from "./Toaster.module.css";

/** Messages at the lower edge; read out by screen readers. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <section className={styles.toaster} aria-label="Messages" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={classes(styles.toast, styles[toast.tone ?? "neutral"])}>
          <div className={styles.text}>
            <strong>{toast.title}</strong>
            {toast.text && <p>{toast.text}</p>}
          </div>
          {toast.action && (
            <Button
              variant="link"
              onClick={() => {
                toast.action?.perform();
                closeToast(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton label="Close" size="small" onClick={() => closeToast(toast.id)}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
