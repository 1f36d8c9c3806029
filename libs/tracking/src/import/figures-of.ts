/** A figure by its name, or one for each class, `name_0`, `name_1`, ..., of a metric that says as many (Keras's F1Score). */
export function figuresOf(name: string, value: number | readonly number[]): [string, number][] {
  return typeof value === 'number' ? [[name, value]] : value.map((each, i) => [`${name}_${i}`, each]);
}
