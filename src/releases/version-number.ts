/** How version numbers go on and how they read. */
export type LabelPolicy = 'minor' | 'decimal' | 'integer'
