import { X } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { Role } from "@/api/designs";
import { type Member, workspacesApi } from "@/api/workspaces";
import { useDesign } from "@/state/designStore";
import { colorOf } from "@/state/presence";
import { navigate } from "@/state/router";
import { useSession } from "@/state/sessionStore";
import { Button, IconButton, Select } from "@/ui";
import { ROLES } from "./roles";
import styles from "./Share.module.css";

/** The members of a workspace; owners change what they may do. */
export function Members({ workspaceId }: { workspaceId: string }) {
  const [members, setMembers] = useState<readonly Member[] | null>(null);
  const [problem, setProblem] = useState("");
  const isOwner = useDesign((state) => state.role === "owner");
  const read = useCallback(
    (signal?: AbortSignal) =>
      workspacesApi.members(workspaceId, signal).then(setMembers, (error: Error) => {
        if (!signal?.aborted) setProblem(error.message);
      }),
    [workspaceId],
  );
  useEffect(() => {
    const reading = new AbortController();
    void read(reading.signal);
    return () => reading.abort();
  }, [read]);

  const change = async (action: () => Promise<unknown>) => {
    setProblem("");
    try {
      await action();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    await read();
  };
  return (
    <section aria-label="Members" className={styles.section}>
      <h3>Members</h3>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {members === null && !problem && <p className={styles.intro}>Reading…</p>}
      <ul className={styles.members}>
        {members?.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            manageable={isOwner}
            onRole={(role) => void change(() => workspacesApi.setRole(workspaceId, member.id, role))}
            onRemove={() => workspacesApi.remove(workspaceId, member.id)}
            change={change}
          />
        ))}
      </ul>
    </section>
  );
}

interface MemberRowProps {
  member: Member;
  manageable: boolean;
  onRole: (role: Role) => void;
  onRemove: () => Promise<unknown>;
  change: (action: () => Promise<unknown>) => Promise<void>;
}

function MemberRow({ member, manageable, onRole, onRemove, change }: MemberRowProps) {
  const isSelf = useSession((state) => String(state.user?.id) === String(member.user));
  const [sure, setSure] = useState(false);
  const remove = () =>
    change(async () => {
      await onRemove();
      if (isSelf) navigate("/");
    });
  return (
    <li>
      <span className={styles.avatar} style={{ background: colorOf(String(member.user)) }} aria-hidden>
        {[...member.name][0]?.toUpperCase()}
      </span>
      <bdi className={styles.name}>
        {member.name}
        {isSelf && " (you)"}
      </bdi>
      {sure ? (
        <span className={styles.sure}>
          <Button size="small" variant="danger" onClick={() => void remove()}>
            {isSelf ? "Leave" : "Remove"}
          </Button>
          <Button size="small" onClick={() => setSure(false)}>
            Keep
          </Button>
        </span>
      ) : (
        <>
          {manageable ? (
            <Select
              className={styles.role}
              aria-label={`Role of ${member.name}`}
              value={member.role}
              onChange={(event) => onRole(event.target.value as Role)}
            >
              {ROLES.map((role) => (
                <option key={role.id} value={role.id}>
                  {role.label}
                </option>
              ))}
            </Select>
          ) : (
            <span className={styles.intro}>{ROLES.find((role) => role.id === member.role)?.label}</span>
          )}
          {(manageable || isSelf) && (
            <IconButton
              label={isSelf ? "Leave the workspace" : `Remove ${member.name}`}
              size="small"
              onClick={() => setSure(true)}
            >
              <X size={14} />
            </IconButton>
          )}
        </>
      )}
    </li>
  );
}
