import { stripVTControlCharacters } from 'node:util';
import t from 'tap';
import { tableOf } from '../../../../webhook/cli/check/table.ts';
import { checked, stored } from '../../../support/cluster-facts.ts';

const NAME = `db-${'x'.repeat(45)}`;
const report = checked(
  { statefulSets: [stored(), stored({ name: NAME })], drivers: new Map() },
  { beforeUninstall: true },
);
const table = tableOf(report, 'all namespaces', false);

t.test('it keeps within 100 columns, whatever things are called', async (t) => {
  for (const line of table.split('\n')) t.ok(line.length <= 100, line);
});

t.test('each finding has its level, code and object, and says what to do', async (t) => {
  t.match(table, /^error {4}ZK725 {2}CSIDriver disk\.csi\.azure\.com\n {9}CSIDriver "disk/m);
  t.match(table, /^warning {2}ZK725 {2}CSIDriver disk2\.csi\.azure\.com$/m);
  t.match(table, /^ {9}mend: install the driver, or name/m);
  t.match(table, /^ {13}spec:\n {13} {2}volumeClaimTemplates:\n/m);
});

t.test('sets are a table, and the last line sums up', async (t) => {
  t.match(table, /^SET +STATE +VERSION +PROFILE +RE-APPLY +NEXT CHANGE$/m);
  t.match(table, /^shop\/mysql +injected +0\.1\.0 +default +unchanged +-$/m);
  t.match(table, /\n3 errors, 2 warnings; 2 annotated StatefulSets in all namespaces\n$/);
  const empty = tableOf(checked({ statefulSets: [] }), 'namespace a', false);
  t.equal(empty, 'no errors, no warnings; no annotated StatefulSets in namespace a\n');
});

t.test('colours change nothing but the looks', async (t) => {
  const coloured = tableOf(report, 'all namespaces', true);
  t.not(coloured, table);
  t.equal(stripVTControlCharacters(coloured), table);
});

t.test('nothing in a name steers a terminal', async (t) => {
  const unknown = 'bad\u001b[31m\u202ename';
  const shown = tableOf(checked({ configuration: { unknown } }), 'a', false);
  for (const character of ['\u001b', '\u202e']) t.notOk(shown.includes(character));
});
