import type { Role } from "@/api/designs";

export const ROLES: readonly { id: Role; label: string; may: string }[] = [
  { id: "viewer", label: "Viewer", may: "watches designs and runs" },
  { id: "editor", label: "Editor", may: "edits and runs designs" },
  { id: "owner", label: "Owner", may: "also manages members" },
];
