import t from 'tap';
import { FLAGS, readFlags, usage } from '../../webhook/flags.ts';

t.test('values are kept in their order', (t) => {
  const { given, problems } = readFlags(['--san', 'a', '--local', '--san=b']);
  t.strictSame(problems, []);
  t.strictSame(given.get('san'), ['a', 'b']);
  t.ok(given.has('local'));
  t.notOk(given.has('port'));
  t.end();
});

t.test('what is no flag, lacks its value, has one too many or stands twice is told', (t) => {
  t.strictSame(
    readFlags(['-x', '--port', '--local=yes', '--ops-port=', '--host', 'a', '--host', 'b', 'c'])
      .problems,
    [
      '-x is unknown; see --help',
      '--port has no value; expected --port PORT',
      '--ops-port has no value; expected --ops-port PORT',
      '--host is given twice; expected it once',
      '"c" is no flag; see --help',
    ],
  );
  t.end();
});

t.test('names of the prototype are no flags', (t) => {
  t.strictSame(readFlags(['--toString', '--__proto__']).problems, [
    '--toString is unknown; see --help',
    '--__proto__ is unknown; see --help',
  ]);
  t.end();
});

t.test('the usage tells every flag and its default', (t) => {
  const text = usage();
  for (const name of Object.keys(FLAGS)) t.match(text, `--${name}`);
  t.match(text, /--port PORT .*\(default 8443\)/);
  t.end();
});
