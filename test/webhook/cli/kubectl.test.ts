import path from 'node:path';
import t from 'tap';
import { targetsOf } from '../../../webhook/cli/targets.ts';
import { blockPair } from '../../../webhook/cli/yaml/render.ts';
import { readStream } from '../../../webhook/cli/yaml/stream.ts';
import type { Json } from '../../../webhook/core/statefulset.ts';
import { run } from '../../support/run.ts';
import { kubectl } from '../../support/tools.ts';
import { zonekeeper } from './support/io.ts';

const GOLDEN = path.join(import.meta.dirname, '../../golden/cli');
const INPUTS = ['helm-chart', 'anchors', 'windows', 'mysql-azuredisk-v2', 'list-json'];

/** The objects that kubectl finds in a stream: it annotates them without a cluster and prints them as JSON. */
async function asKubectlReads(stream: string): Promise<unknown[]> {
  const args = ['annotate', '--local', '-f', '-', 'read-by=kubectl', '-o', 'json'];
  const { code, stdout, stderr } = await run(await kubectl(), args, { input: stream });
  if (code !== 0) throw new Error(stderr);
  return asZonekeeperReads(stdout);
}

function asZonekeeperReads(stream: string): Json[] {
  const read = readStream(stream);
  if (read.fault) throw new Error(read.fault.detail);
  return read.segments.flatMap((segment) =>
    targetsOf(segment, segment.document.toJS()).map(({ value }) => value),
  );
}

function annotated(objects: readonly Json[]): Json[] {
  return objects.map((object) => {
    const { metadata, ...rest } = object as { metadata: { annotations?: object } };
    const annotations = { ...metadata.annotations, 'read-by': 'kubectl' };
    return { ...rest, metadata: { ...metadata, annotations } };
  });
}

for (const name of INPUTS) {
  t.test(`${name}: kubectl reads the output as it was meant`, async (t) => {
    const input = path.join(GOLDEN, name, name === 'list-json' ? 'input.json' : 'input.yaml');
    const { stdout } = await zonekeeper(['inject', '-f', input]);
    t.strictSame(await asKubectlReads(stdout), annotated(asZonekeeperReads(stdout)));
  });
}

t.test('kubectl reads scalars as zonekeeper does, plain ones and those it writes', async (t) => {
  const plain = ['yes', 'Off', 'y', 'N', '~', '0777', '0o17', '0x1F', '0b11', '1_000', '089', '.5'];
  const more = ['1e3', '12:30', '2001-01-01', '+12', '-0777', 'yEs', '1.2.3', "'on'", '"\\u00e9"'];
  const read = [...plain, ...more].map((scalar, index) => `  k${index}: ${scalar}`);
  const strings = [
    ...plain,
    ...more,
    '',
    ' a',
    'a: b',
    '# a',
    '\t',
    'é\n',
    '<<',
    '=',
    '- a',
    '{{x}}',
  ];
  const written = blockPair('written', strings, 0, { eol: '\n', step: 2, dash: 0, gap: 2 });
  const keys = '  on: 1\n  2: x\n  0x1F: z\n';
  const text = `kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\nread:\n${read.join('\n')}\n${written}\nkeys:\n${keys}`;
  t.strictSame(await asKubectlReads(text), annotated(asZonekeeperReads(text)));
});
