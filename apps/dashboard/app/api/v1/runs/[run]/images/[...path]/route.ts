import { refuse } from '../../../../../../../api/respond.ts';
import { runImage } from '../../../../../../../store/run-image.ts';
import { store } from '../../../../../../../store/store.ts';

interface Context {
  params: Promise<{ run: string; path: string[] }>;
}

export async function GET(_request: Request, context: Context): Promise<Response> {
  try {
    const { run, path } = await context.params;
    const plain = (text: string) => decodeURIComponent(text);
    return await runImage(store(), plain(run), path.map(plain).join('/'));
  } catch (error) {
    return refuse(error);
  }
}
