import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { run } from './run.ts';
import { helm } from './tools.ts';

export const CHART_FOLDER = fileURLToPath(new URL('../../charts/zonekeeper', import.meta.url));

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

export interface RenderOptions {
  /** Name of the release; default `zonekeeper`. */
  readonly release?: string;
  /** Namespace of the release; default `zk-system`. */
  readonly namespace?: string;
  /** Render what `helm test` makes, too; default false. */
  readonly hooks?: boolean;
  /** Further arguments of helm. */
  readonly args?: readonly string[];
}

/** Values on top of the chart's own; `null` removes one. */
export type Values = Readonly<Record<string, unknown>>;

/** What `helm template` prints with these values, unparsed. Throws what helm says if it refuses them. */
export async function renderText(
  values: Values = {},
  options: RenderOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await template(values, options);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

/** The objects that the chart renders with these values. */
export async function render(
  values: Values = {},
  options: RenderOptions = {},
): Promise<Manifest[]> {
  return parseAllDocuments(await renderText(values, options)).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS() as Manifest;
  });
}

/** Why helm refuses these values; `''` if it does not. */
export async function refusal(values: Values, options: RenderOptions = {}): Promise<string> {
  const { code, stderr } = await template(values, options);
  return code === 0 ? '' : stderr;
}

/** The one object of a kind. Throws if there is none, or more than one by that name. */
export function one<T>(manifests: readonly Manifest[], kind: string, name?: string): T & Manifest {
  const found = all<T>(manifests, kind).filter(
    ({ metadata }) => name === undefined || metadata.name === name,
  );
  if (found.length !== 1) throw new Error(`${found.length} objects of kind ${kind}, not one`);
  return found[0] as T & Manifest;
}

/** Every object of a kind. */
export function all<T>(manifests: readonly Manifest[], kind: string): (T & Manifest)[] {
  return manifests.filter((manifest) => manifest.kind === kind) as (T & Manifest)[];
}

async function template(values: Values, options: RenderOptions) {
  const { release = 'zonekeeper', namespace = 'zk-system', hooks = false, args = [] } = options;
  const flags = ['--namespace', namespace, '--values', '-', ...(hooks ? [] : ['--no-hooks'])];
  return run(await helm(), ['template', release, CHART_FOLDER, ...flags, ...args], {
    input: JSON.stringify(values),
  });
}
