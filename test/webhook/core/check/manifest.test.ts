import t from 'tap';
import { lastApplied, readSet } from '../../../../webhook/core/check/manifest.ts';
import { LAST_APPLIED } from '../../../support/cluster-facts.ts';
import { annotated, manifest } from '../../../support/statefulset.ts';

t.test('the manifest is the one that kubectl left', async (t) => {
  const applied = manifest({ name: 'other' });
  const set = annotated(manifest(), { [LAST_APPLIED]: JSON.stringify(applied) });
  t.strictSame(lastApplied(set), applied);
  t.equal(lastApplied(manifest()), undefined);
});

t.test('what is no StatefulSet is none', async (t) => {
  for (const text of ['', 'null', '[]', '{"spec":1}', '{']) {
    t.equal(lastApplied(annotated(manifest(), { [LAST_APPLIED]: text })), undefined, text);
  }
  t.equal(readSet({ metadata: {}, spec: {} }), undefined);
});
