import { Code } from '@mantine/core';
import { Notice } from '../states/notice.tsx';

/** In place of sweeps where there are none. */
export function NoSweeps() {
  return (
    <Notice title="There are no sweeps yet">
      To make one, run <Code>npx nx run sweep --config experiments/unfreeze.yaml</Code>. It shows up here as
      soon as it has begun.
    </Notice>
  );
}
