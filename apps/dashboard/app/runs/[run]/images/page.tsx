import type { Metadata } from 'next';
import { namedRun, runNames } from '@thaw/tracking';
import { ImagesView } from '../../../../components/images/images-view.tsx';
import { runOfPage } from '../../../../store/run-of-page.ts';

interface Props {
  params: Promise<{ run: string }>;
  /** `with`: another run whose answers are put beside this one's. */
  searchParams: Promise<{ with?: string | string[] }>;
}

/** The runs of the page's address, each by what tells it apart; by its id where its record cannot be read. */
async function runsOf({ params, searchParams }: Props) {
  const { with: second } = await searchParams;
  const ids = [decodeURIComponent((await params).run), ...[second].flat().slice(0, 1)].filter(
    (id) => id !== undefined,
  );
  const found = (await Promise.all(ids.map(runOfPage))).filter((run) => run !== null);
  const names = runNames(found.map(namedRun));
  const [run, other] = ids.map((id) => ({
    id,
    name: names[found.findIndex((each) => each.id === id)] ?? id,
  }));
  return { run: run!, other: other ?? null };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { run } = await runsOf(props);
  return { title: `Images of ${run.name}` };
}

export default async function ImagesPage(props: Props) {
  return <ImagesView {...await runsOf(props)} />;
}
