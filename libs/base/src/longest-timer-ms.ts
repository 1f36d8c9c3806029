/** The longest delay of a timer, in milliseconds: one that is longer Node has fire at once. */
export const longestTimerMs = 2 ** 31 - 1;
