import { nearest } from '../base/nearest.ts'
import { isId } from './is-id.ts'
import { itemOf } from './lookup.ts'
import type { Permission } from './permission.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { WorkspaceState } from './state.ts'

/**
 * What keeps somebody from doing something in a workspace; `undefined` where nothing does. They have to be a member, and to
 * have the permission, where it takes one. `what` names it in the refusal.
 */
export function permit(
  { revision, members }: WorkspaceState,
  by: string,
  permission: Permission | undefined,
  what: string,
): Refusal | undefined {
  if (revision === 0) return refuse('workspace.unknown')
  const member = isId(by) ? itemOf(members, by) : undefined
  if (member === undefined) {
    const suggestion = nearest(String(by), Object.keys(members))
    return refuse('member.unknown', { member: String(by), suggestion })
  }
  return permission === undefined || member.permissions.includes(permission)
    ? undefined
    : refuse('permission.missing', { command: what, permission, member: by })
}
