import t from 'tap';
import { injection, uninjection } from '../../../webhook/cli/edits.ts';
import { transformAll } from '../../../webhook/cli/transform.ts';
import { contextWith } from '../../support/context.ts';
import { vaultProfile } from '../../support/vault.ts';

const EDITS = injection(contextWith({ configuration: vaultProfile(), offline: true }));

function setOf(namespace: string, name = 'db'): string {
  return `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ${name}, namespace: ${namespace}, annotations: {zonekeeper.io/inject: "true", zonekeeper.io/secrets: root}}
spec: {template: {spec: {containers: [{name: db}]}}}
`;
}

function run(texts: readonly string[], edits = EDITS) {
  const sources = texts.map((text, index) => ({ name: `f${index}`, text }));
  const results = transformAll(sources, edits);
  return {
    texts: results.map(({ text }) => text),
    codes: results.flatMap(({ findings }) => findings.map(({ problem }) => problem.code)),
  };
}

const count = (text: string | undefined) => text?.match(/kind: SecretProviderClass/g)?.length ?? 0;

/** The class and the set that inject makes of a set, each a text of its own. */
function apart(set: string): [string, string] {
  const [injected = ''] = run([set]).texts;
  const [made = '', ...rest] = injected.split('---\n');
  return [made, rest.join('---\n')];
}

t.test('a class that lies in another file is not printed again', async (t) => {
  const [made] = apart(setOf('shop'));
  for (const texts of [
    [made, setOf('shop')],
    [setOf('shop'), made],
  ]) {
    const result = run(texts);
    t.equal(
      result.texts.map(count).reduce((sum, one) => sum + one),
      1,
    );
    t.same(result.codes, []);
  }
});

t.test('two sets with one class share it, sets of two namespaces do not', async (t) => {
  t.equal(count(run([`${setOf('a')}---\n${setOf('b')}`]).texts[0]), 2);
  t.equal(count(run([`${setOf('a', 'd-b')}---\n${setOf('a', 'd.b')}`]).texts[0]), 1);
});

t.test('labels of others on it do not matter, another content is told of', async (t) => {
  const [made] = apart(setOf('shop'));
  const labelled = made.replace('  labels:\n', '  labels:\n    team: db\n');
  t.same(run([labelled, setOf('shop')]).codes, []);
  const foreign = made.replace('contoso-prod', 'contoso-test');
  const result = run([foreign, setOf('shop')]);
  t.same(result.codes, ['ZK234']);
  t.equal(count(result.texts[1]), 0, 'two objects of one name would be applied one over the other');
});

t.test(
  'taken out, the class goes from whichever file it lies in, unless it was touched',
  async (t) => {
    const [made, set] = apart(setOf('shop'));
    t.same(run([made, set], uninjection).texts.map(count), [0, 0]);
    const labelled = made.replace('  labels:\n', '  labels:\n    team: db\n');
    t.same(run([labelled, set], uninjection).texts, [labelled, setOf('shop')]);
  },
);

t.test('a class that another set still needs stays', async (t) => {
  const [made, one] = apart(setOf('a', 'd-b'));
  const [, other] = apart(setOf('a', 'd.b'));
  const changed = other.replace('secrets: root', 'secrets: admin');
  t.equal(count(run([made, one, changed]).texts[0]), 1);
});

t.test('a list of any kinds takes the class as an item, one of sets does not', async (t) => {
  const item = setOf('shop').replace(/^/gm, '  ').replace(/^ {2}/, '- ').trimEnd();
  const list = (kind: string) => `kind: ${kind}\nitems:\n${item}\n`;
  const [any = ''] = run([list('List')]).texts;
  t.match(any, /^kind: List\nitems:\n- apiVersion: secrets-store/);
  t.same(run([any]).texts, [any]);
  t.same(run([any], uninjection).texts, [list('List')]);
  const [typed = ''] = run([list('StatefulSetList')]).texts;
  t.match(typed, /^apiVersion: secrets-store[\s\S]*---\nkind: StatefulSetList\n/);
  t.same(run([typed], uninjection).texts, [list('StatefulSetList')]);
});
