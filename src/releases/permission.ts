/** What members of a workspace can be allowed to do; none includes another. */
export const PERMISSIONS = ['view', 'edit', 'approve', 'publish', 'admin'] as const

export type Permission = (typeof PERMISSIONS)[number]
