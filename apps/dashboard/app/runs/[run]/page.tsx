import type { Metadata } from 'next';
import { namedRun, runName } from '@thaw/tracking';
import { RunView } from '../../../components/run/run-view.tsx';
import { runOfPage } from '../../../store/run-of-page.ts';

interface Props {
  params: Promise<{ run: string }>;
}

/** The run of the page's address, and its record as far as it can be read, so that nothing has to move when it comes. */
async function runOf({ params }: Props) {
  const id = decodeURIComponent((await params).run);
  return { id, run: await runOfPage(id) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { id, run } = await runOf(props);
  return { title: run ? runName(namedRun(run)) : id };
}

export default async function RunPage(props: Props) {
  const { id, run } = await runOf(props);
  return <RunView run={id} initial={run ?? undefined} />;
}
