/** A smaller p-value calls a difference more than chance. */
export const significanceLevel = 0.05;
