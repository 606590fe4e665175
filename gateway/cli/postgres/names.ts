/** Who has a database: the five departments and the joint conference. */
export const DATABASES = ["safety", "transport", "construction", "tax", "finance", "joint"] as const;
/** The name of a database, of its role and of the subgraph that owns it. */
export type DatabaseName = (typeof DATABASES)[number];
