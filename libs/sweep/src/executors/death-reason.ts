/** Why a child process has ended that should not have, by how it did and what it last wrote to its standard streams. */
export function deathReason(code: number | null, signal: NodeJS.Signals | null, lastWords: string): string {
  const lines = lastWords.split('\n').filter((line) => line.trim() !== '');
  const said = lines.find((line) => /^(\w*Error\b|FATAL ERROR)/.test(line)) ?? lines.at(-1);
  const words = said === undefined ? '' : `: ${said.trim().slice(0, 300)}`;
  if (signal === 'SIGKILL') {
    return `the process was killed by SIGKILL (the system does that when memory runs out)${words}`;
  }
  if (signal !== null) return `the process was killed by ${signal}${words}`;
  return `the process ended with exit code ${code ?? 'unknown'}${words}`;
}
