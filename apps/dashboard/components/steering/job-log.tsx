'use client';

import { useLayoutEffect, useRef } from 'react';
import type { LogLine } from '../../shape/sweep-job.ts';
import classes from './steering.module.css';

/** How far from its end, in pixels, a reader still follows it. */
const near = 24;

/** What a job says, as it comes. Who has scrolled up to read stays there. */
export function JobLog({ lines }: { lines: readonly LogLine[] }) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    if (follows.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  if (lines.length === 0) return null;
  return (
    <div
      ref={box}
      className={classes['log']}
      role="log"
      // Read out whenever somebody comes to it, and not line by line over all else.
      aria-live="off"
      aria-label="Log"
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < near;
      }}
    >
      {lines.map(({ number, text }) => (
        <div key={number}>{text}</div>
      ))}
    </div>
  );
}
