import { mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { ConfigurationFile, keepConfiguration } from '../../webhook/config-file.ts';
import { sentence } from '../../webhook/core/problems.ts';

const withClass = (name: string) => `profiles:\n  default:\n    storageClassName: ${name}\n`;

function fileOf(t: Test, text: string) {
  const folder = t.testdir({ 'config.yaml': text });
  return path.join(folder, 'config.yaml');
}

async function problemsOf(t: Test, text: string): Promise<string[]> {
  const parsed = await new ConfigurationFile(fileOf(t, text)).read();
  return (parsed?.problems ?? []).map(sentence);
}

t.test('a file is read once and again when its text changes', async (t) => {
  const file = new ConfigurationFile(fileOf(t, withClass('one')));
  const first = await file.read();
  t.match(first, { configuration: { profiles: { default: { storageClassName: 'one' } } } });
  t.equal(await file.read(), undefined);
  await writeFile(file.path, withClass('two'));
  t.match(await file.read(), {
    configuration: { profiles: { default: { storageClassName: 'two' } } },
  });
});

t.test('every problem of the content is told', async (t) => {
  const problems = await problemsOf(t, 'profiles:\n  extra:\n    storageClass: x\nother: 1\n');
  t.equal(problems.length, 2, problems.join('\n'));
  for (const problem of problems) t.match(problem, /^ZK301 /);
});

t.test('every problem of the YAML is told with its place', async (t) => {
  const problems = await problemsOf(t, 'profiles: {a: 1, a: 2}\nprofiles: {}\n');
  t.equal(problems.length, 2, problems.join('\n'));
  for (const problem of problems) t.match(problem, /^ZK304 .*keys must be unique at line \d/);
});

t.test('an alias that leads nowhere and one that multiplies are refused', async (t) => {
  t.match(await problemsOf(t, 'profiles: *nothing\n'), [/^ZK304 /]);
  const doubled = Array.from({ length: 12 }, (_, n) => `k${n + 1}: &a${n + 1} [*a${n}, *a${n}]`);
  t.match(await problemsOf(t, `k0: &a0 x\n${doubled.join('\n')}\n`), [/^ZK304 .*alias/]);
});

t.test('a file that is not there is a problem that names it', async (t) => {
  const file = path.join(t.testdir(), 'absent.yaml');
  const parsed = await new ConfigurationFile(file).read();
  t.match(parsed?.problems?.map(sentence), [/^ZK304 .*absent\.yaml: there is no such file/]);
});

/** Keeps the file and notes what it is told. */
async function kept(t: Test, path: string, every: number) {
  const file = new ConfigurationFile(path);
  await file.read();
  const told: string[] = [];
  const end = new AbortController();
  t.teardown(() => end.abort());
  keepConfiguration(file, {
    accepted: ({ profiles }) => told.push(profiles.default?.storageClassName ?? ''),
    refused: (problems) => told.push(problems.map(({ code }) => code).join(' ')),
    signal: end.signal,
    every,
  });
  const until = async (count: number) => {
    while (told.length < count) await setTimeout(5);
    return told;
  };
  return { told, until, end };
}

/** Puts a new generation in place as the kubelet does: a new folder, then the link `..data` renamed over the old one. */
async function publish(folder: string, generation: string, text: string): Promise<void> {
  await mkdir(path.join(folder, generation));
  await writeFile(path.join(folder, generation, 'config.yaml'), text);
  await symlink(generation, path.join(folder, '..data_tmp'));
  await rename(path.join(folder, '..data_tmp'), path.join(folder, '..data'));
}

t.test('the swap of a mounted ConfigMap is noticed', async (t) => {
  const folder = t.testdir();
  await publish(folder, '..1', withClass('one'));
  await symlink('..data/config.yaml', path.join(folder, 'config.yaml'));
  const { until } = await kept(t, path.join(folder, 'config.yaml'), 3_600_000);
  await publish(folder, '..2', withClass('two'));
  await rm(path.join(folder, '..1'), { recursive: true });
  t.strictSame(await until(1), ['two']);
  await publish(folder, '..3', withClass('three'));
  t.strictSame(await until(2), ['two', 'three']);
});

t.test('a bad file and a missing one are told once each, and a good one after them', async (t) => {
  const file = fileOf(t, withClass('one'));
  const { until } = await kept(t, file, 3_600_000);
  await writeFile(`${file}.new`, 'profiles: {}\n');
  await rename(`${file}.new`, file);
  t.strictSame(await until(1), ['ZK302']);
  await unlink(file);
  t.strictSame(await until(2), ['ZK302', 'ZK304']);
  await writeFile(`${file}.new`, withClass('two'));
  await rename(`${file}.new`, file);
  t.strictSame(await until(3), ['ZK302', 'ZK304', 'two']);
});

t.test('a change that no watch reports is found by reading again', async (t) => {
  const outside = t.testdir({ real: { 'config.yaml': withClass('one') }, mount: {} });
  const link = path.join(outside, 'mount', 'config.yaml');
  await symlink('../real/config.yaml', link);
  const { until } = await kept(t, link, 20);
  await writeFile(path.join(outside, 'real', 'config.new'), withClass('two'));
  await rename(path.join(outside, 'real', 'config.new'), path.join(outside, 'real', 'config.yaml'));
  t.strictSame(await until(1), ['two']);
});

t.test('nothing is told after the end', async (t) => {
  const file = fileOf(t, withClass('one'));
  const { told, end } = await kept(t, file, 10);
  end.abort();
  await writeFile(file, withClass('two'));
  await setTimeout(50);
  t.strictSame(told, []);
});
