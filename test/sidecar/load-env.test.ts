import { writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { writeFileAtomic } from '../../sidecar/files/write.ts';
import { loadEnv } from '../../sidecar/load-env.ts';
import type { Problem } from '../../sidecar/messages.ts';
import { scratch } from '../support/scratch.ts';

t.test('the variables are read, and each change of them is told', async (t) => {
  const file = path.join(scratch(t), 'app.env');
  writeFileAtomic(file, '{"A":"1"}');
  const env = await loadEnv(file, { format: 'json', pollInterval: 10 });
  t.strictSame(env.variables, { A: '1' });
  const seen: unknown[] = [];
  const iteration = (async () => {
    for await (const variables of env) {
      seen.push(variables.A);
      if (seen.length === 2) break;
      writeFileAtomic(file, '{"A":"2"}', { mode: 0o400 });
      writeFileAtomic(file, '{"A":"3"}');
    }
  })();
  writeFileAtomic(file, '{"A":"2"}');
  await iteration;
  t.strictSame(seen, ['2', '3'], 'equal variables are told once');
  t.strictSame(env.variables, { A: '3' });
  t.equal(process.env.A, undefined);
});

t.test('a file that is bad or gone changes nothing, and is told', async (t) => {
  const file = path.join(scratch(t), 'app.env');
  writeFileAtomic(file, "A='1'\n");
  const told: Problem[] = [];
  const stop = new AbortController();
  const onProblem = (problem: Problem) => {
    told.push(problem);
    stop.abort();
  };
  const env = await loadEnv(file, { signal: stop.signal, onProblem, pollInterval: 10 });
  writeFileAtomic(file, "A='hidden");
  for await (const _ of env) t.fail('nothing changed');
  t.strictSame(env.variables, { A: '1' });
  t.match(told, [{ code: 'ZK802', message: /^ZK802 / }]);
  t.notMatch(told[0]?.message, 'hidden');
});

t.test('a file that is not there, or of another format, rejects', async (t) => {
  const file = path.join(scratch(t), 'app.env');
  await t.rejects(loadEnv(file), { name: 'SidecarError', code: 'ZK822', message: /ENOENT/ });
  writeFileSync(file, '{"A":1}');
  await t.rejects(loadEnv(file), { name: 'EnvSyntaxError' });
});
