/** The name of a layer's kind in Keras's `.weights.h5`. Source: `to_snake_case` in keras/src/utils/naming.py. */
export function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
