import t from 'tap';
import { run } from '../support/run.ts';

t.test('npm run demo shows the injection, what stays, and what is said', async (t) => {
  const { code, stdout, stderr } = await run('npm', ['run', '-s', 'demo'], {
    env: { ...process.env, NO_COLOR: '1' },
  });
  t.equal(code, 0, stderr);
  t.match(stdout, /^\+ +storageClassName: zonekeeper-zrs$/m);
  t.match(stdout, /^\+ +secretProviderClass: orders-db-key-vault$/m);
  t.match(stdout, /^pod template: unchanged, no pod restarts$/m);
  t.match(stdout, /^claim template: class zonekeeper-zrs carried over$/m);
  t.match(stdout, /^Warning: ZK201 .*write zonekeeper\.io\/profile$/m);
  t.match(stdout, /^refused: 1 problem in StatefulSet default\/orders-db\nZK103 .*\nZK201 /m);
  t.notMatch(stdout, '\u001b[', 'no colours where NO_COLOR forbids them');
});
