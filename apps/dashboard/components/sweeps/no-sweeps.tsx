import { Code } from '@mantine/core';
import { NewSweepButton } from '../steering/new-sweep-button.tsx';
import { Notice } from '../states/notice.tsx';

/** In place of sweeps where there are none. */
export function NoSweeps() {
  return (
    <Notice title="There are no sweeps yet" action={<NewSweepButton />}>
      Start one here, or run <Code>npx nx run sweep --config experiments/unfreeze.yaml</Code>. It shows up
      here as soon as it has begun.
    </Notice>
  );
}
