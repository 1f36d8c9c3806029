/** What needs neither Node's modules nor native libraries. */
export { editText, readText } from './edit/edit-text.ts';
export { textValue, valueText } from './edit/value-text.ts';
export {
  alternatives,
  canBeGivenInParts,
  isMapping,
  meantAlternative,
  schemasAt,
  valueAt,
  type JsonSchema,
} from './messages/json-schema.ts';
export { settingNamed } from './messages/unknown-key.ts';
