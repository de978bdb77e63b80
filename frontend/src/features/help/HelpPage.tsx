import { navigate } from "@/state/router";
import styles from "./Help.module.css";
import { HelpReader } from "./HelpReader";

/** The help on a page of its own, for reading and for sharing. */
export default function HelpPage({ address }: { address: string }) {
  return (
    <main className={styles.page}>
      <nav>
        <a
          href="/"
          onClick={(event) => {
            event.preventDefault();
            navigate("/");
          }}
        >
          Windtunnel
        </a>
      </nav>
      <h1>Help</h1>
      <HelpReader
        key={address}
        address={address}
        onOpen={(next) => navigate(next ? `/help/${encodeURI(next)}` : "/help/")}
      />
    </main>
  );
}
