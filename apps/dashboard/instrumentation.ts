/** Next.js calls this when the server starts: what the first page asks for is read before anybody asks. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { index } = await import('./store/store.ts');
  void index().catch(() => undefined);
}
