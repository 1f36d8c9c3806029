'use client';

import Link from 'next/link';
import type { Mark } from '../../shape/best-marks.ts';
import { ShortId } from './short-id.tsx';
import classes from './names.module.css';

interface Props {
  href: string;
  name: string;
  id: string;
  mark?: Mark | undefined;
}

/** What people call a run or a sweep, with its id small beneath; both lead to it. */
export function NameLink({ href, name, id, mark }: Props) {
  return (
    <Link href={href} prefetch={false} className={classes['link']} title={mark ? `${id}, ${mark}` : id}>
      <span className={classes['name']}>
        {mark && (
          <span role="img" aria-label={mark}>
            {mark === 'best' ? '★' : '☆'}{' '}
          </span>
        )}
        <span className={classes['words']}>{name}</span>
      </span>
      <ShortId id={id} />
    </Link>
  );
}
