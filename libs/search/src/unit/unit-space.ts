import {
  activeValues,
  dependencyOrder,
  isActive,
  type ParameterValues,
  type SearchSpace,
} from '@thaw/experiment';
import { unitAxisOf, type UnitAxis } from './unit-axis.ts';

/** A point of the unit cube, a coordinate for each parameter that has more than one value. */
export type UnitPoint = Float64Array;

/** Where a coordinate lies whose parameter does not matter beside the others: all such points are one. */
const unread = 0.5;

/** A search space as the unit cube, on which the parameters' own distributions are uniform. */
export class UnitSpace {
  readonly axes: readonly UnitAxis[];
  /** Whether each coordinate's parameter matters whatever the others are. */
  readonly isAlwaysRead: readonly boolean[];
  readonly #space: SearchSpace;
  readonly #paths: readonly string[];
  readonly #hasConditions: boolean;
  readonly #constants: ParameterValues;

  /** Throws RangeError for parameters that depend on each other. */
  constructor(space: SearchSpace) {
    dependencyOrder(space);
    this.#space = space;
    const all = Object.keys(space).map((path) => [path, unitAxisOf(space[path]!)] as const);
    const varied = all.filter(([, { levels }]) => levels?.length !== 1);
    this.#paths = varied.map(([path]) => path);
    this.axes = varied.map(([, axis]) => axis);
    this.isAlwaysRead = this.#paths.map((path) => space[path]!.when === undefined);
    const constant = all.filter(([path]) => !this.#paths.includes(path));
    this.#constants = Object.fromEntries(constant.map(([path, axis]) => [path, axis.value(0)]));
    this.#hasConditions = Object.values(space).some(({ when }) => when !== undefined);
  }

  /** The settings at a point, without those that do not matter beside the others. */
  values(point: UnitPoint): ParameterValues {
    const all = Object.keys(this.#space).map((path) => {
      const place = this.#paths.indexOf(path);
      return [path, place === -1 ? this.#constants[path] : this.axes[place]!.value(point[place]!)] as const;
    });
    return activeValues(this.#space, Object.fromEntries(all));
  }

  /** The point of a trial's settings; null where one is missing that matters, or is none of its parameter's values. */
  point(values: ParameterValues): UnitPoint | null {
    const places = this.#paths.map((path, index) =>
      isActive(path, this.#space, values) ? this.axes[index]!.place(values[path]) : unread,
    );
    return places.includes(null) ? null : Float64Array.from(places as number[]);
  }

  /** Which coordinates matter at a point; null where all do. */
  read(point: UnitPoint): readonly boolean[] | null {
    if (!this.#hasConditions) return null;
    const values = this.values(point);
    return this.#paths.map((path) => Object.hasOwn(values, path));
  }

  /** The one point that stands for the settings of a point. */
  snapped(point: UnitPoint): UnitPoint {
    const read = this.read(point);
    return point.map((at, index) => (read === null || read[index] ? this.axes[index]!.middle(at) : unread));
  }
}
