import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t, { type Test } from 'tap';
import { parseArguments } from '../../../sidecar/arguments.ts';
import { EnvironmentFile } from '../../../sidecar/delivery/environment-file.ts';
import { scratch } from '../../support/scratch.ts';

function subject(t: Test) {
  const file = path.join(scratch(t), 'app.env');
  const parsed = parseArguments(['--mount=/mnt', '--auto=/mnt', `--env-file=${file}`]);
  if (parsed.kind !== 'settings') throw new Error(JSON.stringify(parsed));
  const environment = new EnvironmentFile(parsed.settings, file);
  const deliver = (content: string | Buffer, wall = 0) => {
    const files = new Map([['password', Buffer.from(content)]]);
    const snapshot = { path: '/mnt', generation: '..1', changedAt: undefined, files };
    return environment.deliver(new Map([['/mnt', snapshot]]), wall);
  };
  return { file, environment, deliver, inode: () => statSync(file).ino };
}

const text = (password: string) => `PASSWORD='${password}'\n`;

t.test('the file is left alone as long as its text is the same', async (t) => {
  const { file, environment, deliver, inode } = subject(t);
  t.match(deliver('one', 1), { written: 'created', variables: ['PASSWORD'] });
  const before = inode();
  t.match(deliver('one', 2), { written: 'unchanged' });
  t.equal(inode(), before);
  t.match(environment.facts, { isCurrent: true, writtenAt: 1 });
  t.match(deliver('two', 3), { written: 'replaced' });
  t.not(inode(), before);
  t.equal(readFileSync(file, 'utf8'), text('two'));
  t.match(environment.facts, { isCurrent: true, writtenAt: 3 });
});

t.test('what somebody else made of it does not stay', async (t) => {
  const { file, deliver } = subject(t);
  deliver('one');
  for (const password of ['one', 'two']) {
    rmSync(file);
    writeFileSync(file, 'other');
    t.match(deliver(password), { written: 'replaced' });
    t.equal(readFileSync(file, 'utf8'), text(password));
  }
});

t.test('the last good file stays where a value cannot be carried', async (t) => {
  const { file, environment, deliver } = subject(t);
  deliver('one', 1);
  t.match(deliver(Buffer.from([0xff])), { problems: [{ code: 'ZK805' }] });
  t.equal(readFileSync(file, 'utf8'), text('one'));
  t.match(environment.facts, { isThere: true, isCurrent: false, writtenAt: 1 });
  t.match(deliver('one', 2), { written: 'unchanged' });
  t.match(environment.facts, { isCurrent: true, problems: [] });
});
