import { LogOut } from "lucide-react";
import { useRef } from "react";
import { csrfToken } from "@/api/client";
import { colorOf } from "@/state/presence";
import { useSession } from "@/state/sessionStore";
import { MenuButton } from "@/ui";
import styles from "./AccountMenu.module.css";

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const user = useSession((state) => state.user);
  const form = useRef<HTMLFormElement>(null);
  const token = useRef<HTMLInputElement>(null);
  if (!user) return null;
  const signOut = () => {
    // Read now, not when this was drawn: signing in elsewhere renews it.
    if (token.current) token.current.value = csrfToken();
    form.current?.submit();
  };
  return (
    <>
      <MenuButton
        label={`Account of ${user.name}`}
        entries={[
          { id: "name", heading: user.name },
          { id: "sign-out", label: "Sign out", icon: <LogOut size={14} />, onSelect: signOut },
        ]}
      >
        {(button) => (
          <button
            type="button"
            className={styles.button}
            aria-label={`Account of ${user.name}`}
            title={user.name}
            data-testid="account"
            {...button}
          >
            <span style={{ background: colorOf(user.id) }} aria-hidden>
              {[...user.name][0]?.toUpperCase()}
            </span>
          </button>
        )}
      </MenuButton>
      <form ref={form} method="post" action="/sign-out/" hidden>
        <input ref={token} type="hidden" name="csrfmiddlewaretoken" />
      </form>
    </>
  );
}
