import { Fragment } from 'react';

/** The path of a setting, which goes on in a new line where a word of it ends. */
export function Path({ path }: { path: string }) {
  return path.split(/(?<=[._])/).map((word, i) => (
    <Fragment key={i}>
      {word}
      <wbr />
    </Fragment>
  ));
}
