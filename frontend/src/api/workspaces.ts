import { api } from "./client";
import type { Role } from "./designs";

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

export const workspacesApi = {
  members: (workspaceId: string, signal?: AbortSignal) =>
    api.get<Member[]>(`/api/workspaces/${workspaceId}/members/`, signal),
  setRole: (workspaceId: string, memberId: string, role: Role) =>
    api.patch<Member>(`/api/workspaces/${workspaceId}/members/${memberId}/`, { role }),
  remove: (workspaceId: string, memberId: string) => api.delete(`/api/workspaces/${workspaceId}/members/${memberId}/`),
  /** A link that lets whoever opens it join with the role. */
  invite: (workspaceId: string, role: Role) =>
    api.post<{ url: string }>(`/api/workspaces/${workspaceId}/invitations/`, { role }),
};
