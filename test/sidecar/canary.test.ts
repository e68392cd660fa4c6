import { readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { scratch } from '../support/scratch.ts';
import { podFolder, SidecarProcess } from '../support/sidecar-process.ts';
import { startPod } from './support/container.ts';

t.setTimeout(120_000);

const CANARY = 'kanari7vogel';

/** The canary as it is, in parts, and as somebody might have written it. */
const TRACES = [
  CANARY,
  CANARY.slice(0, 6),
  CANARY.slice(6),
  Buffer.from(CANARY).toString('base64').slice(0, 14),
  Buffer.from(CANARY).toString('hex'),
];

function holdsNone(t: Test, where: string, text: string): void {
  for (const trace of TRACES) t.notOk(text.includes(trace), `${where} holds no ${trace}`);
}

/** Values that some format refuses, that are no text, or that come to one variable. */
const PAYLOADS: Readonly<Record<string, Record<string, string | Uint8Array>>> = {
  'a line break': { a: `${CANARY}\n'${CANARY}'\r\n\`${CANARY}\`"\\` },
  'no text': { a: Buffer.concat([Buffer.from(CANARY), Buffer.from([0xff, 0])]) },
  NUL: { a: `${CANARY}\0${CANARY}` },
  'a collision': { 'a-b': CANARY, a_b: `${CANARY}2` },
  'plain text': { a: CANARY },
};

for (const format of [
  'posix',
  'dotenv',
  'node',
  'systemd',
  'docker',
  'java-properties',
  'json',
  'kubernetes',
]) {
  t.test(`as ${format}, nothing that is said holds a value`, async (t) => {
    const { mount, lines, container, until, statusFile } = startPod(
      t,
      ['--on-rotation=http=http://127.0.0.1:1/reload'].concat(
        format === 'posix' ? [] : [`--format=${format}`],
      ),
    );
    await until(({ ready }) => ready);
    for (const payload of Object.values(PAYLOADS)) {
      mount.write(payload);
      await until(({ mounts }) => mounts[0]?.generation === mount.generation);
    }
    const said = JSON.stringify(lines) + JSON.stringify(container.status()) + container.metrics();
    t.match(said, /ZK80[156]/, 'something was refused');
    holdsNone(t, 'what is said', said);
    holdsNone(t, 'the status file', readFileSync(statusFile, 'utf8'));
  });
}

t.test('nor does anything that the process writes or answers', async (t) => {
  const { mount, args } = podFolder(scratch(t));
  mount.write(PAYLOADS['plain text'] ?? {});
  const sidecar = await SidecarProcess.start(t, [
    ...args,
    '--on-rotation=http=http://127.0.0.1:1/',
  ]);
  for (const payload of Object.values(PAYLOADS)) {
    mount.write(payload);
    await sidecar.until(({ mounts }) => mounts[0]?.generation === mount.generation);
  }
  for (const path of ['/livez', '/readyz', '/status', '/metrics', `/${CANARY.slice(0, 3)}`]) {
    holdsNone(t, path, (await sidecar.ask(path)).body);
  }
  sidecar.signal('SIGTERM');
  await sidecar.ended();
  holdsNone(t, 'the log', JSON.stringify(sidecar.lines));
});
