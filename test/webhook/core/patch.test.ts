import jsonPatch from 'fast-json-patch';
import t from 'tap';
import { makePatch, reproduces } from '../../../webhook/core/patch.ts';
import type { StatefulSet } from '../../../webhook/core/statefulset.ts';
import { copyOf, manifest, withPod } from '../../support/statefulset.ts';

t.test('the same object needs no patch', async (t) => {
  const set = manifest();
  t.same(makePatch(set, set), []);
  t.same(makePatch(set, copyOf(set)), []);
});

t.test('a patch names only what changes', async (t) => {
  const set = manifest();
  t.same(makePatch(set, withPod(set, { schedulerName: 'volcano' })), [
    { op: 'add', path: '/spec/template/spec/schedulerName', value: 'volcano' },
  ]);
});

t.test('a slash in the name of an annotation is escaped', async (t) => {
  const set = manifest();
  const annotations = { ...set.metadata.annotations, 'a/b~c': 'x' };
  const patch = makePatch(set, { ...set, metadata: { ...set.metadata, annotations } });
  t.same(patch, [{ op: 'add', path: '/metadata/annotations/a~1b~0c', value: 'x' }]);
});

t.test('what cannot be told in detail is replaced as a whole', async (t) => {
  const before = manifest({ pod: { volumes: [inlineVolume('{"a":"1"}')] } });
  const after = withPod(before, { volumes: [inlineVolume('{"a":"1","__proto__":"2"}')] });
  t.same(makePatch(before, after), [{ op: 'replace', path: '/spec', value: after.spec }]);
});

function inlineVolume(attributes: string): object {
  return { name: 'x', csi: { driver: 'd', volumeAttributes: JSON.parse(attributes) } };
}

t.test('the objects that are compared stay as they are', async (t) => {
  const before = manifest();
  const after = withPod(before, { schedulerName: 'volcano', tolerations: [{ key: 'gpu' }] });
  const [was, is] = [copyOf<StatefulSet>(before), copyOf<StatefulSet>(after)];
  makePatch(before, after);
  t.same([before, after], [was, is]);
});

t.test('a patch that gives something else is found out', async (t) => {
  const before = { spec: { replicas: 1, list: [1, 2] } };
  const after = { spec: { replicas: 2, list: [1, 2] } };
  t.ok(reproduces(jsonPatch.compare(before, after), before, after));
  t.notOk(reproduces([], before, after));
  t.notOk(reproduces([{ op: 'replace', path: '/spec/replicas', value: 3 }], before, after));
  t.same(before, { spec: { replicas: 1, list: [1, 2] } });
});

t.test('a patch that does not apply is found out', async (t) => {
  const before = { spec: {} };
  t.notOk(reproduces([{ op: 'remove', path: '/spec/absent/deeper' }], before, before));
  t.notOk(reproduces([{ op: 'test', path: '/spec', value: 1 }], before, before));
});

t.test(
  'a patch that the API server would refuse is found out, also if it led to the result',
  async (t) => {
    const before = { spec: {}, list: [1] };
    const after = { spec: { paused: true }, list: [1] };
    t.ok(reproduces([{ op: 'add', path: '/spec/paused', value: true }], before, after));
    t.notOk(reproduces([{ op: 'replace', path: '/spec/paused', value: true }], before, after));
    t.notOk(reproduces([{ op: 'remove', path: '/spec/absent' }], before, before));
    t.notOk(reproduces([{ op: 'add', path: '/absent/deeper', value: 1 }], before, before));
    t.notOk(reproduces([{ op: 'add', path: '/list/7', value: 1 }], before, before));
  },
);

t.test('an object that no patch can lead to has none', async (t) => {
  const before = { metadata: {}, spec: {} } as unknown as StatefulSet;
  const after = JSON.parse('{"metadata":{},"spec":{},"__proto__":1}') as StatefulSet;
  t.equal(makePatch(before, after), undefined);
});
