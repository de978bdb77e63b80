import type { ReactNode } from "react";
import mark from "@/ui/mark.svg";
import styles from "./pages.module.css";

interface MessagePageProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** A page that only says something: what happened, why, and what to do. */
export function MessagePage({ title, children, action }: MessagePageProps) {
  return (
    <main className={styles.page}>
      <img src={mark} alt="" width={40} height={40} />
      <h1>{title}</h1>
      <p>{children}</p>
      {action}
    </main>
  );
}

export function SignedOutPage() {
  return (
    <MessagePage title="You are not signed in">
      Open the sign-in link that Windtunnel printed when it started, or ask the owner of the workspace for an
      invitation.
    </MessagePage>
  );
}

/** The frame of the editor while nothing is known yet. */
export function LoadingPage() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading">
      <div className={styles.bar} />
      <div className={styles.side} />
      <div className={styles.canvas}>
        <span />
        <span />
        <span />
      </div>
    </div>
  );
}
