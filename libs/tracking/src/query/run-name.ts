import { nameInRunId, nameInSweepId } from '../files/name-in-id.ts';

/** What of a run its name is made of. */
export interface NamedRun {
  readonly id: string;
  readonly sweep: string | null;
  /** Of the trial in its sweep. */
  readonly number: number;
  /** The name of its backbone, or the path of an ONNX file; null where that is not known. */
  readonly backbone: string | null;
  /** Which layers it trains; null where that is not known. */
  readonly scenario: string | null;
  /** What the program that logged it calls it; null for others. */
  readonly name: string | null;
}

/** What of a run's record its name is made of. */
export function namedRun({ id, sweep, number, settings, parameters, logged }: Recorded): NamedRun {
  const { model } = (settings ?? {}) as { model?: Partial<Record<string, unknown>> };
  const ofModel = (key: string) => {
    const known = parameters[`model.${key}`] ?? model?.[key];
    return typeof known === 'string' ? known : null;
  };
  return {
    id,
    sweep,
    number,
    backbone: ofModel('backbone'),
    scenario: ofModel('scenario'),
    name: logged?.name ?? null,
  };
}

interface Recorded extends Pick<NamedRun, 'id' | 'sweep' | 'number'> {
  readonly settings: object | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly logged: { readonly name: string } | null;
}

/** What most runs have, and what goes without saying. */
const usualBackbone = 'mobilenet_v2';

/**
 * What people call a run: `Trial 13, full_fine_tune`, and where its backbone is not MobileNetV2 `Trial 13, resnet50, full_fine_tune`
 * (of an ONNX file its name without folders); what its program calls it; for other runs without a sweep the name in the id. Runs of
 * two sweeps may have one name.
 */
export function runName({ id, sweep, number, backbone, scenario, name }: NamedRun): string {
  if (name !== null && name !== '') return name;
  if (sweep === null) return nameInRunId(id) ?? id;
  const special = backbone === usualBackbone ? null : (backbone?.split(/[\\/]/).at(-1) ?? null);
  return [`Trial ${number}`, special, scenario].filter((word) => word !== null).join(', ');
}

/** Names that tell runs apart, in their order: with the sweep's where two would have one, and with the end of the id where that has not helped. */
export function runNames(runs: readonly NamedRun[]): string[] {
  const withSweep = (run: NamedRun) =>
    run.sweep === null ? runName(run) : `${runName(run)} of ${nameInSweepId(run.sweep)}`;
  const withId = (run: NamedRun) => `${withSweep(run)}, ${run.id.slice(-4)}`;
  const names = [runName, withSweep, withId].map((name) => runs.map(name));
  return runs.map(({ id }, i) => {
    const isOwn = (of: readonly string[]) => of.indexOf(of[i]!) === of.lastIndexOf(of[i]!);
    return names.find(isOwn)?.[i] ?? id;
  });
}
