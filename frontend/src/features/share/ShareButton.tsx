import { UserPlus } from "lucide-react";
import { useEffect, useState } from "react";
import { registerCommands } from "@/state/commands";
import { useDesign } from "@/state/designStore";
import { Button, Dialog } from "@/ui";
import { Invitations } from "./Invitations";
import { Members } from "./Members";
import styles from "./Share.module.css";

/** Who may see and edit: the members of the design's workspace, and links that let others in. */
export function ShareButton() {
  const [open, setOpen] = useState(false);
  const workspace = useDesign((state) => state.workspace);
  const isOwner = useDesign((state) => state.role === "owner");
  useEffect(
    () => registerCommands([{ id: "design.share", label: "Share", group: "Design", perform: () => setOpen(true) }]),
    [],
  );
  return (
    <>
      <Button
        icon={<UserPlus size={14} />}
        disabled={!workspace}
        onClick={() => setOpen(true)}
        aria-label="Share"
        data-testid="share"
      >
        <span className={styles.text}>Share</span>
      </Button>
      {workspace && (
        <Dialog open={open} onClose={() => setOpen(false)} title="Share">
          <p className={styles.intro}>
            Everybody in <bdi className={styles.strong}>{workspace.name}</bdi> has all of its designs.
          </p>
          {isOwner && <Invitations workspaceId={workspace.id} />}
          <Members workspaceId={workspace.id} />
          {!isOwner && <p className={styles.intro}>Only an owner of the workspace can invite others.</p>}
        </Dialog>
      )}
    </>
  );
}
