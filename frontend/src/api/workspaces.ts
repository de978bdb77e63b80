import { api } from "./client";
import type { Role } from "./designs";

export interface Member {
  /** Of the membership, not of the person. */
  readonly id: number;
  readonly user: number;
  readonly name: string;
  readonly role: Role;
}

export interface Invitation {
  readonly id: string;
  readonly role: Role;
  readonly expires_at: string;
}

export const workspacesApi = {
  members: (workspaceId: string, signal?: AbortSignal) =>
    api.get<Member[]>(`/api/workspaces/${workspaceId}/members/`, signal),
  setRole: (workspaceId: string, memberId: number, role: Role) =>
    api.patch<Member>(`/api/workspaces/${workspaceId}/members/${memberId}/`, { role }),
  remove: (workspaceId: string, memberId: number) => api.delete(`/api/workspaces/${workspaceId}/members/${memberId}/`),
  invitations: (workspaceId: string, signal?: AbortSignal) =>
    api.get<Invitation[]>(`/api/workspaces/${workspaceId}/invitations/`, signal),
  /** A link that lets whoever opens it join with the role; its address is told this once. */
  invite: (workspaceId: string, role: Role) =>
    api.post<Invitation & { url: string }>(`/api/workspaces/${workspaceId}/invitations/`, { role }),
  withdraw: (workspaceId: string, invitationId: string) =>
    api.delete(`/api/workspaces/${workspaceId}/invitations/${invitationId}/`),
};
