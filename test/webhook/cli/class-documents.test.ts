import t from 'tap';
import { parse, parseAllDocuments } from 'yaml';
import { injection, uninjection } from '../../../webhook/cli/edits.ts';
import { transform } from '../../../webhook/cli/transform.ts';
import { contextWith } from '../../support/context.ts';
import { vaultProfile } from '../../support/vault.ts';

const CONTEXT = contextWith({ configuration: vaultProfile({ name: 'yes' }), offline: true });

const SET = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
  annotations:
    zonekeeper.io/inject: "true"
    zonekeeper.io/secrets: root
spec:
  template:
    spec:
      containers:
      - name: db
`;
const OTHER = 'kind: Service\nmetadata: {name: db}\n';
const ITEM = SET.replace(/^/gm, '  ').replace(/^ {2}/, '- ').replace(/ +$/, '');
const JSON_SET = JSON.stringify(parse(SET), null, 2);

const inject = (text: string) => transform({ name: 'f', text }, injection(CONTEXT)).text;
const uninject = (text: string) => transform({ name: 'f', text }, uninjection).text;
const kinds = (text: string) => parseAllDocuments(text).map((one) => one.toJS()?.kind);

/** Streams that begin, are separated and end in the ways that there are. */
const STREAMS: Readonly<Record<string, string>> = {
  'a set alone': SET,
  'a set behind a separator': `---\n${SET}`,
  'comments before a separator': `# licence\n\n---\n# head\n${SET}`,
  'a comment before the set': `# head\n${SET}# tail\n`,
  'a set behind another object': `${OTHER}# tail\n---\n# head\n${SET}`,
  'a set before another object': `${SET}---\n${OTHER}`,
  'two sets': `${SET}---\n${SET.replace('name: db', 'name: other')}`,
  'a list of sets': `kind: StatefulSetList\nitems:\n${ITEM}${ITEM.replace('name: db', 'name: other')}`,
  'a directive': `%YAML 1.2\n---\n${SET}`,
  'a directive behind another object': `${OTHER}...\n%YAML 1.2\n---\n${SET}`,
  'lines of Windows': `${OTHER}---\n${SET}`.replaceAll('\n', '\r\n'),
  'a set of JSON': `${JSON_SET}\n`,
  'JSON on one line': `${JSON.stringify(parse(SET))}\n`,
  'JSON behind JSON': `{"kind": "Service"}\n${JSON_SET}\n`,
};

t.test('the class stands before its set, and goes again without a trace', async (t) => {
  for (const [name, text] of Object.entries(STREAMS)) {
    const injected = inject(text);
    t.match(injected, /kind"?: ?"?SecretProviderClass/, name);
    t.ok(injected.indexOf('SecretProviderClass') < injected.indexOf('StatefulSet'), name);
    t.equal(inject(injected), injected, `${name}: a second run changes nothing`);
    t.equal(uninject(injected), text, `${name}: nothing is left`);
  }
});

t.test('the stream holds one document more, and the others in their order', async (t) => {
  const text = `${OTHER}---\n${SET}---\n${OTHER}`;
  t.same(kinds(inject(text)), ['Service', 'SecretProviderClass', 'StatefulSet', 'Service']);
});

t.test('strings are quoted for readers of YAML 1.1', async (t) => {
  t.match(inject(SET), /keyvaultName: 'yes'\n/);
  t.match(inject(SET), /objects: \|\n {6}array:\n {8}- \|\n {10}objectName: "root"\n/);
});

t.test('a changed list replaces the class, in its place', async (t) => {
  const injected = inject(`${OTHER}---\n${SET}`);
  const changed = injected.replace('zonekeeper.io/secrets: root', 'zonekeeper.io/secrets: admin');
  t.equal(
    inject(changed),
    inject(`${OTHER}---\n${SET}`.replace('secrets: root', 'secrets: admin')),
  );
});

t.test('comments that somebody wrote behind the class stay', async (t) => {
  const injected = inject(SET).replace('---\n', '# mine\n---\n');
  t.equal(uninject(injected), `# mine\n${SET}`);
});

t.test('a class that was written otherwise stays if it holds comments', async (t) => {
  const own = inject(SET);
  const commented = own.replace('kind: SecretProviderClass', 'kind: SecretProviderClass # mine');
  t.same(kinds(uninject(commented)), ['SecretProviderClass', 'StatefulSet']);
  const reformatted = own.replace("keyvaultName: 'yes'", 'keyvaultName: "yes"');
  t.same(kinds(uninject(reformatted)), ['StatefulSet']);
});
