import { create } from "zustand";
import { ApiError, api } from "@/api/client";

export interface User {
  readonly id: string;
  readonly name: string;
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

export interface SessionState {
  readonly status: "loading" | "signed_in" | "signed_out" | "failed";
  readonly user: User | null;
  readonly workspaces: readonly Workspace[];
}

/** Who is signed in; loading it also sets the CSRF cookie that writes need. */
export const useSession = create<SessionState>()(() => ({ status: "loading", user: null, workspaces: [] }));

/** Whether there is a workspace in which this person may make designs. */
export function useCanCreate(): boolean {
  return useSession((state) => state.workspaces.some((workspace) => workspace.role !== "viewer"));
}

export async function loadSession(): Promise<void> {
  try {
    const { user, workspaces } = await api.get<{
      user: { id: string | number; name: string };
      workspaces: Workspace[];
    }>("/api/session/");
    useSession.setState({ status: "signed_in", user: { ...user, id: String(user.id) }, workspaces });
  } catch (error) {
    const signedOut = error instanceof ApiError && (error.status === 401 || error.status === 403);
    useSession.setState({ status: signedOut ? "signed_out" : "failed" });
  }
}
