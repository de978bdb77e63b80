import { Check, Copy, X } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Role } from "@/api/designs";
import { type Invitation, workspacesApi } from "@/api/workspaces";
import { formatAgo, formatMoment } from "@/format";
import { Button, IconButton, Select, TextInput } from "@/ui";
import { ROLES } from "./roles";
import styles from "./Share.module.css";

/** Links by which one person each can join, and taking them back. */
export function Invitations({ workspaceId }: { workspaceId: string }) {
  const [role, setRole] = useState<Role>("editor");
  const [link, setLink] = useState("");
  const [open, setOpen] = useState<readonly Invitation[]>([]);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const read = useCallback(
    // The list is an extra: without it a link can still be made.
    (signal?: AbortSignal) => workspacesApi.invitations(workspaceId, signal).then(setOpen, () => {}),
    [workspaceId],
  );
  useEffect(() => {
    const reading = new AbortController();
    void read(reading.signal);
    return () => reading.abort();
  }, [read]);

  const attempt = async (action: () => Promise<void>) => {
    setBusy(true);
    setProblem("");
    try {
      await action();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
    await read();
  };
  const create = () => attempt(async () => setLink((await workspacesApi.invite(workspaceId, role)).url));
  const withdraw = (id: string) =>
    attempt(async () => {
      await workspacesApi.withdraw(workspaceId, id);
      setLink("");
    });
  return (
    <section aria-label="Invite" className={styles.section}>
      <h3>Invite by link</h3>
      <div className={styles.row}>
        <Select aria-label="Role of the invited" value={role} onChange={(event) => setRole(event.target.value as Role)}>
          {ROLES.map(({ id, label, may }) => (
            <option key={id} value={id}>
              {label}: {may}
            </option>
          ))}
        </Select>
        <Button variant="primary" disabled={busy} onClick={() => void create()}>
          Create link
        </Button>
      </div>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {link && <LinkField link={link} />}
      {open.length > 0 && (
        <ul className={styles.invitations}>
          {open.map((invitation) => (
            <li key={invitation.id}>
              <span>{ROLES.find((each) => each.id === invitation.role)?.label} link</span>
              <span title={formatMoment(invitation.expires_at)}>ends {formatAgo(invitation.expires_at)}</span>
              <IconButton label="Take this link back" size="small" onClick={() => void withdraw(invitation.id)}>
                <X size={14} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function LinkField({ link }: { link: string }) {
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // Without leave to the clipboard the link is selected, ready to be copied by key.
      setCopied(false);
    }
  };
  return (
    <>
      <div className={styles.row}>
        <TextInput
          ref={input}
          aria-label="Invitation link"
          readOnly
          value={link}
          onFocus={(event) => event.target.select()}
          data-testid="invitation-link"
        />
        <Button icon={copied ? <Check size={14} /> : <Copy size={14} />} onClick={() => void copy()}>
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
      <p className={styles.intro}>One person can join with this link. It is shown this once.</p>
    </>
  );
}
