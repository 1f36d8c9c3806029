import type { Parameter, SearchSpace } from '@thaw/experiment';

/** What a parameter's value can be: one of those listed, or a number that is drawn. */
export type ValueOf<P extends Parameter> = P extends { readonly values: readonly (infer Value)[] }
  ? Value
  : number;

/**
 * The parameters of a trial over a space, by their paths. Those with `when` may be absent: trials in which they do not matter
 * leave them out. A space that is known as `SearchSpace` alone gives `unknown` values.
 */
export type ValuesOf<Space extends SearchSpace> = Flat<
  { readonly [Path in keyof Space as IsConditional<Space[Path], never, Path>]: ValueOf<Space[Path]> } & {
    readonly [Path in keyof Space as IsConditional<Space[Path], Path, never>]?: ValueOf<Space[Path]>;
  }
>;

type IsConditional<P extends Parameter, Yes, No> = P extends { readonly when: object } ? Yes : No;

/** One object type in place of an intersection, so that editors and messages show its members. */
type Flat<T> = { [Key in keyof T]: T[Key] };
