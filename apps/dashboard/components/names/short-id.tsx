import classes from './names.module.css';

/** An id in small letters; where there is no room for all of it, it is cut at its beginning, for its end tells it from its neighbours. */
export function ShortId({ id }: { id: string }) {
  return (
    <span className={classes['id']}>
      <bdi dir="ltr">{id}</bdi>
    </span>
  );
}
