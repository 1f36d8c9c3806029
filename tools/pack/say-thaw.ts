/** Sources name the commands as they are typed in the project; whoever has installed the package types others. */
export function sayThaw(code: string): string {
  return code.replaceAll('npx nx run', 'npx thaw');
}
