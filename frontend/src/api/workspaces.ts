import { api } from "./client";
import type { Role } from "./designs";
import type { Invitation, Member, NewInvitation } from "./schema.gen";

export type { Invitation, Member } from "./schema.gen";

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
    api.post<NewInvitation>(`/api/workspaces/${workspaceId}/invitations/`, { role }),
  withdraw: (workspaceId: string, invitationId: string) =>
    api.delete(`/api/workspaces/${workspaceId}/invitations/${invitationId}/`),
};
