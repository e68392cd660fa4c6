import t from 'tap';
import { contradictions, formatOf } from '../../../../webhook/cli/check/flags.ts';
import { sentence } from '../../../../webhook/core/problems.ts';

const FLAGS = { files: [], diff: false };

t.test('flags about a cluster do not go with files, each is told', async (t) => {
  const flags = {
    ...FLAGS,
    files: ['a'],
    kubeconfig: 'k',
    context: 'c',
    allNamespaces: true,
    beforeUninstall: true,
  } as const;
  t.match(contradictions(flags).map(sentence), [
    /^ZK502 --kubeconfig is about a cluster; expected it without -f/,
    /--context/,
    /--all-namespaces/,
    /--before-uninstall/,
  ]);
  t.strictSame(contradictions({ ...FLAGS, files: ['a'], strict: true, output: 'json' }), []);
});

t.test('one namespace and all of them are two wishes', async (t) => {
  const found = contradictions({ ...FLAGS, namespace: 'a', allNamespaces: true });
  t.match(found.map(sentence), [/^ZK502 --all-namespaces is given beside --namespace/]);
});

t.test('a format is one of three, the table if none is named', async (t) => {
  t.equal(formatOf(FLAGS), 'table');
  t.equal(formatOf({ ...FLAGS, output: 'yaml' }), 'yaml');
  t.equal(formatOf({ ...FLAGS, output: 'xml' }), undefined);
  t.match(contradictions({ ...FLAGS, output: 'xml' }).map(sentence), [
    /^ZK502 --output is "xml"; expected table, json, yaml/,
  ]);
});
