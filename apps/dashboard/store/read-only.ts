/** The name of the environment variable that says whether the server refuses all that changes something. */
export const readOnlyVariable = 'THAW_READ_ONLY';

/** Whether pages should offer nothing that changes something. */
export function isReadOnly(): boolean {
  return process.env[readOnlyVariable] === 'true';
}
